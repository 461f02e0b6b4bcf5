import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A PHC string of argon2id, one a person. */
export const passwords = sqliteTable('passwords', {
  userId: text('user_id').primaryKey(),
  hash: text('hash').notNull(),
  setAt: integer('set_at').notNull(),
  lastUsedAt: integer('last_used_at'),
})

/** What an authenticator app holds, sealed (P1.3). At most one is confirmed and one waits for its first code. */
export const totpSecrets = sqliteTable('totp_secrets', {
  id: text('id').primaryKey(),
  userId: text('user_id').notNull(),
  ciphertext: text('ciphertext').notNull(),
  salt: text('salt').notNull(),
  iv: text('iv').notNull(),
  keyVersion: integer('key_version').notNull(),
  createdAt: integer('created_at').notNull(),
  confirmedAt: integer('confirmed_at'),
  /** The newest step a code was accepted for: neither it nor an earlier one is accepted again. */
  lastStep: integer('last_step').notNull().default(0),
  lastUsedAt: integer('last_used_at'),
})

export type PasswordPolicy = 'off' | 'allowed'

/** The rule for everybody; no row means `off`. */
export const signInPolicy = sqliteTable('sign_in_policy', {
  id: text('id').$type<'instance'>().primaryKey(),
  passwords: text('passwords').$type<PasswordPolicy>().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

/** The rule for one person, which beats the one for everybody. */
export const signInExceptions = sqliteTable('sign_in_exceptions', {
  userId: text('user_id').primaryKey(),
  passwords: text('passwords').$type<PasswordPolicy>().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { PermissionOverride, Role, UserStatus } from '../../kernel/permissions.ts'

/** G2. Nobody is ever deleted: deletion is DEACTIVATED. */
export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  role: text('role').$type<Role>().notNull(),
  status: text('status').$type<UserStatus>().notNull(),
  locale: text('locale'),
  theme: text('theme'),
  lastLoginAt: integer('last_login_at'),
  lastIp: text('last_ip'),
  failedLoginAttempts: integer('failed_login_attempts').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  statusChangedAt: integer('status_changed_at'),
  statusChangedBy: text('status_changed_by'),
  statusReason: text('status_reason'),
  permissions: text('permissions', { mode: 'json' }).$type<PermissionOverride[]>().notNull().default([]),
})

/** A WebAuthn credential. `id` is the credential id in base64url. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    publicKey: text('public_key').notNull(),
    signCount: integer('sign_count').notNull(),
    transports: text('transports', { mode: 'json' }).$type<string[]>().notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
)

/** A challenge is answered once, within minutes, for the purpose it was made for. */
export const webauthnChallenges = sqliteTable('webauthn_challenges', {
  id: text('id').primaryKey(),
  purpose: text('purpose').$type<'register' | 'sign_in' | 'step_up'>().notNull(),
  challenge: text('challenge').notNull(),
  userId: text('user_id'),
  linkId: text('link_id'),
  /** Set-up only: who the first owner said to be when the challenge was made. */
  claimant: text('claimant', { mode: 'json' }).$type<{ name: string; email: string }>(),
  expiresAt: integer('expires_at').notNull(),
})

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    hash: text('hash').primaryKey(),
    userId: text('user_id').notNull(),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [index('recovery_codes_user').on(table.userId)],
)

/** One-time links: set-up of the instance, and a way back in for an existing user (break-glass). */
export const enrolmentLinks = sqliteTable('enrolment_links', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<'setup' | 'break_glass'>().notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  userId: text('user_id'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

/** The way in for somebody new: a one-time link for one address. The PENDING person is made with it. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [index('invitations_user').on(table.userId)],
)

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One row a device; its refresh tokens are a family that ends as one (P1.1). */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    ip: text('ip'),
    country: text('country'),
    userAgent: text('user_agent'),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    verifiedAt: integer('verified_at').notNull(),
    revokedAt: integer('revoked_at'),
    revokedReason: text('revoked_reason'),
    openedBy: text('opened_by').$type<'passkey' | 'recovery_code' | 'password'>().notNull().default('passkey'),
  },
  (table) => [index('sessions_user').on(table.userId, table.revokedAt)],
)

/** Every refresh token ever issued to a living session; presenting a used one ends the family. */
export const refreshTokens = sqliteTable(
  'refresh_tokens',
  {
    hash: text('hash').primaryKey(),
    sessionId: text('session_id').notNull(),
    issuedAt: integer('issued_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [index('refresh_tokens_session').on(table.sessionId)],
)

/** `Idempotency-Key` answers, kept 24 h (DESIGN §4). */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    id: text('id').primaryKey(),
    requestHash: text('request_hash').notNull(),
    requestId: text('request_id'),
    status: integer('status'),
    body: text('body'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('idempotency_keys_created').on(table.createdAt)],
)

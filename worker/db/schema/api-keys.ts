import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { KeyStepUp } from '../../kernel/actor.ts'
import type { AuditAction, AuditTargetType } from '../../kernel/audit.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { Scope } from '../../kernel/scope.ts'

/** Triggers keep what was revoked revoked, and a key's secret and person as they were. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    /** `key_` and the twelve characters that stand in the key itself. */
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    secretHash: text('secret_hash').notNull(),
    /** The last four characters. */
    hint: text('hint').notNull(),
    permissions: text('permissions', { mode: 'json' }).$type<Permission[]>().notNull(),
    /** Never empty. */
    scopes: text('scopes', { mode: 'json' }).$type<Scope[]>().notNull(),
    /** CIDR or addresses; empty: from anywhere. */
    ipAllowlist: text('ip_allowlist', { mode: 'json' }).$type<string[]>().notNull(),
    stepUp: text('step_up').$type<KeyStepUp>().notNull(),
    /** The project the gateway sends it to; null: it says itself. */
    accountId: text('account_id'),
    /** Requests an hour through the gateway. */
    hourlyBudget: integer('hourly_budget'),
    expiresAt: integer('expires_at'),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    lastIp: text('last_ip'),
    /** Minutes in which it was used. */
    useCount: integer('use_count').notNull().default(0),
    refusalCount: integer('refusal_count').notNull().default(0),
    revokedAt: integer('revoked_at'),
    revokedBy: text('revoked_by'),
    revokedReason: text('revoked_reason'),
    replacedBy: text('replaced_by'),
    /** Until then a replaced key still works. */
    overlapUntil: integer('overlap_until'),
  },
  (table) => [index('api_keys_user').on(table.userId, table.createdAt), index('api_keys_created').on(table.createdAt)],
)

export type ApiKeyRow = typeof apiKeys.$inferSelect

/** Calls and refusals of a key by day (its first millisecond, UTC); refused calls are calls, too. */
export const keyUsage = sqliteTable(
  'key_usage',
  {
    keyId: text('key_id').notNull(),
    day: integer('day').notNull(),
    calls: integer('calls').notNull(),
    refusals: integer('refusals').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.day] })],
)

/** To the day: what a key was of use for, and which permission that took. */
export const keyOperations = sqliteTable(
  'key_operations',
  {
    keyId: text('key_id').notNull(),
    /** `GET /servers/{id}` at the gateway; `GET /api/v1/servers/{serverId}` of ours. */
    operation: text('operation').notNull(),
    permission: text('permission').$type<Permission>().notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.operation, table.permission] })],
)

/** One request of one key that waits for its person's passkey. */
export const keyApprovals = sqliteTable(
  'key_approvals',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    keyId: text('key_id').notNull(),
    /** `DELETE /api/v1/accounts/acc_…` */
    operation: text('operation').notNull(),
    requestHash: text('request_hash').notNull(),
    action: text('action').$type<AuditAction>(),
    targetType: text('target_type').$type<AuditTargetType>(),
    targetId: text('target_id'),
    targetName: text('target_name'),
    ip: text('ip'),
    userAgent: text('user_agent'),
    requestedAt: integer('requested_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    approvedAt: integer('approved_at'),
    refusedAt: integer('refused_at'),
    takenAt: integer('taken_at'),
  },
  (table) => [
    index('key_approvals_key').on(table.keyId, table.requestHash),
    index('key_approvals_user').on(table.userId, table.requestedAt),
  ],
)

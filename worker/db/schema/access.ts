import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Permission } from '../../kernel/permissions.ts'
import type { Scope } from '../../kernel/scope.ts'

/** What a person may do, or may not, on some things only (DESIGN §6). */
export const grants = sqliteTable(
  'grants',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    effect: text('effect').$type<'allow' | 'deny'>().notNull(),
    permissions: text('permissions', { mode: 'json' }).$type<Permission[]>().notNull(),
    scope: text('scope', { mode: 'json' }).$type<Scope>().notNull(),
    note: text('note').notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at'),
  },
  (table) => [index('grants_user').on(table.userId)],
)

/** To the day: enough to say what was not used for 90 days. */
export const permissionUses = sqliteTable(
  'permission_uses',
  {
    userId: text('user_id').notNull(),
    permission: text('permission').$type<Permission>().notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.permission] })],
)

/** Servers that nobody may delete, rebuild or resize until an owner says so (DESIGN §6). */
export const ownerLocks = sqliteTable('owner_locks', {
  serverId: text('server_id').primaryKey(),
  reason: text('reason'),
  lockedAt: integer('locked_at').notNull(),
  lockedBy: text('locked_by').notNull(),
})

import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AlertKind, AlertSeverity, RuleSettings } from '../../kernel/protection.ts'

/** What owners are told at once (G8). `facts` are flat and never a secret. */
export const alerts = sqliteTable(
  'alerts',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    kind: text('kind').$type<AlertKind>().notNull(),
    severity: text('severity').$type<AlertSeverity>().notNull(),
    userId: text('user_id'),
    userName: text('user_name'),
    keyId: text('key_id'),
    keyName: text('key_name'),
    ip: text('ip'),
    country: text('country'),
    userAgent: text('user_agent'),
    facts: text('facts', { mode: 'json' }).$type<Record<string, string | number | boolean | null>>().notNull(),
    operationId: text('operation_id').notNull(),
    readAt: integer('read_at'),
    readBy: text('read_by'),
  },
  (table) => [index('alerts_at').on(table.at, table.id), index('alerts_told').on(table.kind, table.userId, table.at)],
)

/** One row, `id` 1. */
export const protectionSettings = sqliteTable('protection_settings', {
  id: integer('id').primaryKey(),
  rules: text('rules', { mode: 'json' }).$type<Partial<RuleSettings>>().notNull(),
  ownerAllowlist: text('owner_allowlist', { mode: 'json' }).$type<string[]>().notNull(),
  /** Whether owners are told of what others did at the provider itself. */
  tellOutside: integer('tell_outside', { mode: 'boolean' }).notNull().default(false),
  version: integer('version').notNull(),
  updatedAt: integer('updated_at'),
  updatedBy: text('updated_by'),
})

/** Where a person has been signed in from; a confirmed country is trusted. */
export const userCountries = sqliteTable(
  'user_countries',
  {
    userId: text('user_id').notNull(),
    country: text('country').notNull(),
    firstSeenAt: integer('first_seen_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    confirmedAt: integer('confirmed_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.country] })],
)

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditAction, AuditPhase, AuditTargetType, Snapshot, Source } from '../../kernel/audit.ts'

/** Append-only: three triggers refuse UPDATE, DELETE and REPLACE (P1.5, G7). */
export const auditLog = sqliteTable(
  'audit_log',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    operationId: text('operation_id').notNull(),
    at: integer('at').notNull(),
    phase: text('phase').$type<AuditPhase>().notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    actorKind: text('actor_kind').$type<'anonymous' | 'user' | 'system'>().notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    targetType: text('target_type').$type<AuditTargetType>().notNull(),
    targetId: text('target_id').notNull(),
    targetName: text('target_name').notNull(),
    reason: text('reason'),
    errorCode: text('error_code'),
    source: text('source').$type<Source>().notNull(),
    ip: text('ip'),
    userAgent: text('user_agent'),
    requestId: text('request_id').notNull(),
    before: text('before', { mode: 'json' }).$type<Snapshot>(),
    after: text('after', { mode: 'json' }).$type<Snapshot>(),
    /** The API key that stood for the person, and its name at the time. */
    keyId: text('key_id'),
    keyName: text('key_name'),
  },
  (table) => [
    index('audit_log_operation').on(table.operationId),
    index('audit_log_at').on(table.at),
    index('audit_log_target').on(table.targetType, table.targetId, table.at),
    index('audit_log_actor').on(table.actorId, table.at),
    index('audit_log_action').on(table.action, table.at),
    index('audit_log_phase').on(table.phase, table.at),
    index('audit_log_actor_name').on(table.actorName, table.at),
    index('audit_log_target_name').on(table.targetName, table.at),
  ],
)

/** Every failure of the provider (P5.2). */
export const providerLog = sqliteTable(
  'provider_log',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    accountId: text('account_id'),
    kind: text('kind').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    status: integer('status'),
    providerCode: text('provider_code'),
    detail: text('detail'),
    attempt: integer('attempt').notNull(),
    durationMs: integer('duration_ms').notNull(),
    requestId: text('request_id').notNull(),
    correlationId: text('correlation_id'),
  },
  (table) => [index('provider_log_at').on(table.at), index('provider_log_account').on(table.accountId, table.at)],
)

/** Each seals the rows since the one before, chained to it and signed (DESIGN §7). Append-only. */
export const auditSeals = sqliteTable('audit_seals', {
  number: integer('number').primaryKey(),
  at: integer('at').notNull(),
  fromSeq: integer('from_seq').notNull(),
  toSeq: integer('to_seq').notNull(),
  /** One digest a row, 22 characters each, in order: a changed row is named, not only noticed. */
  digests: text('digests').notNull(),
  /** SHA-256 over the previous hash and the digests, base64url. */
  hash: text('hash').notNull(),
  previous: text('previous').notNull(),
  keyId: text('key_id').notNull(),
  /** Ed25519 over the seal's own fields, base64url. */
  signature: text('signature').notNull(),
})

/** Which seals were copied to the archive bucket, one row an object. Append-only. */
export const auditArchives = sqliteTable('audit_archives', {
  toSeal: integer('to_seal').primaryKey(),
  fromSeal: integer('from_seal').notNull(),
  key: text('key').notNull(),
  at: integer('at').notNull(),
  rows: integer('rows').notNull(),
  bytes: integer('bytes').notNull(),
  /** Of the object as it is stored, base64url. */
  sha256: text('sha256').notNull(),
})

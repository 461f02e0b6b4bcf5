import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AuditAction } from '../../kernel/audit.ts'

export type AccountState = 'ok' | 'pending' | 'revoked' | 'rate_limited' | 'unreachable' | 'outage' | 'partial'

/** A connected provider project. The token is sealed (kernel/crypto), bound to this row's id. */
export const accounts = sqliteTable('accounts', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  provider: text('provider').notNull(),
  tokenCiphertext: text('token_ciphertext').notNull(),
  tokenSalt: text('token_salt').notNull(),
  tokenIv: text('token_iv').notNull(),
  tokenKeyVersion: integer('token_key_version').notNull(),
  tokenHint: text('token_hint').notNull(),
  tokenFingerprint: text('token_fingerprint').notNull(),
  access: text('access').$type<'unknown' | 'read_write' | 'read_only'>().notNull(),
  state: text('state').$type<AccountState>().notNull(),
  stateDetail: text('state_detail'),
  stateSince: integer('state_since').notNull(),
  pausedAt: integer('paused_at'),
  removedAt: integer('removed_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  syncIntervalMs: integer('sync_interval_ms').notNull(),
  nextSyncAt: integer('next_sync_at').notNull(),
  lastSyncStartedAt: integer('last_sync_started_at'),
  /** The last complete pass: what "synced N s ago" counts from. */
  lastSyncAt: integer('last_sync_at'),
  lastSyncChanged: integer('last_sync_changed'),
  unchangedPasses: integer('unchanged_passes').notNull().default(0),
  leaseHolder: text('lease_holder'),
  leaseUntil: integer('lease_until').notNull().default(0),
})

/** The mirror of the provider's servers. `id` is ours and stable; (account, provider id) is unique (P4.1). */
export const servers = sqliteTable(
  'servers',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    name: text('name').notNull(),
    status: text('status').notNull(),
    typeName: text('type_name').notNull(),
    architecture: text('architecture').notNull(),
    cores: integer('cores').notNull(),
    memoryMb: integer('memory_mb').notNull(),
    diskGb: integer('disk_gb').notNull(),
    location: text('location').notNull(),
    country: text('country').notNull(),
    imageName: text('image_name'),
    ipv4: text('ipv4'),
    ipv6: text('ipv6'),
    privateIps: text('private_ips', { mode: 'json' }).$type<string[]>().notNull(),
    labels: text('labels', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    backups: integer('backups', { mode: 'boolean' }).notNull(),
    locked: integer('locked', { mode: 'boolean' }).notNull(),
    deleteProtected: integer('delete_protected', { mode: 'boolean' }).notNull(),
    rescue: integer('rescue', { mode: 'boolean' }).notNull(),
    typeDeprecatedAt: integer('type_deprecated_at'),
    includedTrafficBytes: integer('included_traffic_bytes'),
    outgoingTrafficBytes: integer('outgoing_traffic_bytes'),
    /** List price, decimal strings; null where the catalogue does not know it. */
    currency: text('currency'),
    hourlyNet: text('hourly_net'),
    monthlyNet: text('monthly_net'),
    /** Hash of every mirrored column: equal means nothing to write. */
    digest: text('digest').notNull(),
    providerCreatedAt: integer('provider_created_at').notNull(),
    firstSeenAt: integer('first_seen_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    deletedAt: integer('deleted_at'),
  },
  (table) => [
    uniqueIndex('servers_provider').on(table.accountId, table.providerId),
    index('servers_name')
      .on(table.name, table.id)
      .where(sql`deleted_at IS NULL`),
  ],
)

/** What people add (P4.2). No sync touches it; it survives a deletion at the provider. */
export const serverMetadata = sqliteTable('server_metadata', {
  serverId: text('server_id').primaryKey(),
  displayName: text('display_name'),
  tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
  notes: text('notes').notNull(),
  project: text('project'),
  environment: text('environment'),
  updatedAt: integer('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
})

export type OperationStatus = 'started' | 'running' | 'succeeded' | 'failed' | 'unknown'

/** The present state of a long operation; its record is in the audit log. */
export const operations = sqliteTable(
  'operations',
  {
    id: text('id').primaryKey(),
    /** Null where what is followed concerns no server, or none that is known yet. */
    serverId: text('server_id'),
    accountId: text('account_id').notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    status: text('status').$type<OperationStatus>().notNull(),
    progress: integer('progress').notNull(),
    providerActionId: text('provider_action_id'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    actorKind: text('actor_kind').$type<'user' | 'system' | 'anonymous'>().notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    requestId: text('request_id').notNull(),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    nextPollAt: integer('next_poll_at').notNull(),
    deadlineAt: integer('deadline_at').notNull(),
    /** The provider's word for what a tool asked for; null for the power actions of our own API. */
    command: text('command'),
    /** The provider's other actions that the same answer told of. */
    alsoActions: text('also_actions', { mode: 'json' }).$type<string[]>().notNull().default([]),
  },
  (table) => [
    index('operations_server').on(table.serverId, table.startedAt),
    index('operations_open')
      .on(table.accountId, table.nextPollAt)
      .where(sql`finished_at IS NULL`),
  ],
)

/** Provider actions already looked at, so that each one done outside WebNova is flagged once. */
export const seenProviderActions = sqliteTable('seen_provider_actions', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  seenAt: integer('seen_at').notNull(),
})

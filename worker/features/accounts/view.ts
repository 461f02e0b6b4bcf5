import type { Ctx } from '../../context.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import type { ListedAccountRow } from './account.store.ts'
import type { Account } from './schemas.ts'

/** A project as the API shows it: field by field, so that nothing sealed can slip in. */
export function toAccount(ctx: Ctx, row: ListedAccountRow): Account {
  const provider = ctx.providers.known().find(({ id }) => id === row.provider)
  const paused = row.pausedAt !== null
  return {
    id: row.id,
    name: row.name,
    provider: provider ?? { id: row.provider, name: row.provider },
    tokenHint: row.tokenHint,
    tokenKeyVersion: row.tokenKeyVersion,
    access: row.access,
    state: row.state,
    stateDetail: row.stateDetail,
    stateSince: iso(row.stateSince),
    paused,
    createdAt: iso(row.createdAt),
    lastSyncAt: isoOrNull(row.lastSyncAt),
    lastSyncStartedAt: isoOrNull(row.lastSyncStartedAt),
    nextSyncAt: paused ? null : iso(row.nextSyncAt),
    syncing: row.leaseUntil > ctx.clock.now(),
    syncIntervalMs: row.syncIntervalMs,
    lastSyncChanged: row.lastSyncChanged,
    serverCount: row.serverCount,
  }
}

import type { Ctx } from '../../context.ts'
import { explain } from '../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { briefServerCost } from '../costs/index.ts'
import { selectOwnerLock } from './owner-lock.store.ts'
import type { ServerDetail } from './schemas.ts'
import { resourceOf } from './resource-of.ts'
import { selectServerDetail } from './server.store.ts'
import { serverMapper } from './to-server.ts'

/** One server with everything its page shows, gone or not. @throws AppError `not_found`, also for "not yours". */
export async function getServer(ctx: Ctx, serverId: string): Promise<ServerDetail> {
  const found = explain(ctx.actor, 'servers:read').allowed ? await selectServerDetail(ctx.db, serverId) : null
  if (!found || !explain(ctx.actor, 'servers:read', resourceOf(found.server)).allowed) throw notFound('Server')
  const { server, account, open } = found
  const lock = server.ownerLockedAt === null ? null : await selectOwnerLock(ctx.db, serverId)
  return {
    ...serverMapper(ctx, [account], open)(server),
    notes: found.notes ?? '',
    metadataUpdatedAt: isoOrNull(found.metadataUpdatedAt),
    metadataUpdatedBy: found.metadataUpdatedBy,
    accountState: account.state,
    accountStateSince: iso(account.stateSince),
    accountAccess: account.access,
    accountPaused: account.pausedAt !== null,
    includedTrafficBytes: server.includedTrafficBytes,
    outgoingTrafficBytes: server.outgoingTrafficBytes,
    firstSeenAt: iso(server.firstSeenAt),
    ownerLock: lock && { at: iso(lock.lockedAt), by: lock.lockedBy, reason: lock.reason },
    cost: explain(ctx.actor, 'costs:read', resourceOf(server)).allowed ? await briefServerCost(ctx, server) : null,
  }
}

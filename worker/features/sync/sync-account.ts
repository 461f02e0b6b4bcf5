import type { Ctx } from '../../context.ts'
import { iso } from '../../kernel/clock.ts'
import { newId } from '../../kernel/id.ts'
import { leaseAccount } from './pass.store.ts'
import { runPass } from './run-pass.ts'
import type { SyncReport } from './schemas.ts'

/** `manual`: a person waits for it, and does not wait behind background work (DESIGN §8). */
export type SyncReason = 'cron' | 'manual'

/**
 * One pass over one account (DESIGN §9, P4.1): what changed at the provider is written, what did not is not, nothing
 * is ever there twice. While another pass has the account, or it is paused, the result is `skipped`.
 */
export async function syncAccount(ctx: Ctx, accountId: string, options: { reason: SyncReason }): Promise<SyncReport> {
  const account = await leaseAccount(ctx, accountId, newLeaseHolder(ctx))
  if (!account) return skipped(ctx, accountId)
  const { report } = await runPass(ctx, account, options.reason === 'manual' ? 'person' : 'background')
  return report
}

/** The request's id, for whoever looks at a lease, and something of its own: one request may run many passes. */
export const newLeaseHolder = (ctx: Ctx): string => `${ctx.requestId}/${newId('key', ctx.clock.now())}`

function skipped(ctx: Ctx, accountId: string): SyncReport {
  const at = iso(ctx.clock.now())
  const nothing = { changed: 0, deleted: 0, servers: 0, requests: 0 }
  return { accountId, result: 'skipped', ...nothing, startedAt: at, finishedAt: at }
}

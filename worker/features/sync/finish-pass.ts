import type { Ctx } from '../../context.ts'
import { iso } from '../../kernel/clock.ts'
import { describeError } from '../../kernel/log.ts'
import type { Pass } from './pass.ts'
import { endPass, type LeasedAccount } from './pass.store.ts'
import { publishServerChanges } from './publish-changes.ts'
import { nextIntervalMs } from './rules.ts'
import type { SyncReport } from './schemas.ts'

export interface FinishedPass {
  report: SyncReport
  /** Until the next one. */
  intervalMs: number
}

/** Writes the books, gives the lease back, tells the dashboards and the log. Never throws: the lease then runs out. */
export async function finishPass(ctx: Ctx, account: LeasedAccount, pass: Pass): Promise<FinishedPass> {
  const startedAt = account.lastSyncStartedAt
  const news = pass.changed.length + pass.deleted.length
  const quiet = pass.result === 'complete' && news === 0 && !pass.unfinished
  const unchangedPasses = quiet ? account.unchangedPasses + 1 : 0
  const intervalMs = nextIntervalMs({ ...pass, unchangedPasses, intervalMs: account.syncIntervalMs })
  const { state, stateDetail } = pass
  let kept = false
  try {
    const complete = pass.result === 'complete' ? { at: startedAt, changed: news } : null
    const nextSyncAt = startedAt + intervalMs
    kept = await endPass(ctx, account, { state, stateDetail, complete, unchangedPasses, intervalMs, nextSyncAt })
  } catch (error) {
    ctx.log.error('sync.books_failed', { accountId: account.id, error: describeError(error) })
  }
  publish(ctx, account, pass, kept)
  const report = reportOf(ctx, account, pass)
  const { errorCode, result, changed, deleted, servers, requests } = report
  const fields = { accountId: account.id, result, changed, deleted, servers, requests, errorCode, intervalMs }
  if (pass.result === 'complete') ctx.log.debug('sync.pass', fields)
  else ctx.log.warn('sync.pass', { ...fields, state, stateDetail, detail: pass.detail })
  return { report, intervalMs }
}

function publish(ctx: Ctx, account: LeasedAccount, pass: Pass, kept: boolean): void {
  publishServerChanges(ctx, [...pass.changed, ...pass.deleted])
  if (!kept) return
  const { id: accountId } = account
  const at = iso(account.lastSyncStartedAt)
  const changed = pass.changed.length + pass.deleted.length
  ctx.live.publish({ type: 'sync.finished', accountId, at, result: pass.result, changed })
  const stateIsNews = pass.state !== account.state || pass.stateDetail !== account.stateDetail
  if (stateIsNews) ctx.live.publish({ type: 'account.changed', accountId })
}

const reportOf = (ctx: Ctx, account: LeasedAccount, pass: Pass): SyncReport => ({
  accountId: account.id,
  result: pass.result,
  changed: pass.changed.length,
  deleted: pass.deleted.length,
  servers: pass.servers,
  requests: pass.requests,
  startedAt: iso(account.lastSyncStartedAt),
  finishedAt: iso(ctx.clock.now()),
  ...(pass.errorCode ? { errorCode: pass.errorCode } : {}),
})

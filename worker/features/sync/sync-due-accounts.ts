import type { Ctx } from '../../context.ts'
import { seconds } from '../../kernel/clock.ts'
import { describeError } from '../../kernel/log.ts'
import type { FinishedPass } from './finish-pass.ts'
import { mapLimited } from './map-limited.ts'
import { leaseDueAccounts } from './pass.store.ts'
import { fastIntervalMs } from './rules.ts'
import { runPass } from './run-pass.ts'
import type { SyncReport } from './schemas.ts'
import { newLeaseHolder } from './sync-account.ts'

/**
 * What one run may do inside the smallest plan's 50 queries: an unchanged pass needs two, a changed one four or five.
 * With more projects than this, those that waited longest come first, and the others a minute later.
 */
const maxPassesPerRun = 12
const concurrency = 4
/** The minute's signal does not come to the millisecond: what is due by then is due now. */
const slackMs = seconds(10)
/** Looks between two signals, where something is under way. */
const extraRounds = 3

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * The minute's job: every account that is due, several at once, each for itself. Where something is under way it is
 * looked at again every 15 s, behind the job's back, until the next minute's signal takes over.
 */
export async function syncDueAccounts(ctx: Ctx, sleep = wait): Promise<SyncReport[]> {
  const passes = await syncRound(ctx, maxPassesPerRun, slackMs)
  if (isAnyFast(passes)) ctx.defer(followFast(ctx, maxPassesPerRun - passes.length, sleep))
  return passes.map((pass) => pass.report)
}

async function syncRound(ctx: Ctx, limit: number, slack: number): Promise<FinishedPass[]> {
  const due = await leaseDueAccounts(ctx, newLeaseHolder(ctx), ctx.clock.now() + slack, limit)
  return mapLimited(due, concurrency, (account) => runPass(ctx, account, 'background'))
}

const isAnyFast = (passes: readonly FinishedPass[]) => passes.some((pass) => pass.intervalMs <= fastIntervalMs)

async function followFast(ctx: Ctx, passesLeft: number, sleep: (ms: number) => Promise<void>): Promise<void> {
  let left = passesLeft
  try {
    for (let round = 0; round < extraRounds && left > 0; round++) {
      await sleep(fastIntervalMs)
      const passes = await syncRound(ctx, left, seconds(1))
      if (!isAnyFast(passes)) return
      left -= passes.length
    }
  } catch (error) {
    ctx.log.error('sync.follow_failed', { error: describeError(error) })
  }
}

import type { Ctx } from '../../context.ts'
import { hours, minutes } from '../../kernel/clock.ts'
import { newId } from '../../kernel/id.ts'
import { describeError } from '../../kernel/log.ts'
import { selectAbandoned } from './audit.store.ts'
import { followOperation } from './follow-operation.ts'
import { selectNeglected } from './operations.store.ts'
import { lockOf } from './rules.ts'

/** What one run of the job takes on; the next one comes in a minute. */
const batchSize = 10
/** The slowest pace of an alarm is well below this. */
const neglectedMs = minutes(1)
/** Nothing of ours runs as long as this without a word. */
const abandonedMs = minutes(15)
const abandonedWindowMs = hours(2)
const wholeWindowMs = hours(72)

/**
 * The net under the alarms: looks after open operations that nobody looks after (their deadline ends them as
 * `unknown`), and gives every `started` row that nothing followed its end.
 */
export async function sweepOperations(ctx: Ctx): Promise<void> {
  const neglected = await selectNeglected(ctx.db, ctx.clock.now() - neglectedMs, batchSize)
  for (const row of neglected) {
    try {
      const next = await followOperation(ctx, row.id)
      if (next.done) await ctx.locks.release(lockOf(row))
    } catch (error) {
      ctx.log.warn('operation.sweep_failed', { operationId: row.id, error: describeError(error) })
    }
  }
  await closeAbandoned(ctx, abandonedWindowMs)
}

/** Once a day, over more than any outage of ours that goes unnoticed. */
export const sweepAbandoned = (ctx: Ctx): Promise<void> => closeAbandoned(ctx, wholeWindowMs)

async function closeAbandoned(ctx: Ctx, windowMs: number): Promise<void> {
  const now = ctx.clock.now()
  const started = await selectAbandoned(ctx.db, now - windowMs, now - abandonedMs, batchSize)
  for (const { id: _, ...entry } of started) {
    ctx.log.warn('audit.abandoned', { operationId: entry.operationId, action: entry.action })
    const at = ctx.clock.now()
    await ctx.journal.append({ ...entry, id: newId('aud', at), at, phase: 'unknown', errorCode: 'outcome_unknown' })
  }
}

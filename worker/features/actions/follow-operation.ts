import type { Ctx } from '../../context.ts'
import { seconds } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import type { FollowUp } from '../../objects/action-lock.ts'
import { openAccountProvider } from '../accounts/index.ts'
import { endOf } from './endings.ts'
import { finishOperation } from './finish-operation.ts'
import { judge, type Verdict } from './judge.ts'
import { claimDue, saveProgress, selectOperation, type OperationRow } from './operations.store.ts'
import { pollDelayMs, retryDelayMs } from './rules.ts'

/** What one request to the provider covers (FACTS §3), and what one invocation may end beside its own. */
const claimLimit = 25
const endLimit = 4
/** Nobody else looks while this one does. */
const claimMs = seconds(12)

/**
 * Looks how an operation is going; called by the alarm of its lock until it has an end. One look serves every
 * operation of the same account that is due (docs/decisions/0003), so that 30 locks make one request a second, not 30.
 * Safe to call at any time, by several at once: an operation ends once. `soon`: somebody waits for the lock, so that
 * this one is looked at before it is due.
 */
export async function followOperation(ctx: Ctx, operationId: string, soon = false): Promise<FollowUp> {
  const now = ctx.clock.now()
  const claimed = await claimDue(ctx.db, operationId, { now, until: now + claimMs, limit: claimLimit, soon })
  const own = claimed.find((row) => row.id === operationId)
  const row = own ?? (await selectOperation(ctx.db, operationId))
  if (!row || row.finishedAt !== null) return { done: true }
  if (claimed.length === 0) return againAt(ctx, row.startedAt, row.nextPollAt)
  const verdicts = await look(ctx, claimed, row.accountId)
  await settle(ctx, claimed, verdicts, operationId)
  const mine = verdicts.get(operationId)
  if (mine?.kind === 'ended') return { done: true }
  return againAt(ctx, row.startedAt, mine ? mine.nextPollAt : row.nextPollAt)
}

/** Somebody else's look may take long; ours is only to see whether it has ended. */
function againAt(ctx: Ctx, startedAt: number, at: number): FollowUp {
  const now = ctx.clock.now()
  const paceMs = pollDelayMs(now - startedAt)
  return {
    done: false,
    againInMs: at > now ? Math.min(Math.max(at - now, 200), retryDelayMs(now - startedAt)) : paceMs,
  }
}

/** Never throws for the provider's troubles: they postpone the next look, until the deadline ends the operation. */
async function look(ctx: Ctx, claimed: readonly OperationRow[], accountId: string): Promise<Map<string, Verdict>> {
  try {
    const provider = await openAccountProvider(ctx, accountId, 'background')
    return await judge(ctx, provider, claimed)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    ctx.log.warn('operation.look_failed', { accountId, code: error.code, detail: error.detail })
    const gone = error.code === 'not_found'
    return new Map(claimed.map((row) => [row.id, gone ? unknownNow : postponed(ctx, row)]))
  }
}

const unknownNow: Verdict = { kind: 'ended', end: endOf('unknown', 'outcome_unknown') }

function postponed(ctx: Ctx, row: OperationRow): Verdict {
  const now = ctx.clock.now()
  if (now >= row.deadlineAt) return unknownNow
  return { kind: 'open', progress: row.progress, nextPollAt: now + retryDelayMs(now - row.startedAt) }
}

/** Ends what has ended, its own first; more than one invocation can carry is left to their own alarms, at once. */
async function settle(
  ctx: Ctx,
  claimed: readonly OperationRow[],
  verdicts: Map<string, Verdict>,
  ownId: string,
): Promise<void> {
  const now = ctx.clock.now()
  const ended = claimed.filter((row) => verdicts.get(row.id)?.kind === 'ended')
  const mine = ended.filter((row) => row.id === ownId)
  const others = ended.filter((row) => row.id !== ownId)
  const later = others.slice(endLimit).map(({ id, progress }) => ({ id, progress, nextPollAt: now }))
  const open = claimed.flatMap(({ id }) => {
    const verdict = verdicts.get(id)
    return verdict?.kind === 'open' ? [{ id, progress: verdict.progress, nextPollAt: verdict.nextPollAt }] : []
  })
  await saveProgress(ctx.db, [...open, ...later])
  publishProgress(ctx, claimed, verdicts)
  for (const row of mine) await finish(ctx, row, verdicts, true)
  for (const row of others.slice(0, endLimit)) {
    try {
      await finish(ctx, row, verdicts, false)
    } catch (error) {
      ctx.log.warn('operation.finish_failed', { operationId: row.id, error: describeError(error) })
    }
  }
}

async function finish(ctx: Ctx, row: OperationRow, verdicts: Map<string, Verdict>, own: boolean): Promise<void> {
  const verdict = verdicts.get(row.id)
  if (verdict?.kind === 'ended') await finishOperation(ctx, row, verdict.end, { releaseLock: !own })
}

function publishProgress(ctx: Ctx, claimed: readonly OperationRow[], verdicts: Map<string, Verdict>): void {
  for (const row of claimed) {
    const verdict = verdicts.get(row.id)
    if (verdict?.kind !== 'open' || verdict.progress === row.progress) continue
    const { id: operationId, serverId } = row
    if (serverId === null) continue
    ctx.live.publish({
      type: 'operation.changed',
      operationId,
      serverId,
      status: 'running',
      progress: verdict.progress,
    })
  }
}

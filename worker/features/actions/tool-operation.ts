import type { Ctx } from '../../context.ts'
import type { Statement } from '../../db/index.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import { describeError } from '../../kernel/log.ts'
import type { Ending, OperationFacts } from '../../kernel/mutate.ts'
import { endOf } from './endings.ts'
import { newRow, type NewOperation } from './new-row.ts'
import {
  acceptOperation,
  assignServer,
  closeOperation,
  forgetOperation,
  insertOperation,
  markLost,
} from './operations.store.ts'
import { lockKeyOf, lockOf, longDeadlineMs, pollDelayMs, toolFirstLookMs } from './rules.ts'

/** What a tool asked for through the gateway, which is followed as our own power actions are (DESIGN §10). */
export type ToolOperation = Omit<NewOperation, 'deadlineMs'>

/** One of the provider's actions that an answer told of. */
export interface ToldAction {
  id: string
  status: string
  progress: number
}

/** The lock of a server, whose alarm looks after a request that says nothing: later than any answer can come. */
export const toolLock = (serverId: string) => ({ key: lockKeyOf(serverId), ms: toolFirstLookMs })

/** On record before the request is sent, where it holds a server: whatever dies on the way is found again. */
export const beginTool = (ctx: Ctx, facts: OperationFacts, what: ToolOperation): Statement[] => [
  insertOperation(ctx.db, newRow(ctx, facts, { ...what, deadlineMs: longDeadlineMs })),
]

/** Whether there is anything left to follow. */
export const isUnderWay = (actions: readonly ToldAction[]): boolean =>
  actions.some(({ status }) => status !== 'success')

/** The provider has taken it on: what is under way is followed from here, the rest is done. */
export function acceptTool(
  ctx: Ctx,
  facts: OperationFacts,
  what: ToolOperation,
  [main, ...others]: readonly ToldAction[],
  begun: boolean,
): Statement[] {
  const now = ctx.clock.now()
  const all = main ? [main, ...others] : []
  const followed = isUnderWay(all)
  if (!begun && !followed) return []
  const running = {
    providerActionId: main?.id ?? null,
    alsoActions: others.map(({ id }) => id),
    progress: Math.min(99, ...all.map(({ progress }) => progress)),
    nextPollAt: now + pollDelayMs(0),
  }
  if (!begun) {
    const row = newRow(ctx, facts, { ...what, deadlineMs: longDeadlineMs })
    return [insertOperation(ctx.db, { ...row, ...running, status: 'running' })]
  }
  const statements = acceptOperation(ctx.db, facts.id, running)
  if (!followed) statements.push(...closeOperation(ctx.db, facts.id, endOf('succeeded'), now))
  return statements
}

/**
 * What a request that was refused, or whose answer was lost, leaves of its operation. `look`: what became of it is
 * looked for, and the server stays locked meanwhile; false where it may be sent again at once.
 */
export const endTool = (ctx: Ctx, facts: OperationFacts, ending: Ending, look: boolean): Statement[] =>
  ending.phase === 'unknown' && look
    ? [markLost(ctx.db, facts.id, null, ctx.clock.now())]
    : [forgetOperation(ctx.db, facts.id)]

/**
 * Sets an alarm for an operation that began without a lock; `createdId`: the server it made, which is locked from now
 * on. Best effort: what nobody looks after is found by sweep-operations.ts.
 */
export async function followTool(
  ctx: Ctx,
  { id, startedAt }: OperationFacts,
  { action }: ToolOperation,
  createdId: string | null,
): Promise<void> {
  try {
    if (createdId !== null) await assignServer(ctx.db, id, createdId)
    const lease = lockOf({ id, serverId: createdId })
    const holder = { operationId: id, action, actorName: actorIdentity(ctx.actor).name, since: startedAt }
    const taken = await ctx.locks.acquire(lease.key, holder, toolFirstLookMs)
    if (taken.ok) await ctx.locks.follow(lease)
  } catch (error) {
    ctx.log.warn('operation.follow_failed', { operationId: id, error: describeError(error) })
  }
}

import { actorIdentity, keyIdentity } from './actor.ts'
import type { AuditEntry, AuditPhase, AuditTarget } from './audit.ts'
import { authorize } from './authorize.ts'
import { iso } from './clock.ts'
import { AppError } from './errors.ts'
import { newId } from './id.ts'
import type { LiveEvent } from './live.ts'
import type { Lease } from './lock.ts'
import { describeError } from './log.ts'
import type { CommitOptions, Ending, LockSpec, MutateContext, Mutation, Operation, OperationFacts } from './mutation.ts'

export type * from './mutation.ts'

/**
 * The one path of a change (DESIGN §4): authorise, record, lock, run, commit with a record, release, publish.
 * A refusal, a failure and an unknown outcome each leave a row. While the outcome is `accepted` or `unknown` the
 * lock stays with the operation; its alarm finds the end.
 */
export async function mutate<S, T>(ctx: MutateContext<S>, mutation: Mutation<S, T>): Promise<T> {
  const startedAt = ctx.clock.now()
  const facts: OperationFacts = { id: newId('opr', startedAt), startedAt }
  const row = rowFactory(ctx, mutation, facts.id)
  await assertAllowed(ctx, mutation, row)
  const first = row('started', mutation.intent ? { after: mutation.intent } : {})
  await ctx.journal.commit(mutation.begin?.(facts) ?? [], first)
  const lease = mutation.lock ? await takeLock(ctx, mutation, mutation.lock, facts, row) : null

  const events: LiveEvent[] = []
  let phase: AuditPhase | null = null
  let performed = false
  const op: Operation<S> = {
    ...facts,
    publish: (event) => void events.push(event),
    perform: async (effect) => {
      const result = await effect()
      performed = true
      return result
    },
    commit: async (statements, options = {}) => {
      if (phase) throw new Error(`operation ${facts.id} was committed twice`)
      const next = options.phase ?? 'succeeded'
      await ctx.journal.commit(statements, row(next, options))
      phase = next
    },
  }
  try {
    const result = await mutation.run(op)
    if (!phase) throw new Error(`${mutation.action} ended without a commit`)
    return result
  } catch (error) {
    if (phase) throw error
    const failure = performed ? lostOutcome(facts.id, error) : error
    phase = await recordFailure(ctx, mutation, facts, row, failure)
    throw failure
  } finally {
    await settle(ctx, lease, phase)
    for (const event of events) ctx.live.publish(event)
    ctx.live.publish({ type: 'audit.appended' })
  }
}

/** "Nothing was changed", as a failing database would have it, is not true any more. */
const lostOutcome = (operationId: string, cause: unknown): AppError =>
  cause instanceof AppError && cause.code === 'outcome_unknown'
    ? cause
    : new AppError('outcome_unknown', { cause, detail: describeError(cause), meta: { operationId } })

type RowFactory = (phase: AuditPhase, options?: CommitOptions & { errorCode?: string }) => AuditEntry

function rowFactory<S>(ctx: MutateContext<S>, mutation: Act, operationId: string): RowFactory {
  const actor = actorIdentity(ctx.actor)
  const key = keyIdentity(ctx.actor)
  return (phase, options = {}) => {
    const target = options.target ?? mutation.target
    const at = ctx.clock.now()
    return {
      id: newId('aud', at),
      operationId,
      at,
      phase,
      action: mutation.action,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      targetType: target.type,
      targetId: target.id,
      targetName: target.name,
      reason: mutation.reason ?? null,
      errorCode: options.errorCode ?? null,
      source: ctx.source,
      ip: ctx.ip,
      userAgent: ctx.userAgent,
      requestId: ctx.requestId,
      before: options.before ?? null,
      after: options.after ?? null,
      ...key,
    }
  }
}

/**
 * For an act on many things at once, decided before the first of them: refuses on the record, as `mutate` does, with a
 * row for each of `each`, so that the history of every one shows it; without any, with one for `target`.
 * @throws AppError `forbidden`, `unauthenticated`
 */
export async function authorizeOnRecord<S>(
  ctx: MutateContext<S>,
  act: Pick<Mutation<S, void>, 'action' | 'permission' | 'target' | 'resource'>,
  each: readonly AuditTarget[] = [],
): Promise<void> {
  const [first = act.target, ...others] = each
  const rowOf = (target: AuditTarget) => rowFactory(ctx, { ...act, target }, newId('opr', ctx.clock.now()))
  await assertAllowed(ctx, act, rowOf(first), others.map(rowOf))
}

/** For a refusal that more than the permission decides: leaves the same `denied` row. */
export async function recordDenial<S>(
  ctx: MutateContext<S>,
  act: Pick<Mutation<S, void>, 'action' | 'permission' | 'target'>,
): Promise<void> {
  await ctx.journal.append(rowFactory(ctx, act, newId('opr', ctx.clock.now()))('denied', { errorCode: 'forbidden' }))
}

type Act = Pick<Mutation<unknown, unknown>, 'action' | 'permission' | 'target' | 'resource' | 'reason'>

async function assertAllowed<S>(
  ctx: MutateContext<S>,
  mutation: Act,
  row: RowFactory,
  others: readonly RowFactory[] = [],
): Promise<void> {
  if (mutation.permission === 'self') return
  try {
    authorize(ctx.actor, mutation.permission, mutation.resource)
  } catch (error) {
    const facts = { errorCode: error instanceof AppError ? error.code : 'internal' }
    await ctx.journal.append(row('denied', facts), ...others.map((other) => other('denied', facts)))
    throw error
  }
}

async function takeLock<S, T>(
  ctx: MutateContext<S>,
  mutation: Mutation<S, T>,
  { key, ms }: LockSpec,
  facts: OperationFacts,
  row: RowFactory,
): Promise<Lease> {
  const lease = { key, operationId: facts.id }
  const { name: actorName } = actorIdentity(ctx.actor)
  const holder = { operationId: facts.id, action: mutation.action, actorName, since: facts.startedAt }
  const close = (ending: Ending) =>
    ctx.journal.commit(mutation.end?.(facts, ending) ?? [], row(ending.phase, { errorCode: ending.errorCode }))
  let answer
  try {
    answer = await ctx.locks.acquire(key, holder, ms)
  } catch (error) {
    await close({ phase: 'failed', errorCode: 'internal' })
    // The lock may have been given and only its answer lost.
    await settle(ctx, lease, 'failed')
    throw error
  }
  if (answer.ok) return lease
  await close({ phase: 'refused', errorCode: 'locked' })
  throw new AppError('locked', {
    message: `${answer.holder.actorName || 'The system'} is already working on ${mutation.target.name}.`,
    hint: 'Wait until it is done; this page follows it.',
    meta: { by: answer.holder.actorName, action: answer.holder.action, since: iso(answer.holder.since) },
  })
}

/** A failing record leaves the lock, and finding out, to the alarm. */
async function recordFailure<S, T>(
  ctx: MutateContext<S>,
  mutation: Mutation<S, T>,
  facts: OperationFacts,
  row: RowFactory,
  error: unknown,
): Promise<AuditPhase> {
  const errorCode = error instanceof AppError ? error.code : 'internal'
  const phase = errorCode === 'outcome_unknown' ? 'unknown' : 'failed'
  try {
    await ctx.journal.commit(mutation.end?.(facts, { phase, errorCode }) ?? [], row(phase, { errorCode }))
    return phase
  } catch (failure) {
    ctx.log.error('audit.append_failed', { operationId: facts.id, error: describeError(failure), phase })
    return 'unknown'
  }
}

/** Freed where the operation has an end; otherwise kept, with the alarm looking for it. */
async function settle<S>(ctx: MutateContext<S>, lease: Lease | null, phase: AuditPhase | null): Promise<void> {
  if (!lease) return
  try {
    if (phase === 'succeeded' || phase === 'failed') await ctx.locks.release(lease)
    else await ctx.locks.follow(lease)
  } catch (error) {
    ctx.log.error('lock.settle_failed', { key: lease.key, error: describeError(error) })
  }
}

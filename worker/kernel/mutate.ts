import { actorIdentity } from './actor.ts'
import type { AuditAction, AuditEntry, AuditPhase, AuditTarget, Snapshot } from './audit.ts'
import { authorize } from './authorize.ts'
import type { RequestFacts } from './context.ts'
import { AppError } from './errors.ts'
import { newId } from './id.ts'
import type { LiveEvent, LivePublisher } from './live.ts'
import type { Lease, LockPort } from './lock.ts'
import { describeError } from './log.ts'
import type { Permission } from './permissions.ts'

/** The audit log as `mutate` needs it. `S` is a database statement, which the kernel only passes on. */
export interface Journal<S> {
  /** One row, now. Rejects when it cannot be written: the caller then does nothing (fail closed). */
  append(entry: AuditEntry): Promise<void>
  /** The changes and the row, all or nothing. */
  commit(statements: readonly S[], entry: AuditEntry): Promise<void>
}

export interface MutateContext<S> extends RequestFacts {
  readonly journal: Journal<S>
  readonly locks: LockPort
  readonly live: LivePublisher
}

export interface Mutation<S, T> {
  action: AuditAction
  /** `self`: the actor changes only what is their own; anything else is decided by `authorize`. */
  permission: Permission | 'self'
  target: AuditTarget
  reason?: string | undefined
  /** Where two at once must not happen. `key` names the lock, `ms` is how long a dead holder keeps it. */
  lock?: { key: string; ms: number } | undefined
  run(op: Operation<S>): Promise<T>
}

export interface CommitOptions {
  phase?: 'succeeded' | 'accepted' | 'unknown'
  target?: AuditTarget
  before?: Snapshot
  after?: Snapshot
}

/** What `run` gets. `commit` is the only way to write, so "changed without a record" cannot be expressed (DESIGN §4). */
export interface Operation<S> {
  readonly id: string
  readonly startedAt: number
  commit(statements: readonly S[], options?: CommitOptions): Promise<void>
  /** Sent to open dashboards after the commit, never before. */
  publish(event: LiveEvent): void
}

/**
 * The one path of a change (DESIGN §4): authorise, record, lock, run, commit with a record, release, publish.
 * A refusal, a failure and an unknown outcome each leave a row. While the outcome is `accepted` or `unknown` the
 * lock stays with the operation; its alarm finds the end.
 */
export async function mutate<S, T>(ctx: MutateContext<S>, mutation: Mutation<S, T>): Promise<T> {
  const startedAt = ctx.clock.now()
  const operationId = newId('opr', startedAt)
  const row = rowFactory(ctx, mutation, operationId)
  await assertAllowed(ctx, mutation, row)
  await ctx.journal.append(row('started'))
  const lease = mutation.lock ? await takeLock(ctx, mutation, operationId, startedAt, row) : null

  const events: LiveEvent[] = []
  let phase: AuditPhase | null = null
  const op: Operation<S> = {
    id: operationId,
    startedAt,
    publish: (event) => void events.push(event),
    commit: async (statements, options = {}) => {
      if (phase) throw new Error(`operation ${operationId} was committed twice`)
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
    phase = await recordFailure(ctx, phase, row, error)
    throw error
  } finally {
    await settle(ctx, lease, phase)
    for (const event of events) ctx.live.publish(event)
  }
}

type RowFactory = (phase: AuditPhase, options?: CommitOptions & { errorCode?: string }) => AuditEntry

function rowFactory<S, T>(ctx: MutateContext<S>, mutation: Mutation<S, T>, operationId: string): RowFactory {
  const actor = actorIdentity(ctx.actor)
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
    }
  }
}

async function assertAllowed<S, T>(ctx: MutateContext<S>, mutation: Mutation<S, T>, row: RowFactory): Promise<void> {
  if (mutation.permission === 'self') return
  try {
    authorize(ctx.actor, mutation.permission)
  } catch (error) {
    await ctx.journal.append(row('denied', { errorCode: error instanceof AppError ? error.code : 'internal' }))
    throw error
  }
}

async function takeLock<S, T>(
  ctx: MutateContext<S>,
  mutation: Mutation<S, T>,
  operationId: string,
  startedAt: number,
  row: RowFactory,
): Promise<Lease> {
  const { key, ms } = mutation.lock!
  const holder = { operationId, action: mutation.action, actorName: actorIdentity(ctx.actor).name, since: startedAt }
  let answer
  try {
    answer = await ctx.locks.acquire(key, holder, ms)
  } catch (error) {
    await ctx.journal.append(row('failed', { errorCode: 'internal' }))
    throw error
  }
  if (answer.ok) return { key, operationId }
  await ctx.journal.append(row('refused', { errorCode: 'locked' }))
  throw new AppError('locked', {
    message: `${answer.holder.actorName || 'The system'} is already working on ${mutation.target.name}.`,
    hint: 'Wait until it is done; this page follows it.',
    meta: { by: answer.holder.actorName, action: answer.holder.action, since: new Date(answer.holder.since).toISOString() },
  })
}

/** A failure after the commit does not undo the record; a failing record leaves the lock to its alarm. */
async function recordFailure<S>(
  ctx: MutateContext<S>,
  phase: AuditPhase | null,
  row: RowFactory,
  error: unknown,
): Promise<AuditPhase> {
  if (phase) return phase
  const code = error instanceof AppError ? error.code : 'internal'
  const next: AuditPhase = code === 'outcome_unknown' ? 'unknown' : 'failed'
  try {
    await ctx.journal.append(row(next, { errorCode: code }))
    return next
  } catch (failure) {
    ctx.log.error('audit.append_failed', { error: describeError(failure), phase: next })
    return 'unknown'
  }
}

async function settle<S>(ctx: MutateContext<S>, lease: Lease | null, phase: AuditPhase | null): Promise<void> {
  if (!lease) return
  try {
    if (phase === 'succeeded' || phase === 'failed') await ctx.locks.release(lease)
    else await ctx.locks.follow(lease)
  } catch (error) {
    ctx.log.error('lock.settle_failed', { key: lease.key, error: describeError(error) })
  }
}

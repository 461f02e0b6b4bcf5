import type { Ctx } from '../../context.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import type { AuditAction } from '../../kernel/audit.ts'
import type { OperationFacts } from '../../kernel/mutate.ts'
import { firstLookMs } from './rules.ts'

export interface NewOperation {
  accountId: string
  /** Whose lock is held; null where there is none. */
  serverId: string | null
  action: AuditAction
  /** The provider's word for it where a tool asked; null for our own power actions. */
  command: string | null
  deadlineMs: number
}

/** An operation as it begins: on record before anything is sent. */
export function newRow(ctx: Ctx, { id, startedAt }: OperationFacts, { deadlineMs, ...what }: NewOperation) {
  const actor = actorIdentity(ctx.actor)
  return {
    ...what,
    id,
    status: 'started' as const,
    progress: 0,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    requestId: ctx.requestId,
    startedAt,
    nextPollAt: startedAt + firstLookMs,
    deadlineAt: startedAt + deadlineMs,
  }
}

import type { Ctx } from '../../context.ts'
import { actorIdentity, keyIdentity } from '../../kernel/actor.ts'
import type { AuditAction, AuditTarget } from '../../kernel/audit.ts'
import { AppError, type ErrorCode } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { addressKey, type Bucket } from '../../kernel/rate-limit.ts'

/** Failed proofs of identity, by address (P1.4): ten at once, then one every ten seconds. */
const failures: Bucket = { capacity: 10, perSecond: 0.1 }

const failureKey = (ctx: Ctx) => `identity-failures:${addressKey(ctx.ip)}`

export const tooMany = (retryAfterS: number): AppError =>
  new AppError('rate_limited', { meta: { retryAfterS: Math.ceil(retryAfterS) } })

/** Looks without taking: who signs in correctly is never slowed down. */
export async function assertFewFailures(ctx: Ctx): Promise<void> {
  const state = await ctx.limits.take(failureKey(ctx), failures, 0, 1)
  if (!state.allowed) throw tooMany(state.retryAfterS)
}

export interface Refusal {
  action: AuditAction
  target: AuditTarget
  errorCode: ErrorCode
  /** For the record, in plain words; never a secret or what was typed. */
  reason: string
}

/** Counts against the address and leaves a row: an attempt is on the record though nobody was signed in (P1.5). */
export async function recordRefusal(ctx: Ctx, refusal: Refusal): Promise<void> {
  await ctx.limits.take(failureKey(ctx), failures)
  const at = ctx.clock.now()
  const actor = actorIdentity(ctx.actor)
  await ctx.journal.append({
    id: newId('aud', at),
    operationId: newId('opr', at),
    at,
    phase: 'denied',
    action: refusal.action,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    targetType: refusal.target.type,
    targetId: refusal.target.id,
    targetName: refusal.target.name,
    reason: refusal.reason,
    errorCode: refusal.errorCode,
    source: ctx.source,
    ip: ctx.ip,
    userAgent: ctx.userAgent,
    requestId: ctx.requestId,
    before: null,
    after: null,
    ...keyIdentity(ctx.actor),
  })
}

export const nobody: AuditTarget = { type: 'user', id: '', name: '' }
export const instance: AuditTarget = { type: 'instance', id: 'instance', name: 'WebNova' }
export const userTarget = (user: { id: string; name: string }): AuditTarget => ({
  type: 'user',
  id: user.id,
  name: user.name,
})

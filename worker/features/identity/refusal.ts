import type { Ctx } from '../../context.ts'
import { actorIdentity, keyIdentity } from '../../kernel/actor.ts'
import type { AuditAction, AuditTarget } from '../../kernel/audit.ts'
import { AppError, type ErrorCode } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { hours, minutes, seconds } from '../../kernel/clock.ts'
import { addressKey, type Backoff } from '../../kernel/rate-limit.ts'

/** Failed proofs of identity, by address (P1.4): ten, then 10 s, 20 s, 40 s … up to a quarter of an hour. */
const byAddress: Backoff = { free: 10, firstMs: seconds(10), maxMs: minutes(15), forgetMs: hours(1) }
/** By account and way in: three, then 1 s, 2 s, 4 s … up to a quarter of an hour. */
const byAccount: Backoff = { free: 3, firstMs: seconds(1), maxMs: minutes(15), forgetMs: hours(1) }

const failureKey = (ctx: Ctx) => `identity-failures:${addressKey(ctx.ip)}`

export const tooMany = (retryAfterS: number): AppError =>
  new AppError('rate_limited', { meta: { retryAfterS: Math.ceil(retryAfterS) } })

/** Looks without counting: who signs in correctly is never slowed down. */
export async function assertFewFailures(ctx: Ctx): Promise<void> {
  const waitS = await ctx.limits.delay(failureKey(ctx))
  if (waitS > 0) throw tooMany(waitS)
}

/** Ways in are slowed down apart from each other: guessing at somebody's codes does not delay their passkey. */
export type WayIn = 'passkey' | 'secret'
const triesKey = (way: WayIn, account: string) => `tries-${way}:${account}`

/**
 * Takes the turn of one try at this account, before its result is told. However many guess at once, as many get an
 * answer as one after another would. A turn counts as failed until `forgiveTries`. @throws `rate_limited`
 */
export async function takeTry(ctx: Ctx, way: WayIn, account: string): Promise<void> {
  const { allowed, retryAfterS } = await ctx.limits.attempt(triesKey(way, account), byAccount)
  if (!allowed) throw tooMany(retryAfterS)
}

/** After a success. */
export const forgiveTries = (ctx: Ctx, way: WayIn, account: string): Promise<void> =>
  ctx.limits.forgive(triesKey(way, account))

export interface Refusal {
  action: AuditAction
  target: AuditTarget
  errorCode: ErrorCode
  /** For the record, in plain words; never a secret or what was typed. */
  reason: string
}

/** Counts against the address and leaves a row: an attempt is on the record though nobody was signed in (P1.5). */
export async function recordRefusal(ctx: Ctx, refusal: Refusal): Promise<void> {
  await ctx.limits.fail(failureKey(ctx), byAddress)
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

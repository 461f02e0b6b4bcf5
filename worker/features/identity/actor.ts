import type { Ctx } from '../../context.ts'
import type { UserActor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/errors.ts'
import { isRecentlyVerified } from './rules.ts'
import type { UserBrief } from './users.store.ts'

/** A person in one of their sessions, with everything that decides what they may do. */
export const userActor = (
  user: Pick<UserBrief, 'id' | 'name' | 'role' | 'permissions'>,
  session: { id: string; verifiedAt: number },
): UserActor => ({
  kind: 'user',
  id: user.id,
  name: user.name,
  role: user.role,
  overrides: user.permissions,
  sessionId: session.id,
  verifiedAt: session.verifiedAt,
})

/** The signed-in person, or `unauthenticated`: what is about oneself needs a self. */
export function getUserOrThrow(ctx: Pick<Ctx, 'actor'>): UserActor {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  return ctx.actor
}

/** The same request, from here on as somebody else: the person who has just proven who they are. */
export const actingAs = (ctx: Ctx, actor: Ctx['actor']): Ctx => ({ ...ctx, actor })

/** Whether whoever acts has proven a passkey in this session within five minutes. */
export const isRecentlyVerifiedActor = (ctx: Pick<Ctx, 'actor' | 'clock'>): boolean =>
  ctx.actor.kind === 'user' && isRecentlyVerified(ctx.actor.verifiedAt, ctx.clock.now())

/**
 * For destructive acts: a person must have proven a passkey in this session within five minutes (DESIGN §5).
 * The system itself needs none. @throws AppError `step_up_required`, `unauthenticated`.
 */
export function assertRecentlyVerified(ctx: Pick<Ctx, 'actor' | 'clock'>): void {
  if (ctx.actor.kind === 'system') return
  if (ctx.actor.kind === 'anonymous') throw new AppError('unauthenticated')
  if (!isRecentlyVerified(ctx.actor.verifiedAt, ctx.clock.now())) throw new AppError('step_up_required')
}

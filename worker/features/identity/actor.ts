import type { Ctx } from '../../context.ts'
import type { SessionActor, UserActor } from '../../kernel/actor.ts'
import type { AuditAction, AuditTarget } from '../../kernel/audit.ts'
import { AppError } from '../../kernel/errors.ts'
import { isRecentlyVerified } from './rules.ts'
import type { StoredGrant, UserBrief } from './users.store.ts'

/** An expired rule is none, whichever way it pointed. */
export const livingGrants = (grants: readonly StoredGrant[], now: number): StoredGrant[] =>
  grants.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)

/** A person in one of their sessions, with everything that decides what they may do. */
export const userActor = (
  user: Pick<UserBrief, 'id' | 'name' | 'role' | 'permissions' | 'grants'>,
  session: { id: string; verifiedAt: number },
  now: number,
): SessionActor => ({
  kind: 'user',
  id: user.id,
  name: user.name,
  role: user.role,
  overrides: user.permissions,
  grants: livingGrants(user.grants, now),
  sessionId: session.id,
  verifiedAt: session.verifiedAt,
  key: null,
})

/** The signed-in person, or `unauthenticated`: what is about oneself needs a self. */
export function getUserOrThrow(ctx: Pick<Ctx, 'actor'>): UserActor {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  return ctx.actor
}

/** What concerns sessions and credentials is for the person alone: no key of theirs. @throws `forbidden` */
export function getSessionActorOrThrow(ctx: Pick<Ctx, 'actor'>): SessionActor {
  const { sessionId, ...actor } = getUserOrThrow(ctx)
  if (sessionId !== null) return { ...actor, sessionId }
  throw new AppError('forbidden', { message: 'No API key can do this.', hint: 'Sign in to the dashboard.' })
}

/** The same request, from here on as somebody else: the person who has just proven who they are. */
export const actingAs = (ctx: Ctx, actor: Ctx['actor']): Ctx => ({ ...ctx, actor })

/** Whether whoever acts has proven a passkey in this session within five minutes. */
export const isRecentlyVerifiedActor = (ctx: Pick<Ctx, 'actor' | 'clock'>): boolean =>
  ctx.actor.kind === 'user' && isRecentlyVerified(ctx.actor.verifiedAt, ctx.clock.now())

/** What a destructive act is, for whoever has to approve it. */
export interface Destructive {
  action: AuditAction
  target: AuditTarget
}

/**
 * For destructive acts: a person must have proven a passkey in this session within five minutes (DESIGN §5). A key that
 * was made so needs its person's approval of this very request, and the answer says where to give it (http/approvals.ts);
 * one that was not needs nothing. Nor does the system itself.
 * @throws AppError `step_up_required`, `approval_required`, `unauthenticated`.
 */
export function assertRecentlyVerified(ctx: Pick<Ctx, 'actor' | 'clock'>, about?: Destructive): void {
  const { actor } = ctx
  if (actor.kind === 'system') return
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated')
  if (actor.key?.stepUp === 'never' || isRecentlyVerified(actor.verifiedAt, ctx.clock.now())) return
  if (!actor.key) throw new AppError('step_up_required')
  const { action, target } = about ?? {}
  throw new AppError('approval_required', {
    meta: target
      ? { action: action ?? null, targetType: target.type, targetId: target.id, targetName: target.name }
      : {},
  })
}

import type { Ctx } from '../../context.ts'
import type { Statement } from '../../db/index.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import type { LiveEvent } from '../../kernel/live.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified, getUserOrThrow, userTarget } from '../identity/index.ts'
import { countOpenAccess, endAccess, revokeKeysOf, selectEndedSessions } from './access.store.ts'
import { findGoverned } from './find-governed.ts'
import { getUser, getUserOrNotFound } from './get-user.ts'
import { explainLostRace } from './lost-race.ts'
import { assertNotSelf, assertTransition, transitions } from './rules.ts'
import type { AccessEnded, EndedAccess } from './schemas.ts'
import { changeUser, expectGoverning } from './users.store.ts'

export interface EndAccess {
  change: 'suspend' | 'ban' | 'deactivate'
  userId: string
  reason?: string | undefined
  /** A person's own wish needs no permission. */
  permission: 'users:govern' | 'self'
  /** What is written in the same batch, and told after it. */
  also?: ((operationId: string) => { statements: Statement[]; event: LiveEvent }) | undefined
}

/**
 * Takes somebody's access away in one act (G9): the status and everything they are, or could come, in by change in
 * one batch; their open dashboards are closed with it. The answer lists what was ended.
 */
export async function endAccessOf(ctx: Ctx, act: EndAccess): Promise<AccessEnded> {
  const ended = await takeAccess(ctx, act)
  return { user: await getUser(ctx, act.userId), ended }
}

async function takeAccess(ctx: Ctx, { change, userId, reason, permission, also }: EndAccess): Promise<EndedAccess> {
  const action = `user.${change}` as const
  const user =
    permission === 'self'
      ? (await getUserOrNotFound(ctx, userId)).user
      : await findGoverned(ctx, { action, userId, stepUp: change === 'ban' })
  const to = transitions[change].to
  return mutate(ctx, {
    action,
    permission,
    target: userTarget(user),
    reason,
    run: async (op): Promise<EndedAccess> => {
      const { id: actorId } = actorIdentity(ctx.actor)
      assertNotSelf(change, actorId, user.id)
      assertTransition(change, user.status)
      const now = ctx.clock.now()
      const open = await countOpenAccess(ctx.db, user.id, now)
      const status = { status: to, statusChangedAt: now, statusChangedBy: actorId, statusReason: reason ?? null }
      const extra = also?.(op.id)
      const statements = [
        ...(permission === 'self' ? [] : expectGoverning(ctx.db, ctx.actor)),
        ...changeUser(ctx.db, user, { ...status, updatedAt: now }),
        ...endAccess(ctx.db, user.id, now, op.id),
        ...(change === 'ban' ? [revokeKeysOf(ctx.db, user.id, now, actorId, op.id)] : []),
        ...(extra?.statements ?? []),
      ]
      await op
        .commit(statements, { before: { status: user.status }, after: { status: to, ...open } })
        .catch((error: unknown) => explainLostRace(ctx, user, error))
      if (extra) op.publish(extra.event)
      const sessionIds = await selectEndedSessions(ctx.db, user.id, op.id, now)
      return { ...open, sessions: sessionIds.length, sockets: await ctx.live.endSessions(sessionIds) }
    },
  })
}

/** No sign-in and no use of the API until somebody reactivates them; nothing of theirs is lost (G4). */
export const suspendUser = (ctx: Ctx, userId: string, reason: string): Promise<AccessEnded> =>
  endAccessOf(ctx, { change: 'suspend', userId, reason, permission: 'users:govern' })

/**
 * The rules that watch suspend in the same way as an owner does: one act, the same ending of everything, on the record.
 * `ctx` acts as the system. @throws `last_owner`, `user_state`, `conflict`.
 */
export async function suspendBySystem(
  ctx: Ctx,
  userId: string,
  reason: string,
  also: NonNullable<EndAccess['also']>,
): Promise<void> {
  await takeAccess(ctx, { change: 'suspend', userId, reason, permission: 'users:govern', also })
}

/** For ever: the person, the address and every passkey of theirs stay out. @throws `step_up_required`. */
export const banUser = (ctx: Ctx, userId: string, reason: string): Promise<AccessEnded> =>
  endAccessOf(ctx, { change: 'ban', userId, reason, permission: 'users:govern' })

/** What deletion is here: the access goes, the record stays. */
export const deactivateUser = (ctx: Ctx, userId: string, reason?: string): Promise<AccessEnded> =>
  endAccessOf(ctx, { change: 'deactivate', userId, reason, permission: 'users:govern' })

/** One's own wish to leave. An owner can bring the person back. @throws `step_up_required`, `last_owner`. */
export async function deactivateSelf(ctx: Ctx): Promise<void> {
  const actor = getUserOrThrow(ctx)
  assertRecentlyVerified(ctx)
  await endAccessOf(ctx, { change: 'deactivate', userId: actor.id, permission: 'self' })
}

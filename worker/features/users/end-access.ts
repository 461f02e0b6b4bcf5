import type { Ctx } from '../../context.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified, getUserOrThrow, userTarget } from '../identity/index.ts'
import { countOpenAccess, endAccess, selectEndedSessions } from './access.store.ts'
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
}

/**
 * Takes somebody's access away in one act (G9): the status and everything they are, or could come, in by change in
 * one batch; their open dashboards are closed with it. The answer lists what was ended.
 */
export async function endAccessOf(ctx: Ctx, { change, userId, reason, permission }: EndAccess): Promise<AccessEnded> {
  const action = `user.${change}` as const
  const user =
    permission === 'self'
      ? (await getUserOrNotFound(ctx, userId)).user
      : await findGoverned(ctx, { action, userId, stepUp: change === 'ban' })
  const to = transitions[change].to
  const ended = await mutate(ctx, {
    action,
    permission,
    target: userTarget(user),
    reason,
    run: async (op): Promise<EndedAccess> => {
      const actor = getUserOrThrow(ctx)
      assertNotSelf(change, actor.id, user.id)
      assertTransition(change, user.status)
      const now = ctx.clock.now()
      const open = await countOpenAccess(ctx.db, user.id, now)
      const status = { status: to, statusChangedAt: now, statusChangedBy: actor.id, statusReason: reason ?? null }
      const statements = [
        ...(permission === 'self' ? [] : expectGoverning(ctx.db, actor)),
        ...changeUser(ctx.db, user, { ...status, updatedAt: now }),
        ...endAccess(ctx.db, user.id, now, op.id),
      ]
      await op
        .commit(statements, { before: { status: user.status }, after: { status: to, ...open } })
        .catch((error: unknown) => explainLostRace(ctx, user, error))
      const sessionIds = await selectEndedSessions(ctx.db, user.id, op.id, now)
      return { ...open, sessions: sessionIds.length, sockets: await ctx.live.endSessions(sessionIds) }
    },
  })
  return { user: await getUser(ctx, userId), ended }
}

/** No sign-in and no use of the API until somebody reactivates them; nothing of theirs is lost (G4). */
export const suspendUser = (ctx: Ctx, userId: string, reason: string): Promise<AccessEnded> =>
  endAccessOf(ctx, { change: 'suspend', userId, reason, permission: 'users:govern' })

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

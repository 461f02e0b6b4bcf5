import type { Ctx } from '../../context.ts'
import { mutate } from '../../kernel/mutate.ts'
import { getUserOrThrow, userTarget } from '../identity/index.ts'
import { findGoverned } from './find-governed.ts'
import { getUser } from './get-user.ts'
import { explainLostRace } from './lost-race.ts'
import { assertTransition } from './rules.ts'
import type { UserDetail } from './schemas.ts'
import { changeUser, expectGoverning } from './users.store.ts'

/** Lets somebody in again who was suspended or deactivated; they sign in anew. @throws `user_banned`, `user_state`. */
export async function reactivateUser(ctx: Ctx, userId: string, reason?: string): Promise<UserDetail> {
  const user = await findGoverned(ctx, { action: 'user.reactivate', userId })
  await mutate(ctx, {
    action: 'user.reactivate',
    permission: 'users:govern',
    target: userTarget(user),
    reason,
    run: async (op) => {
      const actor = getUserOrThrow(ctx)
      assertTransition('reactivate', user.status)
      const now = ctx.clock.now()
      const changes = {
        status: 'ACTIVE',
        statusChangedAt: now,
        statusChangedBy: actor.id,
        statusReason: reason ?? null,
        failedLoginAttempts: 0,
        updatedAt: now,
      } as const
      await op
        .commit([...expectGoverning(ctx.db, actor), ...changeUser(ctx.db, user, changes)], {
          before: { status: user.status },
          after: { status: 'ACTIVE' },
        })
        .catch((error: unknown) => explainLostRace(ctx, user, error))
    },
  })
  return getUser(ctx, userId)
}

import type { Ctx } from '../../context.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { Role } from '../../kernel/permissions.ts'
import { userTarget } from '../identity/index.ts'
import { findGoverned } from './find-governed.ts'
import { getUser } from './get-user.ts'
import { explainLostRace } from './lost-race.ts'
import { assertNotBanned } from './rules.ts'
import type { UserDetail } from './schemas.ts'
import { changeUser, clearGrants, expectGoverning } from './users.store.ts'

/**
 * Another role, from the person's next request on. An owner needs no additions and knows no removals: becoming one
 * clears them. @throws `step_up_required`, `last_owner`, `user_banned`.
 */
export async function setRole(
  ctx: Ctx,
  userId: string,
  input: { role: Role; reason?: string | undefined },
): Promise<UserDetail> {
  const user = await findGoverned(ctx, { action: 'user.set_role', userId, stepUp: true })
  const permissions = input.role === 'OWNER' ? [] : user.permissions
  await mutate(ctx, {
    action: 'user.set_role',
    permission: 'users:govern',
    target: userTarget(user),
    reason: input.reason,
    run: async (op) => {
      assertNotBanned(user.status)
      const changes = { role: input.role, permissions, updatedAt: ctx.clock.now() }
      await op
        .commit(
          [
            ...expectGoverning(ctx.db, ctx.actor),
            ...changeUser(ctx.db, user, changes),
            ...(input.role === 'OWNER' ? [clearGrants(ctx.db, user.id)] : []),
          ],
          {
            before: { role: user.role, permissions: user.permissions.join(' ') },
            after: { role: input.role, permissions: permissions.join(' ') },
          },
        )
        .catch((error: unknown) => explainLostRace(ctx, user, error))
    },
  })
  await ctx.live.renew(userId)
  return getUser(ctx, userId)
}

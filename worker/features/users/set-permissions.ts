import type { Ctx } from '../../context.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { PermissionOverride } from '../../kernel/permissions.ts'
import { userTarget } from '../identity/index.ts'
import { findGoverned } from './find-governed.ts'
import { getUser } from './get-user.ts'
import { explainLostRace } from './lost-race.ts'
import { assertNotBanned, cleanOverrides } from './rules.ts'
import type { UserDetail } from './schemas.ts'
import { changeUser, expectGoverning } from './users.store.ts'

/**
 * The whole list of what this person has beyond or short of their role, from their next request on.
 * @throws `step_up_required`, `user_banned`, `user_state`, `invalid_input`.
 */
export async function setPermissions(
  ctx: Ctx,
  userId: string,
  input: { permissions: PermissionOverride[]; reason?: string | undefined },
): Promise<UserDetail> {
  const user = await findGoverned(ctx, { action: 'user.set_permissions', userId, stepUp: true })
  await mutate(ctx, {
    action: 'user.set_permissions',
    permission: 'users:govern',
    target: userTarget(user),
    reason: input.reason,
    run: async (op) => {
      assertNotBanned(user.status)
      const permissions = cleanOverrides(user.role, input.permissions)
      await op
        .commit(
          [
            ...expectGoverning(ctx.db, ctx.actor),
            ...changeUser(ctx.db, user, { permissions, updatedAt: ctx.clock.now() }),
          ],
          { before: { permissions: user.permissions.join(' ') }, after: { permissions: permissions.join(' ') } },
        )
        .catch((error: unknown) => explainLostRace(ctx, user, error))
    },
  })
  await ctx.live.renew(userId)
  return getUser(ctx, userId)
}

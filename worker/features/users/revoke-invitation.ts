import type { Ctx } from '../../context.ts'
import { expectChanged } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import { userTarget } from '../identity/index.ts'
import { voidChallenges } from './access.store.ts'
import { findGoverned } from './find-governed.ts'
import { getUser } from './get-user.ts'
import type { UserDetail } from './schemas.ts'
import { expectGoverning, revokeInvitations } from './users.store.ts'

/** The link stops working at once; the person stays PENDING and can be invited again. @throws `user_state`. */
export async function revokeInvitation(ctx: Ctx, userId: string): Promise<UserDetail> {
  const user = await findGoverned(ctx, { action: 'user.invite.revoke', userId })
  await mutate(ctx, {
    action: 'user.invite.revoke',
    permission: 'users:govern',
    target: userTarget(user),
    run: (op) =>
      op
        .commit([
          ...expectGoverning(ctx.db, ctx.actor),
          revokeInvitations(ctx.db, user.id, ctx.clock.now()),
          expectChanged(ctx.db),
          voidChallenges(ctx.db, user.id),
        ])
        .catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'conflict' ? noInvitation() : error
        }),
  })
  return getUser(ctx, userId)
}

const noInvitation = () =>
  new AppError('user_state', { message: 'There is no open invitation.', hint: 'It may have been accepted already.' })

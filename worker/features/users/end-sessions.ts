import type { Ctx } from '../../context.ts'
import { mutate } from '../../kernel/mutate.ts'
import { userTarget } from '../identity/index.ts'
import { endSessions, selectEndedSessions } from './access.store.ts'
import { findGoverned } from './find-governed.ts'

/**
 * Signs a person out everywhere and leaves them what they may do: a lost laptop is no reason to suspend anybody. Their
 * next request is refused, their open dashboards are closed; keys go on. @throws AppError `forbidden`, `not_found`
 */
export async function endSessionsOf(ctx: Ctx, userId: string): Promise<{ ended: number }> {
  const action = 'session.revoke_all'
  const user = await findGoverned(ctx, { action, userId })
  return mutate(ctx, {
    action,
    permission: 'users:govern',
    target: userTarget(user),
    run: async (op) => {
      const now = ctx.clock.now()
      await op.commit([endSessions(ctx.db, user.id, now, op.id)], { after: { scope: 'all' } })
      const sessionIds = await selectEndedSessions(ctx.db, user.id, op.id, now)
      await ctx.live.endSessions(sessionIds)
      return { ended: sessionIds.length }
    },
  })
}

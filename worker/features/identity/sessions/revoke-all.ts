import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { revokeSessions, selectSessions } from './sessions.store.ts'

/** Signs out everywhere else, or everywhere. */
export async function revokeAllSessions(ctx: Ctx, scope: 'others' | 'all'): Promise<{ ended: number }> {
  const actor = getSessionActorOrThrow(ctx)
  const now = ctx.clock.now()
  const keptId = scope === 'others' ? actor.sessionId : null
  return mutate(ctx, {
    action: 'session.revoke_all',
    permission: 'self',
    target: userTarget(actor),
    run: async (op) => {
      const rows = await selectSessions(ctx.db, actor.id, now)
      const sessionIds = rows.map((row) => row.id).filter((id) => id !== keptId)
      const statement = revokeSessions(ctx.db, actor.id, keptId, now, 'revoked')
      await op.commit([statement], { after: { scope, ended: sessionIds.length } })
      if (sessionIds.length > 0) op.publish({ type: 'session.ended', sessionIds })
      return { ended: sessionIds.length }
    },
  })
}

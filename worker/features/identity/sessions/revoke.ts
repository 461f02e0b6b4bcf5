import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { revokeSession } from './sessions.store.ts'
import { getSessionOrThrow } from './to-session.ts'

/** Ends one of one's own sessions: its next request is refused, its open dashboard is told. @throws `not_found`. */
export async function revokeOwnSession(ctx: Ctx, sessionId: string): Promise<void> {
  const row = await getSessionOrThrow(ctx, getSessionActorOrThrow(ctx), sessionId)
  await mutate(ctx, {
    action: 'session.revoke',
    permission: 'self',
    target: { type: 'session', id: row.id, name: row.name },
    run: async (op) => {
      await op.commit([revokeSession(ctx.db, row.id, ctx.clock.now(), 'revoked')])
      op.publish({ type: 'session.ended', sessionIds: [row.id] })
    },
  })
}

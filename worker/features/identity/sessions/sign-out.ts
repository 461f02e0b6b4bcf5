import type { Ctx } from '../../../context.ts'
import { sha256 } from '../../../kernel/crypto.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs, userActor } from '../actor.ts'
import { revokeSession, selectAuthentication, selectByRefreshToken } from './sessions.store.ts'

/**
 * Ends the session of this browser. The refresh token is proof enough, so that signing out works after the access
 * token has run out; without any session there is nothing to end and nothing to say.
 */
export async function signOut(ctx: Ctx, refreshToken: string | undefined): Promise<void> {
  const found = await findSession(ctx, refreshToken)
  if (!found || found.session.revokedAt !== null) return
  const { session, user } = found
  const sessionId = session.id
  await mutate(actingAs(ctx, userActor(user, session, ctx.clock.now())), {
    action: 'user.sign_out',
    permission: 'self',
    target: { type: 'session', id: sessionId, name: session.name },
    run: async (op) => {
      await op.commit([revokeSession(ctx.db, sessionId, ctx.clock.now(), 'signed_out')])
      op.publish({ type: 'session.ended', sessionIds: [sessionId] })
    },
  })
}

async function findSession(ctx: Ctx, refreshToken: string | undefined) {
  if (ctx.actor.kind === 'user' && ctx.actor.sessionId !== null)
    return selectAuthentication(ctx.db, ctx.actor.sessionId)
  return refreshToken ? selectByRefreshToken(ctx.db, await sha256(refreshToken)) : undefined
}

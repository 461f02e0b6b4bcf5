import type { Ctx } from '../../../context.ts'
import type { Authenticator } from '../../../http/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { describeError } from '../../../kernel/log.ts'
import { userActor } from '../actor.ts'
import { lastSeenStepMs } from '../rules.ts'
import { assertActive } from '../status.ts'
import { verifyAccessToken } from './access-token.ts'
import { selectAuthentication, touchSession, type SessionRow } from './sessions.store.ts'

/**
 * Who an access token stands for right now: signature first, then one query that knows of every revocation and
 * suspension (G5); null for no valid token of ours. @throws AppError `session_expired`, `account_not_active`,
 * `ip_not_allowed`, `database_unavailable`.
 */
export const authenticateSession: Authenticator = async (ctx, token) => {
  const now = ctx.clock.now()
  const claims = await verifyAccessToken(ctx.config, token, now)
  if (!claims) return null
  const found = await selectAuthentication(ctx.db, claims.sessionId)
  if (!found || found.user.id !== claims.userId) throw new AppError('session_expired')
  const { user, session, ownerAllowlist } = found
  // The status comes first: whoever was suspended is told so, though that ended their sessions too.
  assertActive(user.status)
  if (session.revokedAt !== null || session.expiresAt <= now) throw new AppError('session_expired')
  await ctx.protection.onRequest(ctx, user, session, ownerAllowlist)
  if (now - session.lastSeenAt > lastSeenStepMs) ctx.defer(noteLastSeen(ctx, session, now))
  return userActor(user, session, now)
}

async function noteLastSeen(ctx: Ctx, session: SessionRow, now: number): Promise<void> {
  try {
    await touchSession(ctx.db, session.id, now, ctx.ip)
  } catch (error) {
    ctx.log.warn('session.touch_failed', { error: describeError(error) })
  }
}

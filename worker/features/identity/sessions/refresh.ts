import type { Ctx } from '../../../context.ts'
import { batch, isLostRace, toAppError } from '../../../db/index.ts'
import type { SessionTokens } from '../../../http/index.ts'
import { sha256, randomToken } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { userActor } from '../actor.ts'
import { describeMe } from '../me/read.ts'
import { accessTokenLifetimeMs, decideRefresh, sessionExpiry } from '../rules.ts'
import type { Me } from '../schemas.ts'
import { assertActive } from '../status.ts'
import { signAccessToken } from './access-token.ts'
import { revokeSession, rotateRefreshToken, selectByRefreshToken, type SessionRow } from './sessions.store.ts'

export interface Refreshed {
  me: Me
  /** Without a refresh token in the grace window: the browser already holds the successor. */
  tokens: Omit<SessionTokens, 'refreshToken'> & { refreshToken: string | null }
}

type Found = NonNullable<Awaited<ReturnType<typeof selectByRefreshToken>>>

/**
 * A new access token for a living session, and a new refresh token in place of the one presented. A used token is
 * accepted for ten more seconds without rotating again (two tabs, one jar); later it means theft: the session ends,
 * for both holders (P1.1). Rotation leaves no audit row: nobody did anything.
 * @throws AppError `unauthenticated`, `session_expired`, `session_reuse`, `account_not_active`,
 * `ip_not_allowed`.
 */
export async function refreshSession(ctx: Ctx, refreshToken: string | undefined): Promise<Refreshed> {
  if (!refreshToken) throw new AppError('unauthenticated')
  const hash = await sha256(refreshToken)
  let found = await getLivingOrThrow(ctx, hash)
  await ctx.protection.assertAddress(ctx, found.user, found.ownerAllowlist)
  let successor: string | null = null
  if (decideRefresh(found.token.usedAt, ctx.clock.now()) === 'rotate') {
    successor = await rotate(ctx, found)
    if (successor === null) found = await getLivingOrThrow(ctx, hash)
  }
  if (successor === null && decideRefresh(found.token.usedAt, ctx.clock.now()) !== 'grace') {
    await endStolenFamily(ctx, found)
    throw new AppError('session_reuse')
  }
  return answer(ctx, found, successor)
}

async function getLivingOrThrow(ctx: Ctx, hash: string): Promise<Found> {
  const found = await selectByRefreshToken(ctx.db, hash)
  if (!found) throw new AppError('session_expired')
  assertActive(found.user.status)
  const { revokedAt, expiresAt } = found.session
  if (revokedAt !== null || expiresAt <= ctx.clock.now()) throw new AppError('session_expired')
  return found
}

/** Null when another request with the same token was quicker. */
async function rotate(ctx: Ctx, { token, session }: Found): Promise<string | null> {
  const now = ctx.clock.now()
  const next = randomToken()
  const rotation = {
    sessionId: session.id,
    usedHash: token.hash,
    newHash: await sha256(next),
    now,
    expiresAt: sessionExpiry(session.createdAt, now),
    ip: ctx.ip,
  }
  try {
    await batch(ctx.db, rotateRefreshToken(ctx.db, rotation))
    return next
  } catch (error) {
    if (isLostRace(error)) return null
    throw toAppError(error)
  }
}

async function answer(ctx: Ctx, { session, user }: Found, successor: string | null): Promise<Refreshed> {
  const now = ctx.clock.now()
  const actor = userActor(user, session, now)
  return {
    me: await describeMe(ctx, actor),
    tokens: {
      accessToken: await signAccessToken(ctx.config, { userId: user.id, sessionId: session.id }, now),
      accessMaxAgeS: accessTokenLifetimeMs / 1_000,
      refreshToken: successor,
      refreshMaxAgeS: Math.floor((sessionExpiry(session.createdAt, now) - now) / 1_000),
    },
  }
}

async function endStolenFamily(
  ctx: Ctx,
  { session, user }: { session: SessionRow; user: Found['user'] },
): Promise<void> {
  await mutate(ctx, {
    action: 'session.refresh_reuse',
    permission: 'self',
    target: { type: 'session', id: session.id, name: session.name },
    reason: `A used refresh token of ${user.name} was presented again; the session was ended.`,
    run: async (op) => {
      await op.commit([revokeSession(ctx.db, session.id, ctx.clock.now(), 'refresh_reuse')])
      op.publish({ type: 'session.ended', sessionIds: [session.id] })
    },
  })
  await ctx.protection.refreshReused(ctx, user, session)
}

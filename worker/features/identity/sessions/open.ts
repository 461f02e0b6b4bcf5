import type { Ctx } from '../../../context.ts'
import type { Statement } from '../../../db/index.ts'
import type { SessionTokens } from '../../../http/index.ts'
import type { SessionActor } from '../../../kernel/actor.ts'
import { randomToken, sha256 } from '../../../kernel/crypto.ts'
import { newId } from '../../../kernel/id.ts'
import { userActor } from '../actor.ts'
import { deviceName } from '../device-name.ts'
import { accessTokenLifetimeMs, sessionExpiry } from '../rules.ts'
import type { UserBrief } from '../users.store.ts'
import { signAccessToken } from './access-token.ts'
import { insertSession } from './sessions.store.ts'

/** What only the edge knows of a device. */
export interface DeviceFacts {
  country: string | null
}

export interface OpenedSession {
  /** The person in the session that is about to exist: acts for the rest of the request. */
  actor: SessionActor
  tokens: SessionTokens
  /** To be committed with whatever proved who they are. */
  statements: Statement[]
}

/**
 * `proof`: a passkey counts as a step-up, nothing else does.
 * @throws AppError `ip_not_allowed`, and `account_not_active` for whom a rule has just suspended.
 */
export async function openSession(
  ctx: Ctx,
  user: Pick<UserBrief, 'id' | 'name' | 'role' | 'permissions' | 'grants'>,
  proof: 'passkey' | 'recovery_code' | 'password',
  device: DeviceFacts,
): Promise<OpenedSession> {
  const watched = await ctx.protection.beforeSession(ctx, user)
  const now = ctx.clock.now()
  const id = newId('ses', now)
  const refreshToken = randomToken()
  const verifiedAt = proof === 'passkey' ? now : 0
  const row = {
    id,
    userId: user.id,
    name: deviceName(ctx.userAgent),
    ip: ctx.ip,
    country: device.country,
    userAgent: ctx.userAgent,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: sessionExpiry(now, now),
    verifiedAt,
    openedBy: proof,
  }
  return {
    actor: userActor(user, { id, verifiedAt }, now),
    tokens: {
      accessToken: await signAccessToken(ctx.config, { userId: user.id, sessionId: id }, now),
      refreshToken,
      accessMaxAgeS: accessTokenLifetimeMs / 1_000,
      refreshMaxAgeS: Math.floor((row.expiresAt - now) / 1_000),
    },
    statements: [...insertSession(ctx.db, row, await sha256(refreshToken)), ...watched],
  }
}

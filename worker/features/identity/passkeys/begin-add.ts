import type { Ctx } from '../../../context.ts'
import type { SessionActor } from '../../../kernel/actor.ts'
import { AppError, notFound } from '../../../kernel/errors.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { passkeyLimit } from '../rules.ts'
import { selectSession } from '../sessions/sessions.store.ts'
import { selectUser } from '../users.store.ts'
import { issueChallenge } from '../webauthn/challenge.ts'
import { registrationOptions } from '../webauthn/relying-party.ts'
import type { Challenge } from '../webauthn/schemas.ts'
import { selectPasskeys } from './passkeys.store.ts'

/** Asks the browser for another passkey. Needs a fresh proof, or a session that a recovery code opened for this. */
export async function beginAddPasskey(ctx: Ctx): Promise<Challenge> {
  const actor = getSessionActorOrThrow(ctx)
  await assertMayAddPasskey(ctx, actor)
  const [user, existing] = await Promise.all([selectUser(ctx.db, actor.id), selectPasskeys(ctx.db, actor.id)])
  if (!user) throw notFound('User')
  if (existing.length >= passkeyLimit) {
    throw new AppError('conflict', { message: `You have ${passkeyLimit} passkeys. Remove one first.` })
  }
  const options = await registrationOptions(ctx.config, user, existing)
  return issueChallenge(ctx, 'register', options, { userId: actor.id })
}

/**
 * Whoever steals a session must not be able to stay: a passkey of their own would outlive it. Nor does a password become
 * a passkey: only a recovery code was kept for this.
 */
export async function assertMayAddPasskey(ctx: Ctx, actor: SessionActor): Promise<void> {
  if (actor.verifiedAt === 0) {
    const session = await selectSession(ctx.db, actor.id, actor.sessionId, ctx.clock.now())
    if (session?.openedBy === 'recovery_code') return
  }
  assertRecentlyVerified(ctx)
}

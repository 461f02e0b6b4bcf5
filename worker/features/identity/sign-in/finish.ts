import type { Ctx } from '../../../context.ts'
import { expectChanged } from '../../../db/index.ts'
import type { SessionTokens } from '../../../http/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { describeMe } from '../me/read.ts'
import { recordPasskeyUse } from '../passkeys/passkeys.store.ts'
import { provePasskey, type Proof } from '../passkeys/prove.ts'
import { assertFewFailures, forgiveTries, takeTry } from '../refusal.ts'
import type { Me } from '../schemas.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import { recordSignIn } from '../users.store.ts'
import { consumeChallenge } from '../webauthn/challenge.ts'
import type { AssertionResponse } from '../webauthn/schemas.ts'
import { refuseInactive, refuseSignIn } from './refuse.ts'

export interface SignedIn {
  me: Me
  tokens: SessionTokens
}

/**
 * Opens a session for whoever proves a passkey. Every failed proof is the same `sign_in_failed`; only its owner is
 * told that an account is not active. @throws AppError also `rate_limited`.
 */
export async function finishSignIn(
  ctx: Ctx,
  input: { challengeId: string; response: AssertionResponse },
  device: DeviceFacts,
): Promise<SignedIn> {
  await assertFewFailures(ctx)
  const challenge = await consumeChallenge(ctx, input.challengeId, 'sign_in')
  const proof = await provePasskey(ctx, challenge, input.response)
  if (proof.user) await takeTry(ctx, 'passkey', proof.user.id)
  if (!proof.ok) throw await refuseSignIn(ctx, 'user.sign_in', proof)
  await forgiveTries(ctx, 'passkey', proof.user.id)
  if (proof.user.status !== 'ACTIVE') throw await refuseInactive(ctx, 'user.sign_in', proof.user)
  return signIn(ctx, proof, device)
}

async function signIn(ctx: Ctx, proof: Extract<Proof, { ok: true }>, device: DeviceFacts): Promise<SignedIn> {
  const { user, passkey, seen } = proof
  const now = ctx.clock.now()
  const session = await openSession(ctx, user, 'passkey', device)
  await mutate(actingAs(ctx, session.actor), {
    action: 'user.sign_in',
    permission: 'self',
    target: { type: 'user', id: user.id, name: user.name },
    run: (op) =>
      op
        .commit(
          [
            ...recordPasskeyUse(ctx.db, passkey, seen, now),
            recordSignIn(ctx.db, user.id, now, ctx.ip),
            expectChanged(ctx.db),
            ...session.statements,
          ],
          { after: { method: 'passkey', passkey: passkey.name, sessionId: session.actor.sessionId } },
        )
        .catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'conflict' ? new AppError('sign_in_failed') : error
        }),
  })
  return { me: await describeMe(ctx, session.actor), tokens: session.tokens }
}

import type { Ctx } from '../../../context.ts'
import { expectChanged } from '../../../db/index.ts'
import { iso } from '../../../kernel/clock.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { recordPasskeyUse, selectPasskeys } from '../passkeys/passkeys.store.ts'
import { provePasskey } from '../passkeys/prove.ts'
import { assertFewFailures, forgiveTries, takeTry } from '../refusal.ts'
import { refuseSignIn } from '../sign-in/refuse.ts'
import { consumeChallenge, issueChallenge } from '../webauthn/challenge.ts'
import { assertionOptions } from '../webauthn/relying-party.ts'
import type { AssertionResponse, Challenge } from '../webauthn/schemas.ts'
import { forgetFailures } from '../users.store.ts'
import { verifySession } from './sessions.store.ts'

/** Asks for one of the person's own passkeys again, before something that cannot be undone (DESIGN §5). */
export async function beginStepUp(ctx: Ctx): Promise<Challenge> {
  const actor = getSessionActorOrThrow(ctx)
  await assertFewFailures(ctx)
  const own = await selectPasskeys(ctx.db, actor.id)
  return issueChallenge(ctx, 'step_up', await assertionOptions(ctx.config, own), { userId: actor.id })
}

/** Marks this session as just verified. Another person's passkey proves nothing here. @throws `sign_in_failed`. */
export async function finishStepUp(
  ctx: Ctx,
  input: { challengeId: string; response: AssertionResponse },
): Promise<{ verifiedAt: string }> {
  const actor = getSessionActorOrThrow(ctx)
  await assertFewFailures(ctx)
  const challenge = await consumeChallenge(ctx, input.challengeId, 'step_up', { userId: actor.id })
  const proof = await provePasskey(ctx, challenge, input.response)
  if (proof.user) await takeTry(ctx, 'passkey', proof.user.id)
  if (!proof.ok) throw await refuseSignIn(ctx, 'user.step_up', proof)
  await forgiveTries(ctx, 'passkey', proof.user.id)
  if (proof.user.id !== actor.id) {
    throw await refuseSignIn(ctx, 'user.step_up', { user: null, reason: 'passkey of another person' })
  }
  const now = ctx.clock.now()
  return mutate(ctx, {
    action: 'user.step_up',
    permission: 'self',
    target: { type: 'user', id: actor.id, name: actor.name },
    run: async (op) => {
      const session = verifySession(ctx.db, actor.sessionId, now)
      const use = recordPasskeyUse(ctx.db, proof.passkey, proof.seen, now)
      await op.commit([...use, forgetFailures(ctx.db, actor.id), session, expectChanged(ctx.db)])
      return { verifiedAt: iso(now) }
    },
  })
}

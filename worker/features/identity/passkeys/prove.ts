import type { Ctx } from '../../../context.ts'
import { isSignCountRegression } from '../rules.ts'
import { selectPasskeyWithUser, type PasskeyRow } from './passkeys.store.ts'
import type { UserBrief } from '../users.store.ts'
import type { ChallengeRow } from '../webauthn/challenge.store.ts'
import { verifyAssertion } from '../webauthn/relying-party.ts'
import type { AssertionResponse } from '../webauthn/schemas.ts'

export type Proof =
  | { ok: true; user: UserBrief; passkey: PasskeyRow; seen: { signCount: number; backedUp: boolean } }
  /** `user` is whose passkey it claimed to be; `reason` is for the record, never for the caller. */
  | { ok: false; user: UserBrief | null; reason: string }

/** Whether this answer to this challenge proves one of our passkeys. Reads only; decides nothing about the person. */
export async function provePasskey(
  ctx: Ctx,
  challenge: ChallengeRow | null,
  response: AssertionResponse,
): Promise<Proof> {
  const found = await selectPasskeyWithUser(ctx.db, response.id)
  if (!found) return { ok: false, user: null, reason: 'unknown passkey' }
  const { passkey, user } = found
  if (!challenge) return { ok: false, user, reason: 'unknown, late or already answered challenge' }
  const verified = await verifyAssertion(ctx.config, challenge.challenge, response, passkey)
  if (!verified.ok) {
    ctx.log.info('passkey.not_verified', { detail: verified.detail })
    return { ok: false, user, reason: 'passkey not verified' }
  }
  if (isSignCountRegression(passkey.signCount, verified.value.signCount)) {
    return { ok: false, user, reason: 'signature counter went backwards: the passkey may have been copied' }
  }
  return { ok: true, user, passkey, seen: verified.value }
}

import type { Ctx } from '../../../context.ts'
import { assertFewFailures } from '../refusal.ts'
import { issueChallenge } from '../webauthn/challenge.ts'
import { assertionOptions } from '../webauthn/relying-party.ts'
import type { Challenge } from '../webauthn/schemas.ts'

/** A challenge for whichever passkey the browser has; it names nobody, so it gives nobody away. */
export async function beginSignIn(ctx: Ctx): Promise<Challenge> {
  await assertFewFailures(ctx)
  return issueChallenge(ctx, 'sign_in', await assertionOptions(ctx.config))
}

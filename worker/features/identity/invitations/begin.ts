import type { Ctx } from '../../../context.ts'
import { assertFewFailures } from '../refusal.ts'
import { issueChallenge } from '../webauthn/challenge.ts'
import { registrationOptions } from '../webauthn/relying-party.ts'
import type { Challenge } from '../webauthn/schemas.ts'
import { getInvitationOrThrow } from './invitation.ts'

/** Opens an invitation: says whom it is for and asks for their first passkey. Uses nothing up. */
export async function beginInvitation(
  ctx: Ctx,
  token: string,
): Promise<Challenge & { user: { name: string; email: string } }> {
  await assertFewFailures(ctx)
  const { invitation, user } = await getInvitationOrThrow(ctx, token)
  const options = await registrationOptions(ctx.config, user, [])
  const challenge = await issueChallenge(ctx, 'register', options, { userId: user.id, linkId: invitation.id })
  return { ...challenge, user: { name: user.name, email: user.email } }
}

import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ChallengeRow } from '../webauthn/challenge.store.ts'
import { verifyRegistration, type NewCredential } from '../webauthn/relying-party.ts'
import type { RegistrationResponse } from '../webauthn/schemas.ts'

/** The new credential, or `invalid_input` in one sentence; why exactly stands in the log. */
export async function getCredentialOrThrow(
  ctx: Ctx,
  challenge: ChallengeRow | null,
  response: RegistrationResponse,
): Promise<NewCredential> {
  if (!challenge) {
    throw new AppError('invalid_input', {
      message: 'This request for a passkey has expired or was already answered.',
      hint: 'Start again.',
    })
  }
  const verified = await verifyRegistration(ctx.config, challenge.challenge, response)
  if (verified.ok) return verified.value
  throw new AppError('invalid_input', {
    message: 'The new passkey could not be verified.',
    hint: `Open ${ctx.config.publicOrigin} and start again.`,
    detail: verified.detail,
  })
}

export const alreadyRegistered = (): AppError =>
  new AppError('already_exists', { message: 'This passkey is already registered.' })

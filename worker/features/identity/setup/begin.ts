import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { getLinkOrThrow } from '../enrolment/link.ts'
import type { LinkRow } from '../enrolment/links.store.ts'
import { assertFewFailures } from '../refusal.ts'
import { normalizeEmail } from '../rules.ts'
import { ownerExists } from '../users.store.ts'
import { issueChallenge } from '../webauthn/challenge.ts'
import { registrationOptions } from '../webauthn/relying-party.ts'
import type { Challenge } from '../webauthn/schemas.ts'
import type { BeginSetupInput } from './schemas.ts'

/** Asks the owner-to-be for their first passkey. Uses nothing up: a closed browser prompt may be opened again. */
export async function beginSetup(ctx: Ctx, input: BeginSetupInput): Promise<Challenge> {
  const link = await getSetupLinkOrThrow(ctx, input.token)
  const claimant = { name: input.name, email: normalizeEmail(input.email) }
  const userId = newId('usr', ctx.clock.now())
  const options = await registrationOptions(ctx.config, { id: userId, ...claimant }, [])
  return issueChallenge(ctx, 'register', options, { userId, linkId: link.id, claimant })
}

export async function getSetupLinkOrThrow(ctx: Ctx, token: string): Promise<LinkRow> {
  await assertFewFailures(ctx)
  if (await ownerExists(ctx.db)) throw alreadyClaimed()
  return getLinkOrThrow(ctx, 'setup', token)
}

export const alreadyClaimed = (): AppError => new AppError('already_claimed', { hint: 'Sign in instead.' })

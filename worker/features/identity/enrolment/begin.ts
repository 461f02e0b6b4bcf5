import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { selectPasskeys } from '../passkeys/passkeys.store.ts'
import { assertFewFailures } from '../refusal.ts'
import { assertActive } from '../status.ts'
import { selectUser, type UserBrief } from '../users.store.ts'
import { issueChallenge } from '../webauthn/challenge.ts'
import { registrationOptions } from '../webauthn/relying-party.ts'
import type { Challenge } from '../webauthn/schemas.ts'
import { getLinkOrThrow } from './link.ts'
import type { LinkRow } from './links.store.ts'

/** Opens a break-glass link: says whose it is and asks for their new passkey. */
export async function beginEnrolment(
  ctx: Ctx,
  token: string,
): Promise<Challenge & { user: { name: string; email: string } }> {
  await assertFewFailures(ctx)
  const { link, user } = await getEnrolmentOrThrow(ctx, token)
  const options = await registrationOptions(ctx.config, user, await selectPasskeys(ctx.db, user.id))
  const challenge = await issueChallenge(ctx, 'register', options, { userId: user.id, linkId: link.id })
  return { ...challenge, user: { name: user.name, email: user.email } }
}

/** A link gives a passkey, never a status back: whoever is suspended stays so. */
export async function getEnrolmentOrThrow(ctx: Ctx, token: string): Promise<{ link: LinkRow; user: UserBrief }> {
  const link = await getLinkOrThrow(ctx, 'break_glass', token)
  const user = link.userId === null ? undefined : await selectUser(ctx.db, link.userId)
  if (!user) throw new AppError('link_invalid')
  assertActive(user.status)
  return { link, user }
}

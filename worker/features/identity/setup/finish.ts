import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { deviceName } from '../device-name.ts'
import { useLink } from '../enrolment/links.store.ts'
import type { FinishLinkInput } from '../enrolment/schemas.ts'
import { describeMe } from '../me/read.ts'
import { insertPasskey } from '../passkeys/passkeys.store.ts'
import { getCredentialOrThrow } from '../passkeys/register.ts'
import { createRecoveryCodes } from '../recovery/codes.ts'
import { insertRecoveryCodes } from '../recovery/recovery.store.ts'
import { instance } from '../refusal.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import type { SignedIn } from '../sign-in/finish.ts'
import { ownerExists } from '../users.store.ts'
import { consumeChallenge } from '../webauthn/challenge.ts'
import { alreadyClaimed, getSetupLinkOrThrow } from './begin.ts'
import { insertFirstOwner } from './setup.store.ts'

export type Claimed = SignedIn & { recoveryCodes: string[] }

/**
 * Makes the first owner: person, passkey, recovery codes and session in one batch that also uses the link up. Of any
 * number of claims at once exactly one goes through. @throws `already_claimed`, `link_invalid`, `link_expired`.
 */
export async function finishSetup(ctx: Ctx, input: FinishLinkInput, device: DeviceFacts): Promise<Claimed> {
  const link = await getSetupLinkOrThrow(ctx, input.token)
  const challenge = await consumeChallenge(ctx, input.challengeId, 'register', { linkId: link.id })
  const credential = await getCredentialOrThrow(ctx, challenge, input.response)
  const owner = ownerOf(challenge)
  const now = ctx.clock.now()
  const session = await openSession(ctx, { ...owner, role: 'OWNER', permissions: [], grants: [] }, 'passkey', device)
  const { codes, hashes } = await createRecoveryCodes(owner.id)
  const passkeyName = input.passkeyName ?? deviceName(ctx.userAgent)
  await mutate(actingAs(ctx, { kind: 'system', name: 'setup' }), {
    action: 'instance.claim',
    permission: 'self',
    target: instance,
    run: async (op) => {
      const statements = [
        ...useLink(ctx.db, link.id, now),
        ...insertFirstOwner(ctx.db, owner, now, ctx.ip),
        ...insertPasskey(ctx.db, owner.id, credential, passkeyName, now),
        insertRecoveryCodes(ctx.db, owner.id, hashes, now),
        ...session.statements,
      ]
      const after = { ownerId: owner.id, name: owner.name, email: owner.email, passkey: passkeyName }
      await op.commit(statements, { after }).catch((error: unknown) => explainLostClaim(ctx, error))
    },
  })
  return { me: await describeMe(ctx, session.actor), tokens: session.tokens, recoveryCodes: codes }
}

function ownerOf(challenge: { userId: string | null; claimant: { name: string; email: string } | null } | null) {
  if (!challenge?.userId || !challenge.claimant) throw new AppError('link_invalid')
  return { id: challenge.userId, ...challenge.claimant }
}

async function explainLostClaim(ctx: Ctx, error: unknown): Promise<never> {
  if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  throw (await ownerExists(ctx.db)) ? alreadyClaimed() : new AppError('link_invalid')
}

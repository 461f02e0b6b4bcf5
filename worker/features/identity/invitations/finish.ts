import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { deviceName } from '../device-name.ts'
import type { FinishLinkInput } from '../enrolment/schemas.ts'
import { describeMe } from '../me/read.ts'
import { insertPasskey } from '../passkeys/passkeys.store.ts'
import { getCredentialOrThrow } from '../passkeys/register.ts'
import { createRecoveryCodes } from '../recovery/codes.ts'
import { replaceRecoveryCodes } from '../recovery/recovery.store.ts'
import { assertFewFailures, userTarget } from '../refusal.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import type { SignedIn } from '../sign-in/finish.ts'
import { consumeChallenge } from '../webauthn/challenge.ts'
import { getInvitationOrThrow } from './invitation.ts'
import { acceptInvitation } from './invitations.store.ts'

export type Joined = SignedIn & { recoveryCodes: string[] }

/**
 * PENDING becomes ACTIVE: passkey, recovery codes and session in the one batch that uses the invitation up. A passkey
 * that anybody here has, a banned person included, is refused. @throws `link_invalid`, `link_expired`.
 */
export async function finishInvitation(ctx: Ctx, input: FinishLinkInput, device: DeviceFacts): Promise<Joined> {
  await assertFewFailures(ctx)
  const { invitation, user } = await getInvitationOrThrow(ctx, input.token)
  const binding = { userId: user.id, linkId: invitation.id }
  const challenge = await consumeChallenge(ctx, input.challengeId, 'register', binding)
  const credential = await getCredentialOrThrow(ctx, challenge, input.response)
  const now = ctx.clock.now()
  const session = await openSession(ctx, user, 'passkey', device)
  const { codes, hashes } = await createRecoveryCodes(user.id)
  const name = input.passkeyName ?? deviceName(ctx.userAgent)
  await mutate(actingAs(ctx, session.actor), {
    action: 'user.invite.accept',
    permission: 'self',
    target: userTarget(user),
    run: async (op) => {
      const statements = [
        ...acceptInvitation(ctx.db, invitation, now, ctx.ip),
        ...insertPasskey(ctx.db, user.id, credential, name, now),
        ...replaceRecoveryCodes(ctx.db, user.id, hashes, now),
        ...session.statements,
      ]
      const after = { status: 'ACTIVE', role: user.role, passkey: name, sessionId: session.actor.sessionId }
      await op.commit(statements, { before: { status: user.status }, after }).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'conflict' ? new AppError('link_invalid') : error
      })
    },
  })
  return { me: await describeMe(ctx, session.actor), tokens: session.tokens, recoveryCodes: codes }
}

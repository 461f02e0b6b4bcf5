import type { Ctx } from '../../../context.ts'
import { expectChanged } from '../../../db/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { deviceName } from '../device-name.ts'
import { describeMe } from '../me/read.ts'
import { insertPasskey } from '../passkeys/passkeys.store.ts'
import { getCredentialOrThrow } from '../passkeys/register.ts'
import { createRecoveryCodes } from '../recovery/codes.ts'
import { replaceRecoveryCodes, selectRecoveryStatus } from '../recovery/recovery.store.ts'
import { assertFewFailures, userTarget } from '../refusal.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import type { SignedIn } from '../sign-in/finish.ts'
import { recordSignIn } from '../users.store.ts'
import { consumeChallenge } from '../webauthn/challenge.ts'
import { getEnrolmentOrThrow } from './begin.ts'
import { useLink } from './links.store.ts'
import type { FinishLinkInput } from './schemas.ts'

export type Enrolled = SignedIn & { recoveryCodes: string[] | null }

/**
 * Uses a break-glass link up: a new passkey and a session for an existing person, and new recovery codes where none
 * are left. The deployer acts, so that the record and every open dashboard show that this way was taken.
 */
export async function finishEnrolment(ctx: Ctx, input: FinishLinkInput, device: DeviceFacts): Promise<Enrolled> {
  await assertFewFailures(ctx)
  const { link, user } = await getEnrolmentOrThrow(ctx, input.token)
  const challenge = await consumeChallenge(ctx, input.challengeId, 'register', { userId: user.id, linkId: link.id })
  const credential = await getCredentialOrThrow(ctx, challenge, input.response)
  const now = ctx.clock.now()
  const session = await openSession(ctx, user, 'passkey', device)
  const { remaining } = await selectRecoveryStatus(ctx.db, user.id)
  const recovery = remaining === 0 ? await createRecoveryCodes(user.id) : null
  const name = input.passkeyName ?? deviceName(ctx.userAgent)
  await mutate(actingAs(ctx, { kind: 'system', name: 'deployer' }), {
    action: 'user.enrol',
    permission: 'self',
    target: userTarget(user),
    reason: 'A break-glass link was used.',
    run: async (op) => {
      const statements = [
        ...useLink(ctx.db, link.id, now),
        ...insertPasskey(ctx.db, user.id, credential, name, now),
        ...(recovery ? replaceRecoveryCodes(ctx.db, user.id, recovery.hashes, now) : []),
        recordSignIn(ctx.db, user.id, now, ctx.ip),
        expectChanged(ctx.db),
        ...session.statements,
      ]
      const after = { passkey: name, sessionId: session.actor.sessionId, newRecoveryCodes: recovery !== null }
      await op.commit(statements, { after }).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'conflict' ? new AppError('link_invalid') : error
      })
      op.publish({ type: 'audit.appended' })
    },
  })
  const me = await describeMe(ctx, session.actor)
  return { me, tokens: session.tokens, recoveryCodes: recovery?.codes ?? null }
}

import type { Ctx } from '../../../context.ts'
import { expectChanged } from '../../../db/index.ts'
import { equalConstantTime } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { forgiveGuesses, takeGuess } from '../guesses.ts'
import { describeMe } from '../me/read.ts'
import { assertFewFailures, userTarget } from '../refusal.ts'
import { normalizeEmail } from '../rules.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import type { SignedIn } from '../sign-in/finish.ts'
import { refuseInactive, refuseSignIn } from '../sign-in/refuse.ts'
import { recordSignIn, type UserBrief } from '../users.store.ts'
import { hashRecoveryCode } from './codes.ts'
import { selectUnusedCodes, useRecoveryCode } from './recovery.store.ts'
import type { RecoverySignInInput } from './schemas.ts'

/**
 * The way in without a passkey. Unknown address, wrong code and used code are one and the same `sign_in_failed`.
 * The session it opens counts as unverified, so that it can add a passkey and confirm nothing else.
 */
export async function signInWithRecoveryCode(
  ctx: Ctx,
  input: RecoverySignInInput,
  device: DeviceFacts,
): Promise<SignedIn> {
  const email = normalizeEmail(input.email)
  await assertFewFailures(ctx)
  await takeGuess(ctx, 'recovery', email)
  const { user, hashes } = await selectUnusedCodes(ctx.db, email)
  const presented = await hashRecoveryCode(user?.id ?? '', input.code)
  const matches = hashes.filter((hash) => equalConstantTime(hash, presented))
  if (!user || matches.length === 0) {
    const reason = 'recovery code not accepted'
    throw await refuseSignIn(ctx, 'recovery_codes.use', { user, reason, harmless: hashes.length === 0 })
  }
  await forgiveGuesses(ctx, email)
  if (user.status !== 'ACTIVE') throw await refuseInactive(ctx, 'recovery_codes.use', user)
  return signIn(ctx, user, presented, device)
}

async function signIn(ctx: Ctx, user: UserBrief, hash: string, device: DeviceFacts): Promise<SignedIn> {
  const now = ctx.clock.now()
  const session = await openSession(ctx, user, 'recovery_code', device)
  await mutate(actingAs(ctx, session.actor), {
    action: 'recovery_codes.use',
    permission: 'self',
    target: userTarget(user),
    run: async (op) => {
      const signedIn = [recordSignIn(ctx.db, user.id, now, ctx.ip), expectChanged(ctx.db)]
      const after = { method: 'recovery code', sessionId: session.actor.sessionId }
      await op
        .commit([...useRecoveryCode(ctx.db, hash, now), ...signedIn, ...session.statements], { after })
        .catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'conflict' ? new AppError('sign_in_failed') : error
        })
      op.publish({ type: 'audit.appended' })
    },
  })
  return { me: await describeMe(ctx, session.actor), tokens: session.tokens }
}

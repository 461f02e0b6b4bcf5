import type { Ctx } from '../../../context.ts'
import { expectChanged, type Statement } from '../../../db/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { actingAs } from '../actor.ts'
import { forgiveGuesses, takeGuess } from '../guesses.ts'
import { describeMe } from '../me/read.ts'
import { useRecoveryCode } from '../recovery/recovery.store.ts'
import { assertFewFailures, userTarget } from '../refusal.ts'
import { normalizeEmail } from '../rules.ts'
import { openSession, type DeviceFacts } from '../sessions/open.ts'
import type { SignedIn } from '../sign-in/finish.ts'
import { selectPasswordsOffered } from '../sign-in-policy/policy.store.ts'
import { refuseInactive, refuseSignIn } from '../sign-in/refuse.ts'
import { useTotpStep } from '../totp/totp.store.ts'
import { countFailedSignIn, recordSignIn } from '../users.store.ts'
import { hashPassword, isOutdatedHash, nobodysHash, verifyPassword } from './hasher.ts'
import { selectPasswordCandidate, usePassword, type PasswordCandidate } from './passwords.store.ts'
import type { PasswordSignInInput } from './schemas.ts'
import { findSecondFactor, type SecondFactor } from './second-factor.ts'

const action = 'user.sign_in'

/**
 * The second way in: a password and, always, a one-time code or a recovery code. Whoever and whatever is wrong, the
 * rules of the instance included, gives the same `sign_in_failed` after the same work. What it opens counts as
 * unverified: nothing destructive without a passkey. @throws AppError also `rate_limited`, `account_not_active`.
 */
export async function signInWithPassword(ctx: Ctx, input: PasswordSignInInput, device: DeviceFacts): Promise<SignedIn> {
  const email = normalizeEmail(input.email)
  await assertFewFailures(ctx)
  await takeGuess(ctx, 'password', email)
  if (!(await selectPasswordsOffered(ctx.db))) {
    throw await refuseSignIn(ctx, action, { user: null, reason: 'passwords are off' })
  }
  const found = await selectPasswordCandidate(ctx.db, email)
  const isRight = await verifyPassword(found?.hash ?? nobodysHash, input.password)
  const factor = await findSecondFactor(ctx, found, input.code, isRight)
  if (!isUsable(found)) throw await refuseUncounted(ctx, found)
  if (!isRight || !factor) {
    const reason = isRight ? 'second factor not accepted' : 'password not accepted'
    throw await refuseSignIn(ctx, action, { user: found.user, reason })
  }
  await forgiveGuesses(ctx, email)
  if (found.user.status !== 'ACTIVE') throw await refuseInactive(ctx, action, found.user)
  return signIn(ctx, found, { factor, password: input.password }, device)
}

type Usable = PasswordCandidate & { hash: string }

const isUsable = (found: PasswordCandidate | null): found is Usable =>
  found !== null && found.rule === 'allowed' && found.hash !== null && found.totp !== null

/** Somebody whom no password lets in cannot be locked out by guessing at one. */
async function refuseUncounted(ctx: Ctx, found: PasswordCandidate | null): Promise<AppError> {
  const reason = found ? 'no password can be used by this person' : 'unknown address'
  const error = await refuseSignIn(ctx, action, { user: found?.user ?? null, reason, harmless: true })
  // Nobody's: as long as the refusal that counts.
  await countFailedSignIn(ctx.db, '')
  return error
}

async function signIn(
  ctx: Ctx,
  { user, hash }: Usable,
  proof: { factor: SecondFactor; password: string },
  device: DeviceFacts,
): Promise<SignedIn> {
  const { factor } = proof
  const now = ctx.clock.now()
  const newHash = isOutdatedHash(hash) ? await hashPassword(proof.password) : hash
  const session = await openSession(ctx, user, factor.kind === 'totp' ? 'password' : 'recovery_code', device)
  await mutate(actingAs(ctx, session.actor), {
    action,
    permission: 'self',
    target: userTarget(user),
    run: async (op) => {
      const statements = [
        ...usePassword(ctx.db, { userId: user.id, hash, newHash, now }),
        ...useFactor(ctx, factor, now),
        recordSignIn(ctx.db, user.id, now, ctx.ip),
        expectChanged(ctx.db),
        ...session.statements,
      ]
      const secondFactor = factor.kind === 'totp' ? 'one-time code' : 'recovery code'
      const after = { method: 'password', secondFactor, sessionId: session.actor.sessionId }
      await op.commit(statements, { after }).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'conflict' ? new AppError('sign_in_failed') : error
      })
    },
  })
  return { me: await describeMe(ctx, session.actor), tokens: session.tokens }
}

const useFactor = (ctx: Ctx, factor: SecondFactor, now: number): Statement[] =>
  factor.kind === 'totp' ? useTotpStep(ctx.db, factor.row, factor.step, now) : useRecoveryCode(ctx.db, factor.hash, now)

import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { commitEnding } from '../sign-in-policy/end-sessions.ts'
import { endPasswordSessions } from '../sign-in-policy/policy.store.ts'
import { hashPassword } from './hasher.ts'
import { putPassword } from './passwords.store.ts'
import { passwordProblem, passwordProblems } from './policy.ts'
import type { WaysIn } from './schemas.ts'
import { assertPasswordsAllowed, getOwnSignInOrThrow, readWaysIn } from './ways-in.ts'

/**
 * Sets one's password, or another one. The fresh passkey proof stands for the old password. Other sessions that a
 * password opened end with it. @throws `step_up_required`, `forbidden`, `invalid_input`.
 */
export async function setPassword(ctx: Ctx, input: { password: string }): Promise<WaysIn> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const before = await getOwnSignInOrThrow(ctx)
  assertPasswordsAllowed(before)
  const problem = passwordProblem(input.password, before)
  if (problem !== null) {
    const message = passwordProblems[problem]
    throw new AppError('invalid_input', { message, fields: [{ path: 'password', message }], meta: { problem } })
  }
  const hash = await hashPassword(input.password)
  const now = ctx.clock.now()
  await mutate(ctx, {
    action: 'password.set',
    permission: 'self',
    target: userTarget(before),
    run: (op) =>
      commitEnding(
        ctx,
        op,
        [
          ...putPassword(ctx.db, actor.id, hash, now),
          endPasswordSessions(ctx.db, actor.id, actor.sessionId, now, op.id),
        ],
        { before: { password: before.passwordSetAt !== null }, after: { password: true } },
      ),
  })
  return readWaysIn(ctx)
}

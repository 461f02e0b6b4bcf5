import type { Ctx } from '../../../context.ts'
import { minutes } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import type { WaysIn } from '../passwords/schemas.ts'
import { assertPasswordsAllowed, getOwnSignInOrThrow, readWaysIn } from '../passwords/ways-in.ts'
import { userTarget } from '../refusal.ts'
import { commitEnding } from '../sign-in-policy/end-sessions.ts'
import { endPasswordSessions } from '../sign-in-policy/policy.store.ts'
import { findTotpStep } from './code.ts'
import { openTotpSecret } from './secret.ts'
import { confirmSecret, selectPendingSecret } from './totp.store.ts'

/** How long a secret waits for its first code, ms. */
const pendingMs = minutes(15)

/**
 * The app's first code: from now on it counts, in the place of an earlier one, and that code never again.
 * @throws `invalid_input` for a wrong code, `conflict` when nothing waits for one.
 */
export async function finishTotp(ctx: Ctx, input: { code: string }): Promise<WaysIn> {
  const actor = getSessionActorOrThrow(ctx)
  const before = await getOwnSignInOrThrow(ctx)
  assertPasswordsAllowed(before)
  const now = ctx.clock.now()
  const row = await selectPendingSecret(ctx.db, actor.id, now - pendingMs)
  if (!row) throw new AppError('conflict', { message: 'No authenticator app waits for a code.', hint: 'Start again.' })
  const step = await findTotpStep(await openTotpSecret(ctx, row), input.code.replaceAll(/\s/g, ''), now, row.lastStep)
  if (step === null) {
    const message = 'This is not the code that the app shows now.'
    const hint = 'Check that the clock of your device is right.'
    throw new AppError('invalid_input', { message, hint, fields: [{ path: 'code', message }] })
  }
  await mutate(ctx, {
    action: 'totp.confirm',
    permission: 'self',
    target: userTarget(before),
    run: (op) =>
      commitEnding(
        ctx,
        op,
        [...confirmSecret(ctx.db, row, step, now), endPasswordSessions(ctx.db, actor.id, actor.sessionId, now, op.id)],
        { before: { authenticator: before.totpConfirmedAt !== null }, after: { authenticator: true } },
      ),
  })
  return readWaysIn(ctx)
}

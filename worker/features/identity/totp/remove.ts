import type { Ctx } from '../../../context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { getOwnSignInOrThrow } from '../passwords/ways-in.ts'
import { userTarget } from '../refusal.ts'
import { commitEnding } from '../sign-in-policy/end-sessions.ts'
import { endPasswordSessions } from '../sign-in-policy/policy.store.ts'
import { deleteSecrets } from './totp.store.ts'

/** Without the app the password opens nothing either. @throws `step_up_required`, `not_found`. */
export async function removeTotp(ctx: Ctx): Promise<void> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const row = await getOwnSignInOrThrow(ctx)
  if (row.totpConfirmedAt === null) throw notFound('Authenticator app')
  const now = ctx.clock.now()
  await mutate(ctx, {
    action: 'totp.remove',
    permission: 'self',
    target: userTarget(row),
    run: (op) =>
      commitEnding(
        ctx,
        op,
        [...deleteSecrets(ctx.db, actor.id), endPasswordSessions(ctx.db, actor.id, actor.sessionId, now, op.id)],
        { before: { authenticator: true }, after: { authenticator: false } },
      ),
  })
}

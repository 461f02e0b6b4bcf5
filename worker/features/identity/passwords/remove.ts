import type { Ctx } from '../../../context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { commitEnding } from '../sign-in-policy/end-sessions.ts'
import { endPasswordSessions } from '../sign-in-policy/policy.store.ts'
import { deletePassword } from './passwords.store.ts'
import { getOwnSignInOrThrow } from './ways-in.ts'

/** Back to passkeys only, also where the rules no longer allow passwords. @throws `step_up_required`, `not_found`. */
export async function removePassword(ctx: Ctx): Promise<void> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const row = await getOwnSignInOrThrow(ctx)
  if (row.passwordSetAt === null) throw notFound('Password')
  const now = ctx.clock.now()
  await mutate(ctx, {
    action: 'password.remove',
    permission: 'self',
    target: userTarget(row),
    run: (op) =>
      commitEnding(
        ctx,
        op,
        [...deletePassword(ctx.db, actor.id), endPasswordSessions(ctx.db, actor.id, actor.sessionId, now, op.id)],
        { before: { password: true }, after: { password: false } },
      ),
  })
}

import type { Ctx } from '../../../context.ts'
import { newId } from '../../../kernel/id.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { assertPasswordsAllowed, getOwnSignInOrThrow } from '../passwords/ways-in.ts'
import { userTarget } from '../refusal.ts'
import { createTotpSecret, totpUri } from './code.ts'
import { sealTotpSecret } from './secret.ts'
import { putPendingSecret } from './totp.store.ts'

const issuer = 'WebNova'

/**
 * A secret for an authenticator app, shown this once. It counts only after the app has shown one right code; until then
 * the app that counted still does. @throws `step_up_required`, `forbidden`.
 */
export async function beginTotp(ctx: Ctx): Promise<{ secret: string; uri: string }> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const row = await getOwnSignInOrThrow(ctx)
  assertPasswordsAllowed(row)
  const now = ctx.clock.now()
  const id = newId('otp', now)
  const secret = createTotpSecret()
  const sealed = await sealTotpSecret(ctx, id, secret)
  await mutate(ctx, {
    action: 'totp.begin',
    permission: 'self',
    target: userTarget(row),
    run: (op) => op.commit(putPendingSecret(ctx.db, { id, userId: actor.id, sealed, now })),
  })
  return { secret, uri: totpUri(secret, row.email, issuer) }
}

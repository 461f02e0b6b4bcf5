import type { Ctx } from '../../../context.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { selectPasskeys } from './passkeys.store.ts'
import type { Passkey } from './schemas.ts'
import { toPasskey } from './to-passkey.ts'

/** One's own, oldest first. */
export async function listPasskeys(ctx: Ctx): Promise<{ items: Passkey[] }> {
  const rows = await selectPasskeys(ctx.db, getSessionActorOrThrow(ctx).id)
  return { items: rows.map(toPasskey) }
}

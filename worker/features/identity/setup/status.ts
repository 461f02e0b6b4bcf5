import type { Ctx } from '../../../context.ts'
import { selectPasswordsOffered } from '../sign-in-policy/policy.store.ts'
import { ownerExists } from '../users.store.ts'

/** Whether this instance has an owner, the address at which to become or be it, and what the sign-in page may offer. */
export async function readSetupStatus(
  ctx: Ctx,
): Promise<{ claimed: boolean; publicOrigin: string; passwords: boolean }> {
  const [claimed, passwords] = await Promise.all([ownerExists(ctx.db), selectPasswordsOffered(ctx.db)])
  return { claimed, publicOrigin: ctx.config.publicOrigin, passwords }
}

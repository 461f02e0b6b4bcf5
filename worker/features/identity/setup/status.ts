import type { Ctx } from '../../../context.ts'
import { ownerExists } from '../users.store.ts'

/** Whether this instance has an owner, and the address at which to become or be it. */
export const readSetupStatus = async (ctx: Ctx): Promise<{ claimed: boolean; publicOrigin: string }> => ({
  claimed: await ownerExists(ctx.db),
  publicOrigin: ctx.config.publicOrigin,
})

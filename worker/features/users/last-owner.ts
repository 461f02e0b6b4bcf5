import type { Ctx } from '../../context.ts'
import { countActiveOwners, selectUserFacts } from './users.store.ts'

/** Whether nobody else could govern. The database decides again when it is written (users.store.ts). */
export async function isLastActiveOwner(ctx: Pick<Ctx, 'db' | 'clock'>, userId: string): Promise<boolean> {
  const found = await selectUserFacts(ctx.db, userId, ctx.clock.now())
  if (found?.user.role !== 'OWNER' || found.user.status !== 'ACTIVE') return false
  return (await countActiveOwners(ctx.db)) <= 1
}

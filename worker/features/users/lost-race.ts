import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { lastOwner } from './rules.ts'
import { countActiveOwners, selectUserFacts, type UserRow } from './users.store.ts'

/** What stopped a change of this person: somebody was quicker, or it would have left no active owner. */
export async function explainLostRace(ctx: Ctx, before: UserRow, error: unknown): Promise<never> {
  if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  const found = await selectUserFacts(ctx.db, before.id, ctx.clock.now())
  const unchanged = found?.user.status === before.status && found.user.role === before.role
  const owner = before.role === 'OWNER' && before.status === 'ACTIVE'
  if (unchanged && owner && (await countActiveOwners(ctx.db)) <= 1) throw lastOwner()
  throw error
}

import type { Ctx } from '../../../context.ts'
import { takeApproved } from './approvals.store.ts'

/** Uses up the approval of exactly this request, where its person has given one: true once. */
export async function takeApproval(ctx: Ctx, requestHash: string): Promise<boolean> {
  const key = ctx.actor.kind === 'user' ? ctx.actor.key : null
  // Loaded with the key itself: a request that nobody approved costs no query.
  if (!key || key.approvals === 0) return false
  return takeApproved(ctx.db, key.id, requestHash, ctx.clock.now())
}

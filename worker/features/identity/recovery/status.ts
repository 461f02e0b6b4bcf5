import type { Ctx } from '../../../context.ts'
import { isoOrNull } from '../../../kernel/clock.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { selectRecoveryStatus } from './recovery.store.ts'

/** How many codes are left and since when; never the codes. */
export async function readRecoveryStatus(ctx: Ctx): Promise<{ remaining: number; createdAt: string | null }> {
  const { remaining, createdAt } = await selectRecoveryStatus(ctx.db, getSessionActorOrThrow(ctx).id)
  return { remaining, createdAt: isoOrNull(createdAt) }
}

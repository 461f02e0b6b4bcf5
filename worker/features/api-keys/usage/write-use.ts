import type { Ctx } from '../../../context.ts'
import { batch } from '../../../db/index.ts'
import { describeError } from '../../../kernel/log.ts'
import type { KeyUseByDay } from '../../../kernel/rate-limit.ts'
import { upsertUsage } from './usage.store.ts'

/** What the object that limits a key has counted, by day. Absolute, so that doing it again changes nothing. */
export async function writeKeyUse(ctx: Ctx, keyId: string, byDay: KeyUseByDay): Promise<void> {
  const rows = Object.entries(byDay).map(([day, use]) => ({ keyId, day: Number(day), ...use }))
  try {
    await batch(ctx.db, upsertUsage(ctx.db, rows))
  } catch (error) {
    ctx.log.error('api_key.usage_failed', { keyId, error: describeError(error) })
    throw error
  }
}

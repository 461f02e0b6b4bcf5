import { and, eq, isNull, lt } from 'drizzle-orm'
import { schema, toAppError } from '../../db/index.ts'
import type { Ctx } from '../../context.ts'
import { hours, minutes } from '../../kernel/clock.ts'
import type { IdempotencyStore } from '../../http/index.ts'

const { idempotencyKeys: keys } = schema

/** How long an answer is kept, and after which a claim without one counts as abandoned (its worker died). */
const keepMs = hours(24)
const abandonedMs = minutes(2)

export const idempotencyStore: IdempotencyStore = {
  async claim(ctx, id, requestHash) {
    const now = ctx.clock.now()
    try {
      await ctx.db.delete(keys).where(and(eq(keys.id, id), lt(keys.createdAt, now - keepMs)))
      await ctx.db.delete(keys).where(and(eq(keys.id, id), isNull(keys.status), lt(keys.createdAt, now - abandonedMs)))
      const claimed = await ctx.db
        .insert(keys)
        .values({ id, requestHash, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: keys.id })
      if (claimed.length > 0) return 'claimed'
      const [known] = await ctx.db.select().from(keys).where(eq(keys.id, id))
      if (!known) return 'running'
      if (known.requestHash !== requestHash) return 'mismatch'
      return known.status === null ? 'running' : { status: known.status, body: known.body ?? '' }
    } catch (error) {
      throw toAppError(error)
    }
  },
  async complete(ctx, id, answer) {
    await ctx.db.update(keys).set(answer).where(eq(keys.id, id))
  },
  async forget(ctx, id) {
    await ctx.db.delete(keys).where(eq(keys.id, id))
  },
}

/** Daily housekeeping. */
export const pruneIdempotencyKeys = async (ctx: Ctx): Promise<void> => {
  await ctx.db.delete(keys).where(lt(keys.createdAt, ctx.clock.now() - keepMs))
}

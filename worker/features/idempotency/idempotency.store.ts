import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import { schema, toAppError } from '../../db/index.ts'
import type { Ctx } from '../../context.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import { hours, minutes } from '../../kernel/clock.ts'
import type { Claim, IdempotencyStore } from '../../http/index.ts'

const { idempotencyKeys: keys, auditLog } = schema

type KeyRow = typeof keys.$inferSelect

/** How long an answer is kept, and after which a claim without one counts as abandoned (its worker died). */
const keepMs = hours(24)
const abandonedMs = minutes(2)

export const idempotencyStore: IdempotencyStore = {
  async claim(ctx, id, requestHash) {
    const now = ctx.clock.now()
    try {
      await ctx.db.delete(keys).where(and(eq(keys.id, id), lt(keys.createdAt, now - keepMs)))
      const claimed = await ctx.db
        .insert(keys)
        .values({ id, requestHash, requestId: ctx.requestId, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: keys.id })
      if (claimed.length > 0) return 'claimed'
      const [known] = await ctx.db.select().from(keys).where(eq(keys.id, id))
      if (!known) return 'running'
      if (known.requestHash !== requestHash) return 'mismatch'
      if (known.status !== null) return { status: known.status, body: known.body ?? '' }
      return known.createdAt < now - abandonedMs ? await takeOver(ctx, known) : 'running'
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

/**
 * Nothing runs without a `started` row (DESIGN §4). A request that left none has done nothing, and may be done now, by
 * whoever is first; one that left some must not be done again, and its answer is lost.
 */
async function takeOver(ctx: Ctx, known: KeyRow): Promise<Claim> {
  const operationId = known.requestId === null ? null : await findOperation(ctx, known.requestId)
  if (operationId !== null) return { lost: operationId }
  const taken = await ctx.db
    .update(keys)
    .set({ requestId: ctx.requestId, createdAt: ctx.clock.now() })
    .where(and(eq(keys.id, known.id), eq(keys.createdAt, known.createdAt), isNull(keys.status)))
    .returning({ id: keys.id })
  return taken.length > 0 ? 'claimed' : 'running'
}

/** Keys belong to one actor, and so do the rows: their index keeps this from reading the whole log. */
async function findOperation(ctx: Ctx, requestId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ operationId: auditLog.operationId })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.actorId, actorIdentity(ctx.actor).id),
        eq(auditLog.requestId, requestId),
        eq(auditLog.phase, 'started'),
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(1)
  return row?.operationId ?? null
}

/** Daily housekeeping. */
export const pruneIdempotencyKeys = async (ctx: Ctx): Promise<void> => {
  await ctx.db.delete(keys).where(lt(keys.createdAt, ctx.clock.now() - keepMs))
}

import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { batch, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'

const { apiKeys: k, keyUsage: u, keyOperations: o } = schema

export type UsageRow = typeof u.$inferSelect
export type OperationRow = typeof o.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** A row a day; a key's refusals for ever go up by what is new among them. */
export const upsertUsage = (db: Db, rows: readonly UsageRow[]): Statement[] =>
  rows.flatMap(({ keyId, day, calls, refusals }) => [
    ...(refusals > 0
      ? [
          db
            .update(k)
            .set({
              refusalCount: sql`${k.refusalCount} + max(0, ${refusals} - coalesce((SELECT w.refusals FROM key_usage AS w
                WHERE w.key_id = ${keyId} AND w.day = ${day}), 0))`,
            })
            .where(eq(k.id, keyId)),
        ]
      : []),
    db
      .insert(u)
      .values({ keyId, day, calls, refusals })
      .onConflictDoUpdate({
        target: [u.keyId, u.day],
        set: { calls: sql`max(${u.calls}, excluded.calls)`, refusals: sql`max(${u.refusals}, excluded.refusals)` },
      }),
  ])

export async function upsertOperations(db: Db, rows: readonly OperationRow[]): Promise<void> {
  await batch(
    db,
    rows.map((row) =>
      db
        .insert(o)
        .values(row)
        .onConflictDoUpdate({
          target: [o.keyId, o.operation, o.permission],
          set: { lastUsedAt: row.lastUsedAt },
          setWhere: sql`${o.lastUsedAt} < ${row.lastUsedAt}`,
        }),
    ),
  )
}

/** Of one key since this day: its days, oldest first, and its operations, latest first. */
export async function selectUsage(db: Db, keyId: string, since: number) {
  const [byDay, operations, [first]] = await db
    .batch([
      db
        .select()
        .from(u)
        .where(and(eq(u.keyId, keyId), gte(u.day, since)))
        .orderBy(asc(u.day)),
      db
        .select()
        .from(o)
        .where(and(eq(o.keyId, keyId), gte(o.lastUsedAt, since)))
        .orderBy(desc(o.lastUsedAt), asc(o.operation), asc(o.permission)),
      db
        .select({ day: sql<number | null>`min(${u.day})`.as('first_day') })
        .from(u)
        .where(eq(u.keyId, keyId)),
    ])
    .catch(unavailable)
  return { byDay, operations, firstDay: first?.day ?? null }
}

export async function deleteUsage(db: Db, before: number): Promise<void> {
  await batch(db, [db.delete(u).where(lt(u.day, before)), db.delete(o).where(lt(o.lastUsedAt, before))])
}

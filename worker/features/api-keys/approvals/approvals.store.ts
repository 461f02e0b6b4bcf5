import { and, desc, eq, gt, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'

const { keyApprovals: p, apiKeys } = schema

export type ApprovalRow = typeof p.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

const isOpen = (now: number): SQL | undefined => and(isNull(p.takenAt), isNull(p.refusedAt), gt(p.expiresAt, now))

/** What this key has asked for, of exactly this request where a hash is given, and may still be answered or made. */
export const selectOpenApprovals = (db: Db, keyId: string, now: number): Promise<ApprovalRow[]> =>
  db
    .select()
    .from(p)
    .where(and(eq(p.keyId, keyId), isOpen(now)))
    .orderBy(desc(p.requestedAt))
    .catch(unavailable)

/** Never the one too many, however many ask at once. */
export const insertApproval = (db: Db, row: typeof p.$inferInsert, limit: number, now: number): Statement[] => [
  db.insert(p).values(row),
  db
    .update(p)
    .set({ operation: row.operation })
    .where(
      and(
        eq(p.id, row.id),
        sql`(SELECT count(*) FROM key_approvals AS o WHERE o.key_id = ${row.keyId} AND o.taken_at IS NULL
          AND o.refused_at IS NULL AND o.expires_at > ${now}) <= ${limit}`,
      ),
    ),
  expectChanged(db),
]

/** With the key that asked. */
const withKey = (db: Db) =>
  db
    .select({ approval: p, keyName: apiKeys.name, keyHint: apiKeys.hint })
    .from(p)
    .innerJoin(apiKeys, eq(apiKeys.id, p.keyId))

export type ApprovalWithKey = Awaited<ReturnType<typeof selectApprovals>>[number]

/** Of one person, newest first. */
export const selectApprovals = (db: Db, userId: string, limit: number) =>
  withKey(db).where(eq(p.userId, userId)).orderBy(desc(p.requestedAt)).limit(limit).catch(unavailable)

export async function selectApproval(db: Db, userId: string, id: string): Promise<ApprovalWithKey | undefined> {
  const [row] = await withKey(db)
    .where(and(eq(p.id, id), eq(p.userId, userId)))
    .catch(unavailable)
  return row
}

/** Only what still waits for an answer. */
export const answerApproval = (
  db: Db,
  id: string,
  now: number,
  answer: Partial<Pick<ApprovalRow, 'approvedAt' | 'refusedAt' | 'expiresAt'>>,
): Statement[] => [
  db
    .update(p)
    .set(answer)
    .where(and(eq(p.id, id), isNull(p.approvedAt), isOpen(now))),
  expectChanged(db),
]

/** True for the one request that takes it. */
export async function takeApproved(db: Db, keyId: string, requestHash: string, now: number): Promise<boolean> {
  const rows = await db
    .update(p)
    .set({ takenAt: now })
    .where(and(eq(p.keyId, keyId), eq(p.requestHash, requestHash), isNotNull(p.approvedAt), isOpen(now)))
    .returning({ id: p.id })
    .catch(unavailable)
  return rows.length > 0
}

export async function deleteApprovals(db: Db, before: number): Promise<void> {
  await db.delete(p).where(lt(p.expiresAt, before))
}

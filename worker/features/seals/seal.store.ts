import { and, asc, count, desc, gt, gte, lt, lte, max, sql } from 'drizzle-orm'
import { schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import type { Seal, SealedRow } from './chain.ts'

const { auditLog: a, auditSeals: s } = schema

/** In the order of `rowColumns`; the snapshots as their stored text. */
const columns = {
  seq: a.seq,
  id: a.id,
  operationId: a.operationId,
  at: a.at,
  phase: a.phase,
  action: a.action,
  actorKind: a.actorKind,
  actorId: a.actorId,
  actorName: a.actorName,
  targetType: a.targetType,
  targetId: a.targetId,
  targetName: a.targetName,
  reason: a.reason,
  errorCode: a.errorCode,
  source: a.source,
  ip: a.ip,
  userAgent: a.userAgent,
  requestId: a.requestId,
  before: sql<string | null>`${a.before}`.as('before_text'),
  after: sql<string | null>`${a.after}`.as('after_text'),
  keyId: a.keyId,
  keyName: a.keyName,
}

async function read<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query
  } catch (error) {
    throw toAppError(error)
  }
}

export async function selectRows(db: Db, fromSeq: number, toSeq: number, limit: number): Promise<SealedRow[]> {
  const where = and(gte(a.seq, fromSeq), lte(a.seq, toSeq))
  const rows = await read(db.select(columns).from(a).where(where).orderBy(asc(a.seq)).limit(limit))
  return rows.map((row) => ({ seq: row.seq, values: Object.values(row) }))
}

export async function selectLastSeal(db: Db): Promise<Seal | undefined> {
  return (await read(db.select().from(s).orderBy(desc(s.number)).limit(1)))[0]
}

export function selectSealsAfter(db: Db, number: number, limit: number): Promise<Seal[]> {
  return read(db.select().from(s).where(gt(s.number, number)).orderBy(asc(s.number)).limit(limit))
}

export function selectSealsBetween(db: Db, from: number, to: number): Promise<Seal[]> {
  return read(
    db
      .select()
      .from(s)
      .where(and(gte(s.number, from), lte(s.number, to)))
      .orderBy(asc(s.number)),
  )
}

/** Newest first, without the digests. */
export function selectSealPage(db: Db, before: number | null, limit: number) {
  return read(
    db
      .select({
        number: s.number,
        at: s.at,
        fromSeq: s.fromSeq,
        toSeq: s.toSeq,
        hash: s.hash,
        keyId: s.keyId,
      })
      .from(s)
      .where(before === null ? undefined : lt(s.number, before))
      .orderBy(desc(s.number))
      .limit(limit),
  )
}

/** The head of the log, and rows that stand before its first number: there are none unless somebody put them there. */
export async function selectHead(db: Db): Promise<{ lastSeq: number; strayRows: number }> {
  const [last] = await read(db.select({ value: max(a.seq) }).from(a))
  const [stray] = await read(db.select({ value: count() }).from(a).where(lt(a.seq, 1)))
  return { lastSeq: last?.value ?? 0, strayRows: stray?.value ?? 0 }
}

export const insertSeal = (db: Db, seal: Seal): Statement => db.insert(s).values(seal)

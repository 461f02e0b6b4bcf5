import { and, eq, getTableColumns, gte, inArray, lt, ne, notExists } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { schema, type Db } from '../../db/index.ts'
import type { AuditEntry } from '../../kernel/audit.ts'
import { newId } from '../../kernel/id.ts'

const { auditLog, operations } = schema

export interface Beginning {
  started: AuditEntry | undefined
  accepted: AuditEntry | undefined
}

/** The rows an operation began with; its last one names the same actor and target. */
export async function selectBeginning(db: Db, operationId: string): Promise<Beginning> {
  const rows: AuditEntry[] = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.operationId, operationId), inArray(auditLog.phase, ['started', 'accepted'])))
  const of = (phase: AuditEntry['phase']) => rows.find((row) => row.phase === phase)
  return { started: of('started'), accepted: of('accepted') }
}

/** Operation ids sort by their time, and are indexed: a window of time costs what is in it, not the whole log. */
const firstIdOf = (ms: number) => newId('opr', ms).slice(0, 'opr_'.length + 10)

/** Rows `started` between the two times that nothing followed: whoever wrote them died. */
export async function selectAbandoned(db: Db, after: number, before: number, limit: number): Promise<AuditEntry[]> {
  const later = alias(auditLog, 'later')
  const hasEnd = db
    .select({ seq: later.seq })
    .from(later)
    .where(and(eq(later.operationId, auditLog.operationId), ne(later.phase, 'started')))
  const isFollowed = db.select({ id: operations.id }).from(operations).where(eq(operations.id, auditLog.operationId))
  const { seq: _seq, ...columns } = getTableColumns(auditLog)
  return db
    .select(columns)
    .from(auditLog)
    .where(
      and(
        gte(auditLog.operationId, firstIdOf(after)),
        lt(auditLog.operationId, firstIdOf(before)),
        eq(auditLog.phase, 'started'),
        notExists(hasEnd),
        notExists(isFollowed),
      ),
    )
    .limit(limit)
}

import { and, asc, count, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { decodeCursor, toPage, type Page } from '../../kernel/page.ts'
import type { AuditFilter } from './schemas.ts'

const { auditLog: row } = schema
const first = alias(row, 'first')

export type AuditRow = typeof row.$inferSelect
/** A row, and the one its operation began with. */
export interface AuditRowInOperation {
  row: AuditRow
  first: Pick<AuditRow, keyof typeof firstColumns>
}

const firstColumns = {
  seq: first.seq,
  at: first.at,
  actorKind: first.actorKind,
  actorId: first.actorId,
  actorName: first.actorName,
  source: first.source,
  ip: first.ip,
  userAgent: first.userAgent,
  requestId: first.requestId,
  keyId: first.keyId,
  keyName: first.keyName,
}

const firstSeqOf = (operationId: SQLiteColumn) =>
  sql`(SELECT min(seq) FROM audit_log AS other WHERE other.operation_id = ${operationId})`
const latestSeqOf = (operationId: SQLiteColumn) =>
  sql`(SELECT max(seq) FROM audit_log AS other WHERE other.operation_id = ${operationId})`

/** Newest first. A cursor is a `seq`: rows are only ever added, so a page never shifts. */
export async function selectAudit(db: Db, filter: AuditFilter): Promise<Page<AuditRowInOperation>> {
  try {
    const rows = await (filter.view === 'operations' ? operationsQuery(db, filter) : rowsQuery(db, filter))
    const key = filter.view === 'operations' ? 'first' : 'row'
    return toPage(rows, filter.limit, (entry) => [filter.view, entry[key].seq])
  } catch (error) {
    throw toAppError(error)
  }
}

const rowsQuery = (db: Db, filter: AuditFilter) =>
  db
    .select({ row, first: firstColumns })
    .from(row)
    .innerJoin(first, eq(first.seq, firstSeqOf(row.operationId)))
    .where(and(matches(row, filter), isOneOf(row.phase, filter.phase), before(row.seq, filter)))
    .orderBy(desc(row.seq))
    .limit(filter.limit + 1)

/**
 * An operation stands where it began, so that it keeps its place while it goes on; who, what and when are of its
 * first row, the result of its latest.
 */
const operationsQuery = (db: Db, filter: AuditFilter) =>
  db
    .select({ row, first: firstColumns })
    .from(first)
    .innerJoin(row, eq(row.seq, latestSeqOf(first.operationId)))
    .where(
      and(
        sql`${first.seq} = ${firstSeqOf(first.operationId)}`,
        matches(first, filter),
        latestPhaseIn(filter.phase),
        before(first.seq, filter),
      ),
    )
    .orderBy(desc(first.seq))
    .limit(filter.limit + 1)

type AuditTable = typeof row | typeof first

function matches(table: AuditTable, filter: AuditFilter): SQL | undefined {
  return and(
    isOneOf(table.actorId, filter.actorId),
    isOneOf(table.keyId, filter.keyId),
    filter.targetType && eq(table.targetType, filter.targetType),
    filter.targetId === undefined ? undefined : eq(table.targetId, filter.targetId),
    isOneOf(table.action, filter.action),
    filter.from === undefined ? undefined : gte(table.at, filter.from),
    filter.to === undefined ? undefined : lt(table.at, filter.to),
    filter.q ? sql`(${within(table.actorName, filter.q)} OR ${within(table.targetName, filter.q)})` : undefined,
  )
}

/** Rare results are found by their index first; the latest row then decides. */
function latestPhaseIn(phases: readonly string[] | undefined): SQL | undefined {
  if (!phases || phases.length === 0) return undefined
  const rare = !phases.some((phase) => phase === 'started' || phase === 'succeeded')
  const candidates = sql`${first.operationId} IN (SELECT operation_id FROM audit_log WHERE phase IN ${valuesOf(phases)})`
  return and(rare ? candidates : undefined, isOneOf(row.phase, phases))
}

/** `instr`, so that `%` and `_` are ordinary characters. */
const within = (column: SQLiteColumn, text: string) => sql`instr(lower(${column}), lower(${text})) > 0`

/**
 * However many, one bound parameter. A single value is compared with `=`: its index then gives the newest rows first,
 * and a page reads as many rows as it shows; any list would be sorted as a whole.
 */
function isOneOf(column: SQLiteColumn, values: readonly string[] | undefined): SQL | undefined {
  const [only, ...more] = values ?? []
  if (only === undefined) return undefined
  return more.length === 0 ? sql`${column} = ${only}` : sql`${column} IN ${valuesOf([only, ...more])}`
}

const valuesOf = (values: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

function before(seq: SQLiteColumn, filter: AuditFilter): SQL | undefined {
  if (filter.cursor === undefined) return undefined
  const [view, last] = decodeCursor(filter.cursor, 2)
  if (view !== filter.view || typeof last !== 'number') {
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: 'Not a cursor of this view.' }] })
  }
  return lt(seq, last)
}

/** Every row of an operation, oldest first. */
export async function selectOperationRows(db: Db, operationId: string): Promise<AuditRow[]> {
  try {
    return await db.select().from(row).where(eq(row.operationId, operationId)).orderBy(asc(row.seq))
  } catch (error) {
    throw toAppError(error)
  }
}

/** How far back facets look: enough to fill a menu, few enough to count at once. */
const facetRows = 10_000

export async function selectAuditFacets(db: Db) {
  const recent = sql`${row.seq} > (SELECT coalesce(max(seq), 0) - ${facetRows} FROM audit_log)`
  const value = count()
  try {
    const [actors, actions, phases] = await db.batch([
      db
        .select({ value: row.actorId, label: sql<string>`max(${row.actorName})`, count: value })
        .from(row)
        .where(and(recent, sql`${row.actorId} <> ''`))
        .groupBy(row.actorId)
        .orderBy(desc(value), row.actorId),
      db.select({ value: row.action, count: value }).from(row).where(recent).groupBy(row.action).orderBy(desc(value)),
      db.select({ value: row.phase, count: value }).from(row).where(recent).groupBy(row.phase).orderBy(desc(value)),
    ])
    return { actors, actions, phases }
  } catch (error) {
    throw toAppError(error)
  }
}

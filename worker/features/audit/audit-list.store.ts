import { and, asc, count, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { auditTargets } from '../../kernel/audit.ts'
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

/**
 * Newest first; a cursor is the time and number of the last entry: rows are only ever added, so nothing is lost between
 * pages. What one index gives in order is read from it alone. Anything else is looked for among the newest rows first,
 * where whatever is frequent fills a page; what is not found there is rare, and found by the index of what makes it so.
 */
export async function selectAudit(db: Db, filter: AuditFilter): Promise<Page<AuditRowInOperation>> {
  try {
    const cursor = cursorOf(filter)
    const query = filter.view === 'operations' ? operationsQuery : rowsQuery
    let rows: AuditRowInOperation[] | undefined
    if (!isOrdered(filter)) rows = await query(db, filter, cursor, newestRows(filter, cursor))
    if (!rows || rows.length <= filter.limit) rows = await query(db, filter, cursor, null)
    const key = filter.view === 'operations' ? 'first' : 'row'
    return toPage(rows, filter.limit, (entry) => [filter.view, entry[key].at, entry[key].seq])
  } catch (error) {
    throw toAppError(error)
  }
}

type Cursor = { at: number; seq: number } | null

const rowsQuery = (db: Db, filter: AuditFilter, cursor: Cursor, since: SQL | null) =>
  db
    .select({ row, first: firstColumns })
    .from(row)
    .innerJoin(first, eq(first.seq, firstSeqOf(row.operationId)))
    .where(and(matches(row, filter, since), isOneOf(row.phase, filter.phase), before(row, cursor)))
    .orderBy(...newestFirst(row, filter, since))
    .limit(filter.limit + 1)

/**
 * An operation stands where it began, so that it keeps its place while it goes on; who, what and when are of its
 * first row, the result of its latest.
 */
const operationsQuery = (db: Db, filter: AuditFilter, cursor: Cursor, since: SQL | null) =>
  db
    .select({ row, first: firstColumns })
    .from(first)
    .innerJoin(row, eq(row.seq, latestSeqOf(first.operationId)))
    .where(
      and(
        sql`${first.seq} = ${firstSeqOf(first.operationId)}`,
        matches(first, filter, since),
        latestPhaseIn(filter, since),
        before(first, cursor),
      ),
    )
    .orderBy(...newestFirst(first, filter, since))
    .limit(filter.limit + 1)

type AuditTable = typeof row | typeof first

function matches(table: AuditTable, filter: AuditFilter, since: SQL | null): SQL | undefined {
  return and(
    isOneOf(table.actorId, filter.actorId),
    isOneOf(table.keyId, filter.keyId),
    isTarget(table, filter),
    isOneOf(table.action, filter.action),
    filter.from === undefined ? undefined : gte(table.at, filter.from),
    filter.to === undefined ? undefined : lt(table.at, filter.to),
    since ? gte(table.at, since) : undefined,
    filter.q ? named(table, filter.q, since) : undefined,
  )
}

/** An id alone would have no index: it is asked for with every type there is. */
function isTarget(table: AuditTable, { targetType, targetId }: AuditFilter): SQL | undefined {
  const type = targetType ?? (targetId === undefined ? undefined : [...auditTargets])
  const types = typeof type === 'string' ? [type] : type
  return and(isOneOf(table.targetType, types), targetId === undefined ? undefined : eq(table.targetId, targetId))
}

/** How many of the newest rows are looked at before an index is asked for what is rare. */
const newest = 2_000

/** The time of the row that ends the newest ones; of none where there are fewer. */
function newestRows(filter: AuditFilter, cursor: Cursor): SQL {
  const until = Math.min(cursor?.at ?? Number.MAX_SAFE_INTEGER, filter.to ?? Number.MAX_SAFE_INTEGER)
  return sql`coalesce((SELECT at FROM audit_log AS recent WHERE at <= ${until} ORDER BY at DESC LIMIT 1 OFFSET ${newest}), 0)`
}

/** Whether one index gives what is asked for in the order of the list. */
function isOrdered({ view, q, actorId, action, phase, targetType, targetId }: AuditFilter): boolean {
  const lists = [actorId ?? [], action ?? [], phase ?? []]
  const target = (targetType ? 1 : 0) + (targetId === undefined ? 0 : 1)
  const given = lists.filter((list) => list.length > 0).length + (target > 0 ? 1 : 0)
  const isSorted = lists.every((list) => list.length <= 1) && target !== 1 && !(view === 'operations' && phase?.length)
  return !q && isSorted && given <= 1
}

/** Where the rare is looked for, no index may be taken for its order: the plus sign keeps it from that. */
function newestFirst(table: AuditTable, filter: AuditFilter, since: SQL | null): SQL[] {
  return isOrdered(filter) || since
    ? [desc(table.at), desc(table.seq)]
    : [sql`+${table.at} DESC`, sql`+${table.seq} DESC`]
}

/** The latest row decides. What has not ended is known; rare results are found by their index. */
function latestPhaseIn(filter: AuditFilter, since: SQL | null): SQL | undefined {
  const { phase: phases, from } = filter
  if (!phases || phases.length === 0) return undefined
  const latest = isOneOf(row.phase, phases)
  if (since || (phases.includes('succeeded') && isNarrow(filter))) return latest
  const ended = phases.filter((phase) => !isOpen(phase))
  const open = sql`SELECT operation_id FROM audit_open WHERE phase IN ${valuesOf(phases)}`
  const after = from === undefined ? sql`` : sql` AND at >= ${from}`
  const rare = sql`SELECT operation_id FROM audit_log WHERE phase IN ${valuesOf(ended)}${after}`
  const sets = [...(phases.some(isOpen) ? [open] : []), ...(ended.length > 0 ? [rare] : [])]
  return and(sql`${first.operationId} IN (${sql.join(sets, sql` UNION `)})`, latest)
}

/** Whether something besides the result has an index of its own. */
const isNarrow = ({ q, actorId, action, targetType, targetId }: AuditFilter) =>
  Boolean(q || actorId?.length || action?.length || targetType || targetId !== undefined)

const isOpen = (phase: string) => phase === 'started' || phase === 'accepted'

/** Among the newest rows the names themselves; else the rows of every name that contains it. */
function named(table: AuditTable, text: string, since: SQL | null): SQL {
  if (since) return sql`(${contains(table.actorName, text)} OR ${contains(table.targetName, text)})`
  return sql`(${table.actorName} IN ${namesWith('actor_name', text)} OR ${table.targetName} IN ${namesWith('target_name', text)})`
}

/** Every different name, one step in its index each, and of these the ones that contain the text. */
function namesWith(column: 'actor_name' | 'target_name', text: string): SQL {
  const name = sql.raw(column)
  return sql`(
    WITH RECURSIVE names (name) AS (
      SELECT min(${name}) FROM audit_log
      UNION ALL
      SELECT (SELECT min(${name}) FROM audit_log WHERE ${name} > names.name) FROM names WHERE names.name IS NOT NULL
    ) SELECT name FROM names WHERE ${contains(sql`name`, text)})`
}

/** `instr`, so that `%` and `_` are ordinary characters. */
const contains = (column: SQLiteColumn | SQL, text: string) => sql`instr(lower(${column}), lower(${text})) > 0`

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

const before = (table: AuditTable, cursor: Cursor): SQL | undefined =>
  cursor ? sql`(${table.at}, ${table.seq}) < (${cursor.at}, ${cursor.seq})` : undefined

function cursorOf(filter: AuditFilter): Cursor {
  if (filter.cursor === undefined) return null
  const [view, at, seq] = decodeCursor(filter.cursor, 3)
  if (view !== filter.view || typeof at !== 'number' || typeof seq !== 'number') {
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: 'Not a cursor of this view.' }] })
  }
  return { at, seq }
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

import { and, asc, count, desc, eq, getTableColumns, isNull, sql, type SQL } from 'drizzle-orm'
import { schema, toAppError, withinReach, type Db } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { decodeCursor, toPage, type Page } from '../../kernel/page.ts'
import type { Reach } from '../../kernel/reach.ts'
import type { ServerFilter } from './inputs.ts'
import { sortKeyOf, type ServerSort, type ServerSortKey } from './rules.ts'
import { matchesFilter } from './server-filter.store.ts'

const { servers: s, serverMetadata: m, operations: o, accounts: a } = schema

const { digest: _digest, ...serverColumns } = getTableColumns(s)

export const rowColumns = {
  ...serverColumns,
  displayName: m.displayName,
  tags: m.tags,
  project: m.project,
  environment: m.environment,
  ownerLockedAt: sql<number | null>`(SELECT lock.locked_at FROM owner_locks AS lock WHERE lock.server_id = ${s.id})`.as(
    'owner_locked_at',
  ),
}

/** Only `name` stands in an index: the count of all pages reads every row anyway, and each index is written by syncs. */
const sortValues: Record<ServerSortKey, SQL<string | number>> = {
  name: sql`${s.name}`,
  status: sql`${s.status}`,
  project: sql`coalesce(${m.project}, '')`,
  type: sql`${s.typeName}`,
  location: sql`${s.location}`,
  monthly: sql`coalesce(CAST(${s.monthlyNet} AS REAL), -1)`,
  created: sql`${s.providerCreatedAt}`,
  changed: sql`${s.changedAt}`,
}

/** An order tells what it orders by, and so does its cursor: a price that is not theirs to see is as unknown. */
function sortValueOf(key: ServerSortKey, priced: Reach): SQL<string | number> {
  const known = key === 'monthly' ? withinReach(priced) : undefined
  return known ? sql`CASE WHEN ${known} THEN ${sortValues[key]} ELSE -1 END` : sortValues[key]
}
const numericSorts: readonly ServerSortKey[] = ['monthly', 'created', 'changed']

/**
 * One page of what is within reach, the count of all pages, and what is shown beside a row: one call of the database.
 * `priced`: where prices may be seen.
 */
export async function selectServers(db: Db, filter: ServerFilter, reach: Reach, priced: Reach) {
  const where = and(matchesFilter(filter), withinReach(reach))
  try {
    const [rows, totals, open, accountRows] = await db.batch([
      pageQuery(db, filter, where, priced),
      db.select({ value: count() }).from(s).leftJoin(m, eq(m.serverId, s.id)).where(where),
      openOperations(db),
      accountBriefs(db),
    ])
    const page = toPage(rows, filter.limit, (row) => [filter.sort, row.sortValue, row.id])
    return { page: page satisfies Page<unknown>, total: totals[0]?.value ?? 0, open, accounts: accountRows }
  } catch (error) {
    throw toAppError(error)
  }
}

export function pageQuery(db: Db, filter: ServerFilter, where: SQL | undefined, priced: Reach) {
  const value = sortValueOf(sortKeyOf(filter.sort), priced)
  // D1 gives the rows of a batch as objects: a second column called `name` would swallow the first.
  const sortValue = value.as('sort_value')
  const order = filter.sort.startsWith('-') ? desc : asc
  return db
    .select({ ...rowColumns, sortValue })
    .from(s)
    .leftJoin(m, eq(m.serverId, s.id))
    .where(and(where, filter.cursor === undefined ? undefined : after(filter.sort, value, filter.cursor)))
    .orderBy(order(value), order(s.id))
    .limit(filter.limit + 1)
}

function after(sort: ServerSort, value: SQL, cursor: string): SQL {
  const [madeFor, last, id] = decodeCursor(cursor, 3)
  const expected = numericSorts.includes(sortKeyOf(sort)) ? 'number' : 'string'
  if (madeFor !== sort || typeof last !== expected || typeof id !== 'string') {
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: 'Not a cursor of this order.' }] })
  }
  return sort.startsWith('-')
    ? sql`(${value}, ${s.id}) < (${last}, ${id})`
    : sql`(${value}, ${s.id}) > (${last}, ${id})`
}

/** All of the fleet's: few at any time, and so no page has to be known first. */
const openOperations = (db: Db) =>
  db
    .select({
      id: o.id,
      serverId: o.serverId,
      action: o.action,
      status: o.status,
      progress: o.progress,
      actorName: o.actorName,
      startedAt: o.startedAt,
    })
    .from(o)
    .where(isNull(o.finishedAt))
    .orderBy(o.startedAt)

const accountBriefs = (db: Db) =>
  db
    .select({
      id: a.id,
      name: a.name,
      provider: a.provider,
      state: a.state,
      lastSyncAt: a.lastSyncAt,
    })
    .from(a)

type Selected = Awaited<ReturnType<typeof selectServers>>
export type ServerRow = Omit<Selected['page']['items'][number], 'sortValue'>
export type AccountRow = Selected['accounts'][number]
export type OpenOperation = Selected['open'][number]

import { and, count, desc, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm'
import { schema, toAppError, withinReach, type Db } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { decodeCursor, toPage } from '../../kernel/page.ts'
import type { Reach } from '../../kernel/reach.ts'
import { newestPrices, toPricesByAccount } from './price.store.ts'
import { monthStart } from './rules.ts'

const { servers: s, serverMetadata: m, accounts: a } = schema

/** What cost anything in the month of `asOf`: what is there, and what went away during it. */
export const billedInMonthOf = (asOf: number): SQL | undefined =>
  or(isNull(s.deletedAt), gt(s.deletedAt, monthStart(asOf)))

/** What decides a price; `createdAt` within the month only, so that alike servers are one row. */
const priceFacts = (asOf: number) => ({
  accountId: s.accountId,
  typeName: s.typeName,
  location: s.location,
  hourlyNet: s.hourlyNet,
  monthlyNet: s.monthlyNet,
  currency: s.currency,
  backups: s.backups,
  deletedAt: s.deletedAt,
  hasIpv4: sql<number>`${s.ipv4} IS NOT NULL`.as('has_ipv4'),
  createdAt: sql<number>`max(${s.providerCreatedAt}, ${monthStart(asOf)})`.as('billed_from'),
  off: sql<number>`${s.status} = 'off'`.as('is_off'),
  project: sql<string>`coalesce(${m.project}, '')`.as('project_key'),
  environment: sql<string>`coalesce(${m.environment}, '')`.as('environment_key'),
})

const groupsQuery = (db: Db, asOf: number, reach: Reach) => {
  const facts = priceFacts(asOf)
  return db
    .select({ ...facts, servers: count() })
    .from(s)
    .leftJoin(m, eq(m.serverId, s.id))
    .where(and(billedInMonthOf(asOf), withinReach(reach)))
    .groupBy(...(Object.values(facts) as unknown as SQL[]))
}

export type CostGroupRow = Awaited<ReturnType<typeof groupsQuery>>[number]

/** The fleet within reach as groups of servers that cost the same, and the price lists: one call of the database. */
export async function selectFleetCosts(db: Db, asOf: number, reach: Reach) {
  try {
    const [groups, prices, accounts] = await db.batch([
      groupsQuery(db, asOf, reach),
      newestPrices(db),
      db.select({ id: a.id, name: a.name }).from(a),
    ])
    return {
      groups,
      prices: toPricesByAccount(prices),
      accountNames: new Map(accounts.map(({ id, name }) => [id, name])),
    }
  } catch (error) {
    throw toAppError(error)
  }
}

/** A page of servers, the dearest types first. */
export async function selectBilledServers(
  db: Db,
  asOf: number,
  page: { limit: number; cursor?: string | undefined },
  reach: Reach,
) {
  const price = sql<number>`coalesce(CAST(${s.monthlyNet} AS REAL), -1)`
  try {
    const rows = await db
      .select({
        ...priceFacts(asOf),
        id: s.id,
        name: s.name,
        status: s.status,
        displayName: m.displayName,
        price,
      })
      .from(s)
      .leftJoin(m, eq(m.serverId, s.id))
      .where(
        and(
          billedInMonthOf(asOf),
          withinReach(reach),
          page.cursor === undefined ? undefined : after(price, page.cursor),
        ),
      )
      .orderBy(desc(price), desc(s.id))
      .limit(page.limit + 1)
    return toPage(rows, page.limit, (row) => [row.price, row.id])
  } catch (error) {
    throw toAppError(error)
  }
}

export type BilledServerRow = Awaited<ReturnType<typeof selectBilledServers>>['items'][number]

function after(price: SQL, cursor: string): SQL {
  const [last, id] = decodeCursor(cursor, 2)
  if (typeof last !== 'number' || typeof id !== 'string') {
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: 'Not a cursor of this list.' }] })
  }
  return sql`(${price}, ${s.id}) < (${last}, ${id})`
}

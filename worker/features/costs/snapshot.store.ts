import { and, asc, count, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import { schema, toAppError, withinReach, type Db, type Statement } from '../../db/index.ts'
import type { Reach } from '../../kernel/reach.ts'
import { billedInMonthOf } from './cost.store.ts'

const { costSnapshots: c, servers: s, serverMetadata: m } = schema

export type CostSnapshot = typeof c.$inferSelect

/** Servers that cost anything in the month of `asOf`, in the order of their ids, from behind `afterId`. */
export async function selectServersToSnapshot(db: Db, asOf: number, afterId: string, limit: number) {
  try {
    return await db
      .select({
        id: s.id,
        accountId: s.accountId,
        name: s.name,
        status: s.status,
        typeName: s.typeName,
        location: s.location,
        hourlyNet: s.hourlyNet,
        monthlyNet: s.monthlyNet,
        currency: s.currency,
        ipv4: s.ipv4,
        backups: s.backups,
        createdAt: s.providerCreatedAt,
        deletedAt: s.deletedAt,
        project: m.project,
        environment: m.environment,
      })
      .from(s)
      .leftJoin(m, eq(m.serverId, s.id))
      .where(and(gt(s.id, afterId), billedInMonthOf(asOf)))
      .orderBy(asc(s.id))
      .limit(limit)
  } catch (error) {
    throw toAppError(error)
  }
}

/** One statement for up to 1,000 rows. Writing a day again changes only what differs. */
export function upsertSnapshots(db: Db, rows: readonly CostSnapshot[]): Statement {
  const values = rows.map((r) => [
    r.day,
    r.serverId,
    r.accountId,
    r.name,
    r.project,
    r.environment,
    r.location,
    r.status,
    r.currency,
    r.monthlyNet,
    r.monthToDateNet,
  ])
  return db
    .insert(c)
    .select(
      sql`SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
        value ->> 8, value ->> 9, value ->> 10 FROM json_each(${JSON.stringify(values)}) WHERE true`,
    )
    .onConflictDoUpdate({
      target: [c.day, c.serverId],
      set: {
        name: sql`excluded.name`,
        project: sql`excluded.project`,
        environment: sql`excluded.environment`,
        location: sql`excluded.location`,
        status: sql`excluded.status`,
        currency: sql`excluded.currency`,
        monthlyNet: sql`excluded.monthly_net`,
        monthToDateNet: sql`excluded.month_to_date_net`,
      },
      setWhere: sql`(excluded.name, excluded.project, excluded.environment, excluded.location, excluded.status,
        excluded.currency, excluded.monthly_net, excluded.month_to_date_net) IS NOT
        (${c.name}, ${c.project}, ${c.environment}, ${c.location}, ${c.status},
        ${c.currency}, ${c.monthlyNet}, ${c.monthToDateNet})`,
    })
}

/** As servers stand in reach today. Those that cost the same on a day are one row, so that the sums stay exact and few rows travel. */
export async function selectHistory(db: Db, fromDay: string, beforeDay: string, reach: Reach) {
  const within = withinReach(reach)
  const mine = db.select({ id: s.id }).from(s).leftJoin(m, eq(m.serverId, s.id)).where(within)
  const gone = sql<number>`${c.status} = 'deleted'`
  try {
    return await db
      .select({
        day: c.day,
        currency: c.currency,
        monthlyNet: c.monthlyNet,
        monthToDateNet: c.monthToDateNet,
        gone,
        servers: count(),
      })
      .from(c)
      .where(and(gte(c.day, fromDay), lt(c.day, beforeDay), within && inArray(c.serverId, mine)))
      .groupBy(c.day, c.currency, c.monthlyNet, c.monthToDateNet, gone)
      .orderBy(c.day)
  } catch (error) {
    throw toAppError(error)
  }
}

import { and, count, eq, sql } from 'drizzle-orm'
import { schema, toAppError, withinReach, type Db } from '../../db/index.ts'
import type { Reach } from '../../kernel/reach.ts'
import { present } from './server-filter.store.ts'

const { servers: s, serverMetadata: m, accounts: a } = schema

/** One scan of the fleet: servers that are alike in everything a facet tells apart are one row. */
export async function selectSummary(db: Db, reach: Reach) {
  const seen = and(present, withinReach(reach))
  const project = sql<string>`coalesce(${m.project}, '')`
  const environment = sql<string>`coalesce(${m.environment}, '')`
  const deprecated = sql<number>`${s.typeDeprecatedAt} IS NOT NULL`
  try {
    const [groups, tags, accounts] = await db.batch([
      db
        .select({
          accountId: s.accountId,
          status: s.status,
          location: s.location,
          typeName: s.typeName,
          rescue: s.rescue,
          project,
          environment,
          deprecated,
          servers: count(),
        })
        .from(s)
        .leftJoin(m, eq(m.serverId, s.id))
        .where(seen)
        .groupBy(s.accountId, s.status, s.location, s.typeName, s.rescue, project, environment, deprecated),
      db
        .select({ tag: sql<string>`tag.value`, servers: count() })
        .from(m)
        .innerJoin(s, eq(s.id, m.serverId))
        .innerJoin(sql`json_each(${m.tags}) AS tag`, sql`true`)
        .where(seen)
        .groupBy(sql`tag.value`),
      db
        .select({
          id: a.id,
          name: a.name,
          state: a.state,
          pausedAt: a.pausedAt,
          lastSyncAt: a.lastSyncAt,
        })
        .from(a)
        .where(sql`${a.removedAt} IS NULL`),
    ])
    return { groups, tags, accounts }
  } catch (error) {
    throw toAppError(error)
  }
}

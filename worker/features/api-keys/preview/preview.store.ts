import { and, asc, eq, isNull, not, sql, type SQL } from 'drizzle-orm'
import { schema, toAppError, withinReach, type Db } from '../../../db/index.ts'
import type { Reach } from '../../../kernel/reach.ts'
import type { Scope } from '../../../kernel/scope.ts'

const { servers: s, serverMetadata: m } = schema

const facts = {
  id: s.id,
  accountId: s.accountId,
  name: s.name,
  labels: s.labels,
  project: m.project,
  environment: m.environment,
}

/** Of the servers that somebody sees: how many are in these places, and the first that is and the first that is not. */
export async function selectExamples(db: Db, seen: Reach, scopes: readonly Scope[]) {
  const reach = withinReach(seen)
  const place = withinReach([{ allow: scopes, deny: [] }])
  const isIn = place ?? sql`1`
  const first = (where: SQL | undefined) =>
    db
      .select(facts)
      .from(s)
      .leftJoin(m, eq(m.serverId, s.id))
      .where(and(isNull(s.deletedAt), reach, where))
      .orderBy(asc(s.name), asc(s.id))
      .limit(1)
  const [[counted], [inside], [outside]] = await db
    .batch([
      db
        .select({
          total: sql<number>`count(*)`.as('seen_servers'),
          reached: sql<number>`coalesce(sum(${isIn}), 0)`.as('reached_servers'),
        })
        .from(s)
        .leftJoin(m, eq(m.serverId, s.id))
        .where(and(isNull(s.deletedAt), reach)),
      first(isIn),
      first(not(isIn)),
    ])
    .catch((error: unknown): never => {
      throw toAppError(error)
    })
  return { servers: { total: counted?.total ?? 0, reached: counted?.reached ?? 0 }, inside, outside }
}

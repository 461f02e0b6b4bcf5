import { and, eq, isNull } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'

const { servers: s, serverMetadata: m, accounts: a } = schema

/** A server as rules tell it apart, and as the provider calls it. */
export async function selectServerFacts(db: Db, accountId: string, providerId?: string) {
  return db
    .select({
      id: s.id,
      accountId: s.accountId,
      providerId: s.providerId,
      name: s.name,
      labels: s.labels,
      project: m.project,
      environment: m.environment,
    })
    .from(s)
    .leftJoin(m, eq(m.serverId, s.id))
    .where(
      and(
        eq(s.accountId, accountId),
        isNull(s.deletedAt),
        providerId === undefined ? undefined : eq(s.providerId, providerId),
      ),
    )
    .catch((error: unknown) => {
      throw toAppError(error)
    })
}

export type KnownServer = Awaited<ReturnType<typeof selectServerFacts>>[number]

/** Connected projects, as many as it takes to know whether there is only one. */
export const selectAccountIds = (db: Db) =>
  db
    .select({ id: a.id })
    .from(a)
    .where(isNull(a.removedAt))
    .catch((error: unknown) => {
      throw toAppError(error)
    })

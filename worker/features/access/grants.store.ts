import { and, asc, count, eq, sql } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../db/index.ts'

const { grants: g, users: u, servers: s, serverMetadata: m, accounts: a } = schema

export type GrantRow = typeof g.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** Written out, because a subquery would take a bare column for its own. */
const scopeName = sql<string | null>`coalesce(
  (SELECT servers.name FROM servers WHERE servers.id = ${g.scope} ->> 'serverId'),
  (SELECT accounts.name FROM accounts WHERE accounts.id = ${g.scope} ->> 'accountId'))`

/** In the order in which they were given. */
export const selectGrants = (db: Db, userId: string) =>
  db
    .select({ grant: g, createdByName: u.name, scopeName })
    .from(g)
    .leftJoin(u, eq(u.id, g.createdBy))
    .where(eq(g.userId, userId))
    .orderBy(asc(g.createdAt), asc(g.id))
    .catch(unavailable)

export async function selectGrant(db: Db, userId: string, grantId: string): Promise<GrantRow | undefined> {
  const [row] = await db
    .select()
    .from(g)
    .where(and(eq(g.userId, userId), eq(g.id, grantId)))
    .catch(unavailable)
  return row
}

export async function countGrants(db: Db, userId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(g).where(eq(g.userId, userId)).catch(unavailable)
  return row?.n ?? 0
}

/** Only for a person whose role is still the one the rule was checked against, and who has fewer than `limit`. */
export const insertGrant = (db: Db, row: GrantRow, role: string, limit: number): Statement[] => [
  db.insert(g).select(
    sql`SELECT ${row.id}, ${row.userId}, ${row.effect}, ${JSON.stringify(row.permissions)}, ${JSON.stringify(row.scope)},
      ${row.note}, ${row.createdAt}, ${row.createdBy}, ${row.expiresAt}
      WHERE EXISTS (SELECT 1 FROM users WHERE users.id = ${row.userId} AND users.role = ${role})
        AND (SELECT count(*) FROM grants AS g WHERE g.user_id = ${row.userId}) < ${limit}`,
  ),
  expectChanged(db),
]

export const deleteGrant = (db: Db, userId: string, grantId: string): Statement[] => [
  db.delete(g).where(and(eq(g.userId, userId), eq(g.id, grantId))),
  expectChanged(db),
]

/** The server with what rules can tell apart. */
export async function selectScopedServer(db: Db, serverId: string) {
  const [row] = await db
    .select({ id: s.id, accountId: s.accountId, labels: s.labels, project: m.project, environment: m.environment })
    .from(s)
    .leftJoin(m, eq(m.serverId, s.id))
    .where(eq(s.id, serverId))
    .catch(unavailable)
  return row
}

export async function accountExists(db: Db, accountId: string): Promise<boolean> {
  const rows = await db.select({ id: a.id }).from(a).where(eq(a.id, accountId)).catch(unavailable)
  return rows.length > 0
}

import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { rowColumns } from './server-list.store.ts'

const { servers: s, serverMetadata: m, accounts: a, operations: o, users: u } = schema

export type ServerRecord = typeof s.$inferSelect & { project: string | null; environment: string | null }

export async function selectServer(db: Db, serverId: string): Promise<ServerRecord | null> {
  try {
    const [row] = await db
      .select({ ...getTableColumns(s), project: m.project, environment: m.environment })
      .from(s)
      .leftJoin(m, eq(m.serverId, s.id))
      .where(eq(s.id, serverId))
    return row ?? null
  } catch (error) {
    throw toAppError(error)
  }
}

/** D1 gives the rows of a batch as objects: columns of the same name need one of their own. */
const accountColumns = {
  id: sql<string>`${a.id}`.as('brief_account_id'),
  name: sql<string>`${a.name}`.as('account_name'),
  provider: a.provider,
  state: a.state,
  stateSince: a.stateSince,
  access: a.access,
  pausedAt: a.pausedAt,
  lastSyncAt: a.lastSyncAt,
}

/** Everything its page shows, in one call; null when we never knew such a server. */
export async function selectServerDetail(db: Db, serverId: string) {
  try {
    const [rows, open] = await db.batch([
      db
        .select({
          server: rowColumns,
          account: accountColumns,
          notes: m.notes,
          metadataUpdatedAt: m.updatedAt,
          metadataUpdatedBy: sql<string | null>`${u.name}`.as('editor_name'),
        })
        .from(s)
        .innerJoin(a, eq(a.id, s.accountId))
        .leftJoin(m, eq(m.serverId, s.id))
        .leftJoin(u, eq(u.id, m.updatedBy))
        .where(eq(s.id, serverId)),
      db
        .select()
        .from(o)
        .where(and(eq(o.serverId, serverId), isNull(o.finishedAt)))
        .orderBy(o.startedAt),
    ])
    const [row] = rows
    return row ? { ...row, open } : null
  } catch (error) {
    throw toAppError(error)
  }
}

import { and, eq, getTableColumns, isNull, lte, sql, type Column, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../context.ts'
import { schema, toAppError, type Statement } from '../../db/index.ts'
import { notFound } from '../../kernel/errors.ts'

const { servers } = schema
const columns = Object.entries(getTableColumns(servers)) as [keyof ServerRow, Column][]

export type ServerRow = typeof servers.$inferSelect

/** What comes from the provider; the rest of a row is ours. */
export type MirroredServer = Omit<ServerRow, 'id' | 'accountId' | 'firstSeenAt' | 'changedAt' | 'deletedAt'>

/** What a pass has to know of a stored server to tell whether it changed. */
export type KnownServer = Pick<ServerRow, 'id' | 'providerId' | 'name' | 'digest' | 'deletedAt'>

/** Deleted ones too: they may come back. */
export async function findKnown(ctx: Ctx, accountId: string): Promise<KnownServer[]> {
  const { id, providerId, name, digest, deletedAt } = servers
  try {
    const query = ctx.db.select({ id, providerId, name, digest, deletedAt }).from(servers)
    return await query.where(eq(servers.accountId, accountId)).all()
  } catch (error) {
    throw toAppError(error)
  }
}

/** @throws AppError `not_found` */
export async function findServerOrThrow(ctx: Ctx, serverId: string): Promise<ServerRow> {
  try {
    const row = await ctx.db.select().from(servers).where(eq(servers.id, serverId)).get()
    if (row) return row
  } catch (error) {
    throw toAppError(error)
  }
  throw notFound('Server')
}

export interface MirrorChanges {
  accountId: string
  /** When reading began: rows written later than that are newer than what was read, and stay. */
  readAt: number
  /** Under a fresh id where the server is new; a known one keeps its own. */
  upserts: { id: string; server: MirroredServer; moved: boolean }[]
  /** Our ids of servers that are gone at the provider. */
  gone: string[]
}

export interface MirrorResult {
  changed: string[]
  deleted: string[]
}

const ids = (lists: { id: string }[][]) => lists.flat().map((row) => row.id)

/** All changes of a pass in one batch. @returns our ids of the rows that were really written */
export async function writeMirror(ctx: Ctx, changes: MirrorChanges): Promise<MirrorResult> {
  const { upserts, gone } = changes
  // Rows whose name or deletion differs touch an index; the others are written without touching any.
  const groups = [upserts.filter((entry) => entry.moved), upserts.filter((entry) => !entry.moved)]
  const statements = groups.flatMap((group, i) =>
    pack(ctx, changes, group).map((json) => upsert(ctx, changes, json, i === 0)),
  )
  const upsertCount = statements.length
  if (gone.length > 0) statements.push(markGone(ctx, changes))
  const [first, ...rest] = statements
  if (!first) return { changed: [], deleted: [] }
  try {
    const results = (await ctx.db.batch([first, ...rest])) as { id: string }[][]
    return { changed: ids(results.slice(0, upsertCount)), deleted: ids(results.slice(upsertCount)) }
  } catch (error) {
    throw toAppError(error)
  }
}

/** A string may hold 1 MB in a statement; characters outside ASCII need more than one byte. */
const maxChunkLength = 600_000
const maxChunkRows = 1_000

/** Rows as JSON arrays in the order of the table's columns, in as few texts as the limits allow. */
function pack(ctx: Ctx, { accountId }: MirrorChanges, entries: MirrorChanges['upserts']): string[] {
  const now = ctx.clock.now()
  const chunks: string[][] = []
  let length = Infinity
  for (const { id, server } of entries) {
    const row: ServerRow = { ...server, id, accountId, firstSeenAt: now, changedAt: now, deletedAt: null }
    const text = JSON.stringify(columns.map(([key, column]) => stored(column, row[key])))
    const chunk = chunks.at(-1)
    if (!chunk || length + text.length > maxChunkLength || chunk.length >= maxChunkRows) {
      chunks.push([text])
      length = text.length
    } else {
      chunk.push(text)
      length += text.length
    }
  }
  return chunks.map((chunk) => `[${chunk.join(',')}]`)
}

const stored = (column: Column, value: unknown) => (value === null ? null : column.mapToDriverValue(value))

/** What never changes, or only for rows that `moved`. */
const fixed = new Set<keyof ServerRow>(['id', 'accountId', 'providerId', 'providerCreatedAt', 'firstSeenAt'])
const indexed = new Set<keyof ServerRow>(['name', 'deletedAt'])

const assignments = (withIndexed: boolean): Record<string, SQL> =>
  Object.fromEntries(
    columns
      .filter(([key]) => !fixed.has(key) && (withIndexed || !indexed.has(key)))
      .map(([key, column]) => [key, sql.raw(`excluded.${column.name}`)]),
  )

/**
 * ONE statement for up to 1,000 servers: writes a row only where the digest differs, so that an unchanged fleet costs
 * no write (DESIGN §14). A project removed meanwhile gets nothing.
 */
function upsert(ctx: Ctx, { accountId, readAt }: MirrorChanges, json: string, moved: boolean) {
  const values = sql.join(
    columns.map((_, i) => sql.raw(`json_extract(item.value, '$[${i}]')`)),
    sql.raw(', '),
  )
  const differs = moved
    ? sql`(servers.digest IS NOT excluded.digest OR servers.deleted_at IS NOT NULL)`
    : sql`servers.digest IS NOT excluded.digest`
  return ctx.db
    .insert(servers)
    .select(
      sql`SELECT ${values} FROM json_each(${json}) AS item
        WHERE EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ${accountId} AND accounts.removed_at IS NULL)`,
    )
    .onConflictDoUpdate({
      target: [servers.accountId, servers.providerId],
      set: assignments(moved),
      setWhere: sql`${differs} AND servers.changed_at <= ${readAt}`,
    })
    .returning({ id: servers.id }) as unknown as Statement
}

function markGone(ctx: Ctx, { accountId, readAt, gone }: MirrorChanges) {
  const now = ctx.clock.now()
  const listed = sql`${servers.id} IN (SELECT value FROM json_each(${JSON.stringify(gone)}))`
  return ctx.db
    .update(servers)
    .set({ deletedAt: now, changedAt: now })
    .where(and(eq(servers.accountId, accountId), isNull(servers.deletedAt), lte(servers.changedAt, readAt), listed))
    .returning({ id: servers.id }) as unknown as Statement
}

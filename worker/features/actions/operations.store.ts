import { and, desc, eq, getTableColumns, inArray, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { chunk, expectChanged, schema, withinReach, type Db, type Statement } from '../../db/index.ts'
import type { ErrorCode } from '../../kernel/errors.ts'
import { decodeCursor, toPage, type Page } from '../../kernel/page.ts'
import type { Reach } from '../../kernel/reach.ts'
import type { ListOperationsInput } from './schemas.ts'

const { operations, servers, serverMetadata } = schema

type Stored = typeof operations.$inferSelect
/** With what is said about its server everywhere, where it has one. */
export type OperationRow = Stored & { serverName: string | null; serverProviderId: string | null }
/** One that is shown: of a server. */
export type ServerOperationRow = Stored & { serverId: string; serverName: string }

export interface PowerTarget {
  id: string
  accountId: string
  providerId: string
  name: string
  status: string
  deletedAt: number | null
  labels: Record<string, string>
  project: string | null
  environment: string | null
}

export interface OperationEnd {
  status: 'succeeded' | 'failed' | 'unknown'
  errorCode: ErrorCode | null
  errorMessage: string | null
}

const columns = getTableColumns(operations)

const rows = (db: Db) =>
  db
    .select({ ...columns, serverName: servers.name, serverProviderId: servers.providerId })
    .from(operations)
    .leftJoin(servers, eq(servers.id, operations.serverId))

const rowsOfServers = (db: Db) =>
  db
    .select({ ...columns, serverId: servers.id, serverName: servers.name })
    .from(operations)
    .innerJoin(servers, eq(servers.id, operations.serverId))
    .leftJoin(serverMetadata, eq(serverMetadata.serverId, servers.id))

const isOpen = isNull(operations.finishedAt)

export async function selectPowerTargets(db: Db, ids: readonly string[]): Promise<PowerTarget[]> {
  const { id, accountId, providerId, name, status, deletedAt, labels } = servers
  const { project, environment } = serverMetadata
  const facts = { id, accountId, providerId, name, status, deletedAt, labels, project, environment }
  const targets = (part: string[]) =>
    db.select(facts).from(servers).leftJoin(serverMetadata, eq(serverMetadata.serverId, id)).where(inArray(id, part))
  const lists = await Promise.all(chunk(ids).map(targets))
  return lists.flat()
}

export async function selectOperation(db: Db, id: string): Promise<OperationRow | undefined> {
  const [row] = await rows(db).where(eq(operations.id, id))
  return row
}

/** Only where its server is within `reach`. */
export async function selectServerOperation(db: Db, id: string, reach: Reach): Promise<ServerOperationRow | undefined> {
  const [row] = await rowsOfServers(db).where(and(eq(operations.id, id), withinReach(reach)))
  return row
}

/** Newest first. */
export async function selectOperations(
  db: Db,
  filter: ListOperationsInput,
  reach: Reach,
): Promise<Page<ServerOperationRow>> {
  const { serverId, open, cursor, limit } = filter
  const found = await rowsOfServers(db)
    .where(
      and(
        serverId === undefined ? undefined : eq(operations.serverId, serverId),
        open === 'true' ? isOpen : open === 'false' ? sql`${operations.finishedAt} IS NOT NULL` : undefined,
        cursor === undefined ? undefined : lt(operations.id, String(decodeCursor(cursor, 1)[0])),
        withinReach(reach),
      ),
    )
    .orderBy(desc(operations.id))
    .limit(limit + 1)
  return toPage(found, limit, (row) => [row.id])
}

export const insertOperation = (db: Db, row: typeof operations.$inferInsert): Statement =>
  db.insert(operations).values(row)

/** The provider has it: the follow-up takes over. Lost to whoever closed the operation in the meantime. */
export const acceptOperation = (
  db: Db,
  id: string,
  accepted: { providerActionId: string | null; progress: number; nextPollAt: number; alsoActions?: string[] },
): Statement[] => [
  db
    .update(operations)
    .set({ ...accepted, status: 'running' })
    .where(and(eq(operations.id, id), isOpen)),
  expectChanged(db),
]

/** The one way an operation ends; the second one to try loses. */
export const closeOperation = (db: Db, id: string, end: OperationEnd, finishedAt: number): Statement[] => [
  db
    .update(operations)
    .set({ ...end, finishedAt, ...(end.status === 'succeeded' ? { progress: 100 } : {}) })
    .where(and(eq(operations.id, id), isOpen)),
  expectChanged(db),
]

/** It was refused before it began: the audit log says so, and there is nothing to follow. */
export const forgetOperation = (db: Db, id: string): Statement =>
  db.delete(operations).where(and(eq(operations.id, id), isOpen, isNull(operations.providerActionId)))

/** What was created is known by now: its operation is shown with it, and holds its lock. */
export const assignServer = async (db: Db, id: string, serverId: string): Promise<void> => {
  await db.update(operations).set({ serverId }).where(eq(operations.id, id))
}

/** No answer came. What is known of it is kept, so that the follow-up looks for the right thing, soon. */
export const markLost = (db: Db, id: string, providerActionId: string | null, nextPollAt: number): Statement =>
  db
    .update(operations)
    .set(providerActionId === null ? { nextPollAt } : { nextPollAt, providerActionId, status: 'running' })
    .where(and(eq(operations.id, id), isOpen))

/**
 * Claims every open operation of the same account that is due, at most `limit`, this one first: whoever else looks
 * before `until` finds nothing to do (docs/decisions/0003). One that has no action at the provider yet is looked for
 * by its own follow-up only. `soon`: this one even if it is not due, because somebody waits for it.
 */
export async function claimDue(
  db: Db,
  id: string,
  { now, until, limit, soon }: { now: number; until: number; limit: number; soon: boolean },
): Promise<OperationRow[]> {
  const own = alias(operations, 'own')
  const due = db
    .select({ id: operations.id })
    .from(operations)
    .where(
      and(
        eq(operations.accountId, db.select({ accountId: own.accountId }).from(own).where(eq(own.id, id))),
        isOpen,
        soon ? or(lte(operations.nextPollAt, now), eq(operations.id, id)) : lte(operations.nextPollAt, now),
        or(eq(operations.id, id), sql`${operations.providerActionId} IS NOT NULL`),
      ),
    )
    .orderBy(sql`${operations.id} <> ${id}`, operations.nextPollAt)
    .limit(limit)
  const claimed = await db
    .update(operations)
    .set({ nextPollAt: until })
    .where(and(inArray(operations.id, due), isOpen))
    .returning({ id: operations.id })
  if (claimed.length === 0) return []
  const ids = claimed.map((row) => row.id)
  return rows(db).where(inArray(operations.id, ids))
}

export interface Progress {
  id: string
  progress: number
  nextPollAt: number
}

/** One statement for all of them. */
export async function saveProgress(db: Db, changes: readonly Progress[]): Promise<void> {
  if (changes.length === 0) return
  await db.run(sql`
    UPDATE operations SET progress = new.progress, next_poll_at = new.next_poll_at
    FROM (
      SELECT value ->> 'id' AS id, value ->> 'progress' AS progress, value ->> 'nextPollAt' AS next_poll_at
      FROM json_each(${JSON.stringify(changes)})
    ) AS new
    WHERE operations.id = new.id AND operations.finished_at IS NULL`)
}

/** Which of these actions of the provider belong to operations of ours. */
export async function selectKnownActions(db: Db, accountId: string, ids: readonly string[]): Promise<Set<string>> {
  const { providerActionId } = operations
  const lists = await Promise.all(
    chunk(ids, 1, 1).map((part) =>
      db
        .select({ providerActionId })
        .from(operations)
        .where(and(inArray(providerActionId, part), eq(operations.accountId, accountId))),
    ),
  )
  return new Set(lists.flat().flatMap((row) => row.providerActionId ?? []))
}

/** Ties a lost operation to the action it has caused. False when either has found another partner. */
export async function adoptAction(db: Db, row: OperationRow, providerActionId: string): Promise<boolean> {
  const other = alias(operations, 'other')
  const taken = db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.providerActionId, providerActionId), eq(other.accountId, row.accountId)))
  const changed = await db
    .update(operations)
    .set({ providerActionId, status: 'running' })
    .where(and(eq(operations.id, row.id), isOpen, isNull(operations.providerActionId), notExists(taken)))
    .returning({ id: operations.id })
  return changed.length > 0
}

/** Open operations that nobody has looked at since `before`: their alarm was lost, or never set. */
export async function selectNeglected(db: Db, before: number, limit: number): Promise<OperationRow[]> {
  return rows(db)
    .where(and(isOpen, lt(operations.nextPollAt, before)))
    .orderBy(operations.nextPollAt)
    .limit(limit)
}

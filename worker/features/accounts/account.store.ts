import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, ne, sql, type Placeholder } from 'drizzle-orm'
import type { Ctx } from '../../context.ts'
import { prepareOnce, schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import { notFound } from '../../kernel/errors.ts'

const { accounts, servers } = schema

export type AccountRow = typeof accounts.$inferSelect
export type NewAccountRow = typeof accounts.$inferInsert
export type ListedAccountRow = AccountRow & { serverCount: number }

const serverCount = sql<number>`(
  SELECT count(*) FROM servers WHERE servers.account_id = accounts.id AND servers.deleted_at IS NULL
)`
const connected = (id: string | Placeholder) => and(eq(accounts.id, id), isNull(accounts.removedAt))

const guarded = async <T>(query: Promise<T>): Promise<T> => {
  try {
    return await query
  } catch (error) {
    throw toAppError(error)
  }
}

const selectListed = (db: Db) => db.select({ ...getTableColumns(accounts), serverCount }).from(accounts)

/** Connected projects in the order of their names. */
export async function findAccounts(ctx: Ctx): Promise<ListedAccountRow[]> {
  const query = selectListed(ctx.db)
    .where(isNull(accounts.removedAt))
    .orderBy(sql`lower(${accounts.name})`, accounts.id)
  return guarded(query.all())
}

/** @throws AppError `not_found` also for a removed project. */
export async function findListedAccountOrThrow(ctx: Ctx, id: string): Promise<ListedAccountRow> {
  const found = await guarded(selectListed(ctx.db).where(connected(id)).get())
  if (!found) throw notFound('Project')
  return found
}

const connectedAccount = prepareOnce((db) =>
  db
    .select()
    .from(accounts)
    .where(connected(sql.placeholder('id')))
    .prepare(),
)

/** Asked at every call to the provider. @throws AppError `not_found` also for a removed project. */
export async function findAccountOrThrow(ctx: Ctx, id: string): Promise<AccountRow> {
  const row = await guarded(connectedAccount(ctx.db).get({ id }))
  if (!row) throw notFound('Project')
  return row
}

export const findAccountByFingerprint = (ctx: Ctx, fingerprint: string) =>
  guarded(
    ctx.db
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(and(eq(accounts.tokenFingerprint, fingerprint), isNull(accounts.removedAt)))
      .get(),
  )

/** Which of these provider ids this account has ever had, and whether it has any living server at all. */
export async function findKnownServers(ctx: Ctx, accountId: string, providerIds: readonly string[]) {
  const mine = eq(servers.accountId, accountId)
  const listed = sql`${servers.providerId} IN (SELECT value FROM json_each(${JSON.stringify(providerIds)}))`
  const [shared, living] = await guarded(
    ctx.db.batch([
      ctx.db.select({ id: servers.id }).from(servers).where(and(mine, listed)).limit(1),
      ctx.db
        .select({ id: servers.id })
        .from(servers)
        .where(and(mine, isNull(servers.deletedAt)))
        .limit(1),
    ]),
  )
  return { anyShared: shared.length > 0, anyLiving: living.length > 0 }
}

/** Tokens that an older master key seals, oldest accounts first. */
export const findOutdatedTokens = (ctx: Ctx, keyVersion: number, limit: number) =>
  guarded(
    ctx.db
      .select()
      .from(accounts)
      .where(and(isNull(accounts.removedAt), ne(accounts.tokenKeyVersion, keyVersion)))
      .orderBy(asc(accounts.createdAt))
      .limit(limit)
      .all(),
  )

export async function countOutdatedTokens(ctx: Ctx, keyVersion: number): Promise<number> {
  const outdated = and(isNull(accounts.removedAt), ne(accounts.tokenKeyVersion, keyVersion))
  const row = await guarded(
    ctx.db
      .select({ n: sql<number>`count(*)` })
      .from(accounts)
      .where(outdated)
      .get(),
  )
  return row?.n ?? 0
}

export const insertAccount = (db: Db, row: NewAccountRow): Statement => db.insert(accounts).values(row)

type Changes = Partial<Omit<AccountRow, 'id' | 'createdAt'>>

export const updateAccount = (db: Db, id: string, changes: Changes): Statement =>
  db.update(accounts).set(changes).where(connected(id))

export const pauseStatement = (db: Db, id: string, now: number): Statement =>
  db
    .update(accounts)
    .set({ pausedAt: now, updatedAt: now })
    .where(and(connected(id), isNull(accounts.pausedAt)))

export const resumeStatement = (db: Db, id: string, now: number): Statement =>
  db
    .update(accounts)
    .set({ pausedAt: null, nextSyncAt: now, updatedAt: now })
    .where(and(connected(id), isNotNull(accounts.pausedAt)))

/** Seals anew only what is still the secret that was opened: a token replaced meanwhile stays. */
export const resealStatement = (db: Db, opened: AccountRow, sealed: Changes): Statement =>
  db
    .update(accounts)
    .set(sealed)
    .where(and(connected(opened.id), eq(accounts.tokenCiphertext, opened.tokenCiphertext)))

/** The mirror of a removed project ends with it; rows, metadata and history stay. */
export const endServersOf = (db: Db, accountId: string, now: number): Statement =>
  db
    .update(servers)
    .set({ deletedAt: now, changedAt: now })
    .where(and(eq(servers.accountId, accountId), isNull(servers.deletedAt)))

/**
 * What a call showed about the project, written only where it is news: the state differs, and the token is still the
 * one that was used.
 * @returns whether a row changed
 */
export async function writeOutcome(
  ctx: Ctx,
  used: AccountRow,
  changes: Changes,
  from?: readonly AccountRow['state'][],
) {
  const conditions = [connected(used.id), eq(accounts.tokenFingerprint, used.tokenFingerprint)]
  if (changes.state) conditions.push(ne(accounts.state, changes.state))
  if (changes.access) conditions.push(ne(accounts.access, changes.access))
  if (from) conditions.push(inArray(accounts.state, [...from]))
  const query = ctx.db
    .update(accounts)
    .set(changes)
    .where(and(...conditions))
    .returning({ id: accounts.id })
  return (await guarded(query.all())).length > 0
}

import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { expectChanged, prepareOnce, schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import { minutes } from '../../kernel/clock.ts'
import { ownerAllowlist, userBrief } from '../identity/index.ts'
import { keyLimit, type KeyState } from './rules.ts'

const { apiKeys: k, keyApprovals, users, servers, serverMetadata, accounts } = schema

export type KeyRow = typeof k.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** How often a use is written down. */
const useStepMs = minutes(1)

const stillWorks = (now: number): SQL | undefined =>
  and(
    isNull(k.revokedAt),
    or(isNull(k.expiresAt), gt(k.expiresAt, now)),
    or(isNull(k.replacedBy), gt(k.overlapUntil, now)),
  )

const keyAuthentication = prepareOnce((db) =>
  db
    .select({
      key: k,
      user: userBrief,
      ownerAllowlist,
      isAccountConnected:
        sql<boolean>`EXISTS (SELECT 1 FROM accounts AS c WHERE c.id = ${k.accountId} AND c.removed_at IS NULL)`
          .mapWith(Boolean)
          .as('is_account_connected'),
      approvals: sql<number>`(SELECT count(*) FROM key_approvals AS p WHERE p.key_id = ${k.id}
        AND p.approved_at IS NOT NULL AND p.taken_at IS NULL AND p.expires_at > ${sql.placeholder('now')})`.as(
        'open_approvals',
      ),
    })
    .from(k)
    .innerJoin(users, eq(users.id, k.userId))
    .where(eq(k.id, sql.placeholder('keyId')))
    .prepare(),
)

/** Everything a request with a key needs to know, in one query. */
export async function selectKeyAuthentication(db: Db, keyId: string, now: number) {
  const [row] = await keyAuthentication(db).execute({ keyId, now }).catch(unavailable)
  return row
}

/** Once a minute at most, however many ask at once. */
export async function touchKey(db: Db, keyId: string, now: number, ip: string | null): Promise<void> {
  await db
    .update(k)
    .set({ lastUsedAt: now, lastIp: ip, useCount: sql`${k.useCount} + 1` })
    .where(and(eq(k.id, keyId), or(isNull(k.lastUsedAt), lte(k.lastUsedAt, now - useStepMs))))
}

export const isUseDue = (key: Pick<KeyRow, 'lastUsedAt'>, now: number): boolean =>
  key.lastUsedAt === null || key.lastUsedAt <= now - useStepMs

export type KeyOwner = Pick<typeof users.$inferSelect, 'id' | 'name' | 'status'>
export interface KeyWithOwner {
  key: KeyRow
  owner: KeyOwner
}

/** Written out: these names are those of the keys' columns too. */
const owner = {
  id: sql<string>`${users.id}`.as('owner_id'),
  name: sql<string>`${users.name}`.as('owner_name'),
  status: sql<KeyOwner['status']>`${users.status}`.as('owner_status'),
}

export interface KeyFilter {
  userId?: string | undefined
  state?: KeyState | undefined
  after?: { createdAt: number; id: string } | undefined
  limit: number
}

/** Newest first. */
export function selectKeys(db: Db, { userId, state, after, limit }: KeyFilter, now: number): Promise<KeyWithOwner[]> {
  const where: (SQL | undefined)[] = [
    userId === undefined ? undefined : eq(k.userId, userId),
    state && inState(state, now),
    after && or(lt(k.createdAt, after.createdAt), and(eq(k.createdAt, after.createdAt), lt(k.id, after.id))),
  ]
  return db
    .select({ key: k, owner })
    .from(k)
    .innerJoin(users, eq(users.id, k.userId))
    .where(and(...where))
    .orderBy(desc(k.createdAt), desc(k.id))
    .limit(limit)
    .catch(unavailable)
}

/** `stateOf` in SQL. */
function inState(state: KeyState, now: number): SQL | undefined {
  const overlapping = gt(k.overlapUntil, now)
  const unexpired = or(isNull(k.expiresAt), gt(k.expiresAt, now))
  switch (state) {
    case 'revoked':
      return isNotNull(k.revokedAt)
    case 'replaced':
      return and(isNull(k.revokedAt), isNotNull(k.replacedBy), sql`coalesce(${k.overlapUntil}, 0) <= ${now}`)
    case 'expired':
      return and(isNull(k.revokedAt), lte(k.expiresAt, now), or(isNull(k.replacedBy), overlapping))
    case 'active':
      return and(isNull(k.revokedAt), isNull(k.replacedBy), unexpired)
    case 'replacing':
      return and(isNull(k.revokedAt), isNotNull(k.replacedBy), overlapping, unexpired)
  }
}

export async function selectKey(db: Db, keyId: string): Promise<KeyWithOwner | undefined> {
  const [row] = await db
    .select({ key: k, owner })
    .from(k)
    .innerJoin(users, eq(users.id, k.userId))
    .where(eq(k.id, keyId))
    .catch(unavailable)
  return row
}

export async function countLivingKeys(db: Db, userId: string, now: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(k)
    .where(and(eq(k.userId, userId), stillWorks(now)))
    .catch(unavailable)
  return row?.n ?? 0
}

/** Only for an ACTIVE person, and never the one too many: of any number at once, `keyLimit` get through. */
export const insertKey = (db: Db, row: typeof k.$inferInsert, now: number): Statement[] => [
  db.insert(k).values(row),
  db
    .update(k)
    .set({ useCount: 0 })
    .where(
      and(
        eq(k.id, row.id),
        sql`EXISTS (SELECT 1 FROM users AS u WHERE u.id = ${row.userId} AND u.status = 'ACTIVE')`,
        sql`(SELECT count(*) FROM api_keys AS o WHERE o.user_id = ${row.userId} AND o.revoked_at IS NULL
          AND (o.expires_at IS NULL OR o.expires_at > ${now})
          AND (o.replaced_by IS NULL OR o.overlap_until > ${now})) <= ${keyLimit}`,
      ),
    ),
  expectChanged(db),
]

type NarrowingField = 'permissions' | 'scopes' | 'stepUp' | 'accountId' | 'hourlyBudget' | 'expiresAt'
type KeyChanges = Partial<Pick<KeyRow, 'name' | 'ipAllowlist' | NarrowingField>>

/** Only as it was read: two narrowings at once must not widen one another. */
export const updateKey = (db: Db, before: KeyRow, changes: KeyChanges): Statement[] => [
  db
    .update(k)
    .set(changes)
    .where(
      and(
        eq(k.id, before.id),
        isNull(k.revokedAt),
        sql`${k.permissions} = ${JSON.stringify(before.permissions)}`,
        sql`${k.scopes} = ${JSON.stringify(before.scopes)}`,
        eq(k.stepUp, before.stepUp),
        sql`${k.accountId} IS ${before.accountId}`,
        sql`${k.hourlyBudget} IS ${before.hourlyBudget}`,
        sql`${k.expiresAt} IS ${before.expiresAt}`,
      ),
    ),
  expectChanged(db),
]

/** Once: of two rotations, one gets through. */
export const replaceKey = (db: Db, keyId: string, successorId: string, overlapUntil: number): Statement[] => [
  db
    .update(k)
    .set({ replacedBy: successorId, overlapUntil })
    .where(and(eq(k.id, keyId), isNull(k.revokedAt), isNull(k.replacedBy))),
  expectChanged(db),
]

export interface Revocation {
  revokedAt: number
  revokedBy: string
  revokedReason: string | null
}

/** With what it was approved to do and has not done. */
export const revokeKey = (db: Db, keyId: string, revocation: Revocation): Statement[] => [
  db
    .update(k)
    .set(revocation)
    .where(and(eq(k.id, keyId), isNull(k.revokedAt))),
  expectChanged(db),
  db
    .update(keyApprovals)
    .set({ refusedAt: revocation.revokedAt })
    .where(and(eq(keyApprovals.keyId, keyId), isNull(keyApprovals.takenAt), isNull(keyApprovals.refusedAt))),
]

/** Which of these exist: the facts that scopes tell servers apart by, and the ids of connected projects. */
export async function selectScopeFacts(db: Db, serverIds: readonly string[], accountIds: readonly string[]) {
  const [known, connected] = await db
    .batch([
      db
        .select({
          serverId: servers.id,
          accountId: servers.accountId,
          name: servers.name,
          labels: servers.labels,
          project: serverMetadata.project,
          environment: serverMetadata.environment,
        })
        .from(servers)
        .leftJoin(serverMetadata, eq(serverMetadata.serverId, servers.id))
        .where(sql`${servers.id} IN (SELECT value FROM json_each(${JSON.stringify(serverIds)}))`),
      db
        .select({ id: accounts.id, name: accounts.name })
        .from(accounts)
        .where(
          and(
            isNull(accounts.removedAt),
            sql`${accounts.id} IN (SELECT value FROM json_each(${JSON.stringify(accountIds)}))`,
          ),
        ),
    ])
    .catch(unavailable)
  return { servers: known, accounts: connected, accountIds: connected.map(({ id }) => id) }
}

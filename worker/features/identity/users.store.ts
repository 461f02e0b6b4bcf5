import { and, eq, sql } from 'drizzle-orm'
import { schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import type { Grant } from '../../kernel/scope.ts'

const { users, sessions, passkeys, recoveryCodes } = schema

export type UserRow = typeof users.$inferSelect
/** What a credential needs to know of the person it stands for. */
export type UserBrief = Pick<UserRow, 'id' | 'name' | 'email' | 'role' | 'status' | 'permissions'> & {
  grants: StoredGrant[]
}

export type StoredGrant = Grant & { createdAt: number; expiresAt: number | null }

export const userBrief = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  status: users.status,
  permissions: users.permissions,
  /** Within the one query of a request: a person has few. Written out, for queries over one table (they drop its name). */
  grants: sql<StoredGrant[]>`(SELECT json_group_array(json_object('id', g.id, 'effect', g.effect,
    'permissions', json(g.permissions), 'scope', json(g.scope), 'createdAt', g.created_at, 'expiresAt', g.expires_at))
    FROM grants AS g WHERE g.user_id = users.id)`
    .mapWith((text: string) => JSON.parse(text) as StoredGrant[])
    .as('user_grants'),
}

/** From where owners may work (P1.4); part of the query that every request makes anyway. */
export const ownerAllowlist = sql`(SELECT owner_allowlist FROM protection_settings WHERE id = 1)`
  .mapWith((text: string | null): string[] => (text === null ? [] : JSON.parse(text)))
  .as('owner_allowlist')

export async function ownerExists(db: Db): Promise<boolean> {
  try {
    const rows = await db.select({ id: users.id }).from(users).where(eq(users.role, 'OWNER')).limit(1)
    return rows.length > 0
  } catch (error) {
    throw toAppError(error)
  }
}

export async function selectUser(db: Db, userId: string): Promise<UserBrief | undefined> {
  const [row] = await db.select(userBrief).from(users).where(eq(users.id, userId))
  return row
}

/** The person and the session they look at it from, in one query. */
export async function selectMe(db: Db, userId: string, sessionId: string) {
  const [row] = await db
    .select({
      ...userBrief,
      locale: users.locale,
      theme: users.theme,
      sessionId: sessions.id,
      sessionName: sessions.name,
      verifiedAt: sessions.verifiedAt,
      openedBy: sessions.openedBy,
      passkeyCount: sql<number>`(SELECT count(*) FROM ${passkeys} WHERE ${passkeys.userId} = ${users.id})`,
      recoveryCodesRemaining: sql<number>`(SELECT count(*) FROM ${recoveryCodes}
        WHERE ${recoveryCodes.userId} = ${users.id} AND ${recoveryCodes.usedAt} IS NULL)`,
    })
    .from(users)
    .innerJoin(sessions, eq(sessions.userId, users.id))
    .where(and(eq(users.id, userId), eq(sessions.id, sessionId)))
  return row
}

export const updateUser = (
  db: Db,
  userId: string,
  changes: Partial<Pick<UserRow, 'name' | 'locale' | 'theme'>>,
  now: number,
): Statement =>
  db
    .update(users)
    .set({ ...changes, updatedAt: now })
    .where(eq(users.id, userId))

/** Only while the user is still ACTIVE: expectChanged behind it stops a sign-in that races a suspension. */
export const recordSignIn = (db: Db, userId: string, now: number, ip: string | null): Statement =>
  db
    .update(users)
    .set({ lastLoginAt: now, lastIp: ip, failedLoginAttempts: 0 })
    .where(and(eq(users.id, userId), eq(users.status, 'ACTIVE')))

/** How many in a row it is now: of any number at once, each is told a number of its own. */
export async function countFailedSignIn(db: Db, userId: string): Promise<number> {
  const [row] = await db
    .update(users)
    .set({ failedLoginAttempts: sql`${users.failedLoginAttempts} + 1` })
    .where(eq(users.id, userId))
    .returning({ failures: users.failedLoginAttempts })
  return row?.failures ?? 0
}

export const forgetFailures = (db: Db, userId: string): Statement =>
  db.update(users).set({ failedLoginAttempts: 0 }).where(eq(users.id, userId))

export type PersonRules = UserBrief

/** What decides for one person, or for everybody there is. */
export const listRules = (db: Db, userId?: string): Promise<PersonRules[]> =>
  db
    .select(userBrief)
    .from(users)
    .where(userId === undefined ? undefined : eq(users.id, userId))
    .catch((error: unknown) => {
      throw toAppError(error)
    })

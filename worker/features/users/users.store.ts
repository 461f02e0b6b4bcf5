import { and, asc, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Role, UserStatus } from '../../kernel/permissions.ts'

const { users } = schema

export type UserRow = typeof users.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** Written out: a column of a query over one table loses its table's name, and a subquery would take it for its own. */
const columns = (now: number) => ({
  user: users,
  changedByName: sql<string | null>`(SELECT other.name FROM users AS other WHERE other.id = users.status_changed_by)`,
  passkeyCount: sql<number>`(SELECT count(*) FROM passkeys AS p WHERE p.user_id = users.id)`,
  sessionCount: sql<number>`(SELECT count(*) FROM sessions AS s
    WHERE s.user_id = users.id AND s.revoked_at IS NULL AND s.expires_at > ${now})`,
  invitedUntil: sql<number | null>`(SELECT max(i.expires_at) FROM invitations AS i
    WHERE i.user_id = users.id AND i.used_at IS NULL AND i.revoked_at IS NULL)`,
})

export type UserFacts = Awaited<ReturnType<typeof selectUsers>>[number]

export interface UserFilter {
  q?: string | undefined
  role?: Role | undefined
  status?: UserStatus | undefined
  after?: { createdAt: number; id: string } | undefined
  limit: number
}

/** In the order in which they came. */
export function selectUsers(db: Db, filter: UserFilter, now: number) {
  const { q, role, status, after, limit } = filter
  const where: (SQL | undefined)[] = [
    role && eq(users.role, role),
    status && eq(users.status, status),
    q ? sql`(instr(lower(users.name), lower(${q})) > 0 OR instr(lower(users.email), lower(${q})) > 0)` : undefined,
    after &&
      or(gt(users.createdAt, after.createdAt), and(eq(users.createdAt, after.createdAt), gt(users.id, after.id))),
  ]
  return db
    .select(columns(now))
    .from(users)
    .where(and(...where))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(limit)
    .catch(unavailable)
}

export async function selectUserFacts(db: Db, userId: string, now: number): Promise<UserFacts | undefined> {
  const [row] = await db.select(columns(now)).from(users).where(eq(users.id, userId)).catch(unavailable)
  return row
}

export async function selectUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.email, email)).catch(unavailable)
  return row
}

export async function countActiveOwners(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(users)
    .where(and(eq(users.role, 'OWNER'), eq(users.status, 'ACTIVE')))
    .catch(unavailable)
  return row?.n ?? 0
}

/** Whoever governs is an active owner in the moment it is written, not only when the request began. */
export const expectGoverning = (db: Db, actor: Actor): Statement[] =>
  actor.kind === 'user'
    ? [
        db
          .update(users)
          .set({ role: 'OWNER' })
          .where(and(eq(users.id, actor.id), eq(users.role, 'OWNER'), eq(users.status, 'ACTIVE'))),
        expectChanged(db),
      ]
    : []

/** True unless this row is the last active owner. Stands in the WHERE: of any number at once, one owner stays. */
const leavesAnOwner = sql`(users.role <> 'OWNER' OR users.status <> 'ACTIVE' OR
  (SELECT count(*) FROM users AS owner WHERE owner.role = 'OWNER' AND owner.status = 'ACTIVE') > 1)`

/** Only from the state that was read, and never so that no active owner is left. */
export const changeUser = (
  db: Db,
  before: Pick<UserRow, 'id' | 'status' | 'role'>,
  changes: Partial<Omit<UserRow, 'id' | 'email'>>,
): Statement[] => {
  const stays = (changes.role ?? before.role) === 'OWNER' && (changes.status ?? before.status) === 'ACTIVE'
  return [
    db
      .update(users)
      .set(changes)
      .where(
        and(
          eq(users.id, before.id),
          eq(users.status, before.status),
          eq(users.role, before.role),
          stays ? undefined : leavesAnOwner,
        ),
      ),
    expectChanged(db),
  ]
}

/** A person who is still to come. An address that somebody has changes nothing, so that the batch fails. */
export const insertPendingUser = (
  db: Db,
  person: Pick<UserRow, 'id' | 'name' | 'email' | 'role'>,
  invitedBy: string,
  now: number,
): Statement[] => [
  db
    .insert(users)
    .values({
      ...person,
      status: 'PENDING',
      createdAt: now,
      updatedAt: now,
      statusChangedAt: now,
      statusChangedBy: invitedBy,
    })
    .onConflictDoNothing(),
  expectChanged(db),
]

const { invitations } = schema

export const insertInvitation = (db: Db, row: typeof invitations.$inferInsert): Statement =>
  db.insert(invitations).values(row)

export const revokeInvitations = (db: Db, userId: string, now: number): Statement =>
  db
    .update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(invitations.userId, userId), isNull(invitations.usedAt), isNull(invitations.revokedAt)))

export const clearGrants = (db: Db, userId: string): Statement =>
  db.delete(schema.grants).where(eq(schema.grants.userId, userId))

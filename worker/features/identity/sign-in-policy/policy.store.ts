import { and, asc, eq, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'

const { passwords, sessions, signInExceptions, signInPolicy, totpSecrets, users } = schema

export type PasswordPolicy = (typeof signInPolicy.$inferSelect)['passwords']

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

const instanceRule = sql`coalesce((SELECT i.passwords FROM sign_in_policy AS i), 'off')`

/** The rule that holds for one person: their own, or the one for everybody. */
export const ruleFor = (userId: SQL): SQL<PasswordPolicy> =>
  sql`coalesce((SELECT e.passwords FROM sign_in_exceptions AS e WHERE e.user_id = ${userId}), ${instanceRule})`

/** Whether there is anybody for whom the sign-in page should ask for a password; says nothing about a person. */
export const passwordsOffered = sql<number>`(${instanceRule} = 'allowed'
  OR EXISTS (SELECT 1 FROM sign_in_exceptions AS any_one WHERE any_one.passwords = 'allowed'))`

export async function selectPasswordsOffered(db: Db): Promise<boolean> {
  const rows = await db.all<{ offered: number }>(sql`SELECT ${passwordsOffered} AS offered`).catch(unavailable)
  return rows[0]?.offered === 1
}

export async function selectInstancePolicy(db: Db): Promise<PasswordPolicy> {
  const [row] = await db.select({ passwords: signInPolicy.passwords }).from(signInPolicy).catch(unavailable)
  return row?.passwords ?? 'off'
}

export const selectExceptions = (db: Db, limit: number) =>
  db
    .select({ userId: users.id, name: users.name, email: users.email, passwords: signInExceptions.passwords })
    .from(signInExceptions)
    .innerJoin(users, eq(users.id, signInExceptions.userId))
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit)
    .catch(unavailable)

/** How one person may sign in and what they have set up for it. */
export async function selectSignInOf(db: Db, userId: string) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      exception: signInExceptions.passwords,
      rule: ruleFor(sql`users.id`).as('rule'),
      instance: sql<PasswordPolicy>`${instanceRule}`.as('instance_rule'),
      passwordSetAt: passwords.setAt,
      passwordUsedAt: sql<number | null>`passwords.last_used_at`.as('password_used_at'),
      totpConfirmedAt: totpSecrets.confirmedAt,
      totpUsedAt: sql<number | null>`totp_secrets.last_used_at`.as('totp_used_at'),
    })
    .from(users)
    .leftJoin(signInExceptions, eq(signInExceptions.userId, users.id))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totpSecrets, and(eq(totpSecrets.userId, users.id), sql`totp_secrets.confirmed_at IS NOT NULL`))
    .where(eq(users.id, userId))
    .catch(unavailable)
  return row
}

export const setInstancePolicy = (db: Db, policy: PasswordPolicy, now: number): Statement =>
  db
    .insert(signInPolicy)
    .values({ id: 'instance', passwords: policy, updatedAt: now })
    .onConflictDoUpdate({ target: signInPolicy.id, set: { passwords: policy, updatedAt: now } })

/** Null: no rule of their own any more. */
export const setException = (db: Db, userId: string, policy: PasswordPolicy | null, now: number): Statement =>
  policy === null
    ? db.delete(signInExceptions).where(eq(signInExceptions.userId, userId))
    : db
        .insert(signInExceptions)
        .values({ userId, passwords: policy, updatedAt: now })
        .onConflictDoUpdate({ target: signInExceptions.userId, set: { passwords: policy, updatedAt: now } })

/** Whoever governs is an active owner in the moment it is written. */
export const expectActiveOwner = (db: Db, userId: string): Statement[] => [
  db
    .update(users)
    .set({ role: 'OWNER' })
    .where(and(eq(users.id, userId), eq(users.role, 'OWNER'), eq(users.status, 'ACTIVE'))),
  expectChanged(db),
]

const openedByPassword = (exceptId: string | null) =>
  and(
    eq(sessions.openedBy, 'password'),
    isNull(sessions.revokedAt),
    exceptId === null ? undefined : ne(sessions.id, exceptId),
  )

/** Behind a change of the rules: every session that a password opened and that the rules no longer allow. */
export const endDisallowedSessions = (db: Db, exceptId: string | null, now: number, operationId: string): Statement =>
  db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: operationId })
    .where(and(openedByPassword(exceptId), sql`${ruleFor(sql`sessions.user_id`)} = 'off'`))

/** One person's sessions that a password opened. */
export const endPasswordSessions = (
  db: Db,
  userId: string,
  exceptId: string | null,
  now: number,
  operationId: string,
): Statement =>
  db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: operationId })
    .where(and(eq(sessions.userId, userId), openedByPassword(exceptId)))

export async function selectSessionsEndedBy(db: Db, operationId: string): Promise<string[]> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.openedBy, 'password'), eq(sessions.revokedReason, operationId)))
    .catch(unavailable)
  return rows.map(({ id }) => id)
}

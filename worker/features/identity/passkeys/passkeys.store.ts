import { and, asc, eq, sql } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import { userBrief } from '../users.store.ts'
import type { NewCredential } from '../webauthn/relying-party.ts'

const { passkeys, users } = schema

export type PasskeyRow = typeof passkeys.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

export const selectPasskeys = (db: Db, userId: string): Promise<PasskeyRow[]> =>
  db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
    .catch(unavailable)

export async function selectPasskey(db: Db, userId: string, passkeyId: string): Promise<PasskeyRow | undefined> {
  const [row] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, passkeyId), eq(passkeys.userId, userId)))
    .catch(unavailable)
  return row
}

export async function selectPasskeyWithUser(db: Db, passkeyId: string) {
  const [row] = await db
    .select({ passkey: passkeys, user: userBrief })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.id, passkeyId))
    .catch(unavailable)
  return row
}

/** A credential that somebody already registered changes nothing, so that the batch fails. */
export const insertPasskey = (
  db: Db,
  userId: string,
  credential: NewCredential,
  name: string,
  now: number,
): Statement[] => [
  db
    .insert(passkeys)
    .values({ ...credential, userId, name, createdAt: now })
    .onConflictDoNothing(),
  expectChanged(db),
]

/** Only from the counter that was read: two assertions cannot both count as the next one. */
export const recordPasskeyUse = (
  db: Db,
  passkey: PasskeyRow,
  seen: { signCount: number; backedUp: boolean },
  now: number,
): Statement[] => [
  db
    .update(passkeys)
    .set({ signCount: seen.signCount, backedUp: seen.backedUp, lastUsedAt: now })
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.signCount, passkey.signCount))),
  expectChanged(db),
]

export const renamePasskey = (db: Db, passkey: PasskeyRow, name: string): Statement[] => [
  db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.userId, passkey.userId))),
  expectChanged(db),
]

/** The rule stands in the statement: of two removals at once, the one that would take the last passkey fails. */
export const deletePasskeyUnlessLast = (db: Db, passkey: PasskeyRow): Statement[] => [
  db
    .delete(passkeys)
    .where(
      and(
        eq(passkeys.id, passkey.id),
        eq(passkeys.userId, passkey.userId),
        sql`(SELECT count(*) FROM passkeys AS mine WHERE mine.user_id = ${passkey.userId}) > 1`,
      ),
    ),
  expectChanged(db),
]

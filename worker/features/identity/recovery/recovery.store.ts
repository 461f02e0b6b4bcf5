import { and, eq, isNull, max, sql } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import { userBrief, type UserBrief } from '../users.store.ts'

const { recoveryCodes: codes, users } = schema

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** The person with this address and the hashes they have left; one query whether or not there is such a person. */
export async function selectUnusedCodes(db: Db, email: string): Promise<{ user: UserBrief | null; hashes: string[] }> {
  const rows = await db
    .select({ user: userBrief, hash: codes.hash })
    .from(users)
    .leftJoin(codes, and(eq(codes.userId, users.id), isNull(codes.usedAt)))
    .where(eq(users.email, email))
    .catch(unavailable)
  return { user: rows[0]?.user ?? null, hashes: rows.flatMap((row) => row.hash ?? []) }
}

export async function selectRecoveryStatus(db: Db, userId: string) {
  const [row] = await db
    .select({
      remaining: sql<number>`count(*) FILTER (WHERE ${codes.usedAt} IS NULL)`,
      createdAt: max(codes.createdAt),
    })
    .from(codes)
    .where(eq(codes.userId, userId))
    .catch(unavailable)
  return { remaining: row?.remaining ?? 0, createdAt: row?.createdAt ?? null }
}

/** A code works once, whoever is first. */
export const useRecoveryCode = (db: Db, hash: string, now: number): Statement[] => [
  db
    .update(codes)
    .set({ usedAt: now })
    .where(and(eq(codes.hash, hash), isNull(codes.usedAt))),
  expectChanged(db),
]

export const insertRecoveryCodes = (db: Db, userId: string, hashes: readonly string[], now: number): Statement =>
  db.insert(codes).values(hashes.map((hash) => ({ hash, userId, createdAt: now })))

/** The new ones replace all the old ones, used or not. */
export const replaceRecoveryCodes = (db: Db, userId: string, hashes: readonly string[], now: number): Statement[] => [
  db.delete(codes).where(eq(codes.userId, userId)),
  insertRecoveryCodes(db, userId, hashes, now),
]

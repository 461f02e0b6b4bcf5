import { and, asc, eq, gt, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import type { SealedSecret } from '../../../kernel/crypto.ts'
import { ruleFor } from '../sign-in-policy/policy.store.ts'

const { totpSecrets: secrets } = schema

export type TotpRow = typeof secrets.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

/** The one that waits for its first code takes the place of an earlier one that does. */
export const putPendingSecret = (
  db: Db,
  row: { id: string; userId: string; sealed: SealedSecret; now: number },
): Statement[] => [
  db.delete(secrets).where(and(eq(secrets.userId, row.userId), isNull(secrets.confirmedAt))),
  db.insert(secrets).values({ id: row.id, userId: row.userId, createdAt: row.now, ...row.sealed }),
]

export async function selectPendingSecret(db: Db, userId: string, madeAfter: number): Promise<TotpRow | undefined> {
  const [row] = await db
    .select()
    .from(secrets)
    .where(and(eq(secrets.userId, userId), isNull(secrets.confirmedAt), gt(secrets.createdAt, madeAfter)))
    .catch(unavailable)
  return row
}

/** In the place of the one that counted so far. */
export const confirmSecret = (db: Db, row: TotpRow, step: number, now: number): Statement[] => [
  db.delete(secrets).where(and(eq(secrets.userId, row.userId), isNotNull(secrets.confirmedAt))),
  db
    .update(secrets)
    .set({ confirmedAt: now, lastStep: step })
    .where(and(eq(secrets.id, row.id), isNull(secrets.confirmedAt), sql`${ruleFor(sql`${row.userId}`)} = 'allowed'`)),
  expectChanged(db),
]

/** A step counts once, whoever is first. */
export const useTotpStep = (db: Db, row: TotpRow, step: number, now: number): Statement[] => [
  db
    .update(secrets)
    .set({ lastStep: step, lastUsedAt: now })
    .where(and(eq(secrets.id, row.id), lt(secrets.lastStep, step))),
  expectChanged(db),
]

/** Both the one that counts and one that waits. */
export const deleteSecrets = (db: Db, userId: string): Statement[] => [
  db.delete(secrets).where(eq(secrets.userId, userId)),
  expectChanged(db),
]

export const selectOutdatedSecrets = (db: Db, keyVersion: number, limit: number): Promise<TotpRow[]> =>
  db
    .select()
    .from(secrets)
    .where(ne(secrets.keyVersion, keyVersion))
    .orderBy(asc(secrets.createdAt))
    .limit(limit)
    .catch(unavailable)

export async function countOutdatedSecrets(db: Db, keyVersion: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(secrets)
    .where(ne(secrets.keyVersion, keyVersion))
    .catch(unavailable)
  return row?.n ?? 0
}

/** Only over the ciphertext that was opened. */
export const resealTotpSecret = (db: Db, row: TotpRow, sealed: SealedSecret): Statement =>
  db
    .update(secrets)
    .set(sealed)
    .where(and(eq(secrets.id, row.id), eq(secrets.ciphertext, row.ciphertext)))

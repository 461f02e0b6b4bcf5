import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql, type SQL } from 'drizzle-orm'
import { chunk, expectChanged, prepareOnce, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import { ownerAllowlist, userBrief } from '../users.store.ts'

const { users, sessions, refreshTokens } = schema

export type SessionRow = typeof sessions.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

const living = (now: number): SQL | undefined => and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now))

const authentication = prepareOnce((db) =>
  db
    .select({ session: sessions, user: userBrief, ownerAllowlist })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder('sessionId')))
    .prepare(),
)

/** The one query of every authenticated request: three primary keys. */
export async function selectAuthentication(db: Db, sessionId: string) {
  const [row] = await authentication(db).execute({ sessionId }).catch(unavailable)
  return row
}

export async function selectByRefreshToken(db: Db, hash: string) {
  const [row] = await db
    .select({ token: refreshTokens, session: sessions, user: userBrief, ownerAllowlist })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(refreshTokens.hash, hash))
    .catch(unavailable)
  return row
}

export const insertSession = (db: Db, row: typeof sessions.$inferInsert, refreshHash: string): Statement[] => [
  db.insert(sessions).values(row),
  db.insert(refreshTokens).values({ hash: refreshHash, sessionId: row.id, issuedAt: row.createdAt }),
]

export interface Rotation {
  sessionId: string
  usedHash: string
  newHash: string
  now: number
  expiresAt: number
  ip: string | null
}

/** Uses one token up and puts the next in its place, or changes nothing: of two at once, one gets through. */
export const rotateRefreshToken = (db: Db, rotation: Rotation): Statement[] => [
  db
    .update(refreshTokens)
    .set({ usedAt: rotation.now })
    .where(and(eq(refreshTokens.hash, rotation.usedHash), isNull(refreshTokens.usedAt))),
  expectChanged(db),
  db
    .update(sessions)
    .set({ lastSeenAt: rotation.now, expiresAt: rotation.expiresAt, ip: rotation.ip })
    .where(and(eq(sessions.id, rotation.sessionId), isNull(sessions.revokedAt))),
  expectChanged(db),
  db.insert(refreshTokens).values({ hash: rotation.newHash, sessionId: rotation.sessionId, issuedAt: rotation.now }),
]

export async function touchSession(db: Db, sessionId: string, now: number, ip: string | null): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: now, ip }).where(eq(sessions.id, sessionId))
}

export const verifySession = (db: Db, sessionId: string, now: number): Statement =>
  db
    .update(sessions)
    .set({ verifiedAt: now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))

export const selectSessions = (db: Db, userId: string, now: number): Promise<SessionRow[]> =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), living(now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .catch(unavailable)

export async function selectSession(db: Db, userId: string, sessionId: string, now: number) {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), living(now)))
    .catch(unavailable)
  return row
}

export const renameSession = (db: Db, sessionId: string, name: string): Statement =>
  db
    .update(sessions)
    .set({ name })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))

export const revokeSession = (db: Db, sessionId: string, now: number, reason: string): Statement =>
  db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))

/** `exceptId` keeps the session the person is looking from. */
export const revokeSessions = (
  db: Db,
  userId: string,
  exceptId: string | null,
  now: number,
  reason: string,
): Statement =>
  db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: reason })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        exceptId === null ? undefined : ne(sessions.id, exceptId),
      ),
    )

/** Sessions that ended before `before`, with their tokens, a bounded number a call. */
export async function deleteEndedSessions(db: Db, before: number, limit: number): Promise<number> {
  const ended = or(and(isNotNull(sessions.revokedAt), lt(sessions.revokedAt, before)), lt(sessions.expiresAt, before))
  const rows = await db.select({ id: sessions.id }).from(sessions).where(ended).limit(limit)
  for (const part of chunk(rows)) {
    const ids = part.map((row) => row.id)
    await db.batch([
      db.delete(refreshTokens).where(inArray(refreshTokens.sessionId, ids)),
      db.delete(sessions).where(inArray(sessions.id, ids)),
    ])
  }
  return rows.length
}

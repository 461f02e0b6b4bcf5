import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import { revokeInvitations } from './users.store.ts'

const { apiKeys, enrolmentLinks, keyApprovals, sessions, webauthnChallenges } = schema

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

export interface OpenAccess {
  sessions: number
  links: number
  invitations: number
  challenges: number
  keys: number
}

/** What a person could come in by, or is in by, at this moment. */
export async function countOpenAccess(db: Db, userId: string, now: number): Promise<OpenAccess> {
  const [row] = await db
    .select({
      sessions: sql<number>`(SELECT count(*) FROM sessions AS s
        WHERE s.user_id = ${userId} AND s.revoked_at IS NULL AND s.expires_at > ${now})`,
      links: sql<number>`(SELECT count(*) FROM enrolment_links AS l
        WHERE l.user_id = ${userId} AND l.used_at IS NULL AND l.expires_at > ${now})`,
      invitations: sql<number>`(SELECT count(*) FROM invitations AS i
        WHERE i.user_id = ${userId} AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now})`,
      challenges: sql<number>`(SELECT count(*) FROM webauthn_challenges AS c
        WHERE c.user_id = ${userId} AND c.expires_at > ${now})`,
      keys: sql<number>`(SELECT count(*) FROM api_keys AS k
        WHERE k.user_id = ${userId} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now})
          AND (k.replaced_by IS NULL OR k.overlap_until > ${now}))`,
    })
    .from(schema.users)
    .where(eq(schema.users.id, userId))
    .catch(unavailable)
  return row ?? { sessions: 0, links: 0, invitations: 0, challenges: 0, keys: 0 }
}

/** Every session of somebody, marked with what ended it. */
export const endSessions = (db: Db, userId: string, now: number, operationId: string): Statement =>
  db
    .update(sessions)
    .set({ revokedAt: now, revokedReason: operationId })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))

/** Sessions, break-glass links, invitations and pending passkey prompts: all of it, in one batch with its cause. */
export const endAccess = (db: Db, userId: string, now: number, operationId: string): Statement[] => [
  endSessions(db, userId, now, operationId),
  db
    .update(enrolmentLinks)
    .set({ usedAt: now })
    .where(and(eq(enrolmentLinks.userId, userId), isNull(enrolmentLinks.usedAt))),
  revokeInvitations(db, userId, now),
  voidChallenges(db, userId),
  // Their keys stand behind the status gate; what these were approved to do is not for a later day.
  db
    .update(keyApprovals)
    .set({ refusedAt: now })
    .where(and(eq(keyApprovals.userId, userId), isNull(keyApprovals.takenAt), isNull(keyApprovals.refusedAt))),
]

/** For ever: the keys of somebody who is banned. */
export const revokeKeysOf = (db: Db, userId: string, now: number, by: string, operationId: string): Statement =>
  db
    .update(apiKeys)
    .set({ revokedAt: now, revokedBy: by, revokedReason: operationId })
    .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))

export const voidChallenges = (db: Db, userId: string): Statement =>
  db.delete(webauthnChallenges).where(eq(webauthnChallenges.userId, userId))

/** The sessions that this operation ended, one opened a moment before it included. */
export async function selectEndedSessions(db: Db, userId: string, operationId: string, now: number): Promise<string[]> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.revokedReason, operationId), gt(sessions.expiresAt, now)))
    .catch(unavailable)
  return rows.map((row) => row.id)
}

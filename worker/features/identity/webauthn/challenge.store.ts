import { and, eq, lt } from 'drizzle-orm'
import { batch, schema, toAppError, type Db } from '../../../db/index.ts'

const { webauthnChallenges: challenges } = schema

export type ChallengeRow = typeof challenges.$inferSelect

/** Sweeps out what nobody answered on the way, so that the table stays as small as the traffic. */
export async function insertChallenge(db: Db, row: typeof challenges.$inferInsert, now: number): Promise<void> {
  try {
    await batch(db, [db.delete(challenges).where(lt(challenges.expiresAt, now)), db.insert(challenges).values(row)])
  } catch (error) {
    throw toAppError(error)
  }
}

/** Takes the challenge out of the table: of two answers to it, one gets the row. */
export async function takeChallenge(
  db: Db,
  id: string,
  purpose: ChallengeRow['purpose'],
): Promise<ChallengeRow | undefined> {
  const [row] = await db
    .delete(challenges)
    .where(and(eq(challenges.id, id), eq(challenges.purpose, purpose)))
    .returning()
  return row
}

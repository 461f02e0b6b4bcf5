import { and, eq, gt, isNull } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'

const { enrolmentLinks: links } = schema

export type LinkRow = typeof links.$inferSelect

export async function selectLink(db: Db, kind: LinkRow['kind'], tokenHash: string): Promise<LinkRow | undefined> {
  try {
    const [row] = await db
      .select()
      .from(links)
      .where(and(eq(links.tokenHash, tokenHash), eq(links.kind, kind)))
    return row
  } catch (error) {
    throw toAppError(error)
  }
}

/** Once, and in time: the rule stands in the statement. */
export const useLink = (db: Db, linkId: string, now: number): Statement[] => [
  db
    .update(links)
    .set({ usedAt: now })
    .where(and(eq(links.id, linkId), isNull(links.usedAt), gt(links.expiresAt, now))),
  expectChanged(db),
]

import { asc, count, desc, gt } from 'drizzle-orm'
import { schema, toAppError, type Db, type Statement } from '../../db/index.ts'

const { auditArchives: archives, auditSeals: seals } = schema

export type ArchiveRow = typeof archives.$inferSelect

async function read<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query
  } catch (error) {
    throw toAppError(error)
  }
}

export async function selectLastArchive(db: Db): Promise<ArchiveRow | undefined> {
  return (await read(db.select().from(archives).orderBy(desc(archives.toSeal)).limit(1)))[0]
}

export async function countSealsAfter(db: Db, number: number): Promise<number> {
  return (await read(db.select({ value: count() }).from(seals).where(gt(seals.number, number))))[0]?.value ?? 0
}

/** How much each seal after this one covers, without the digests. */
export const selectSpansAfter = (db: Db, number: number, limit: number) =>
  read(
    db
      .select({ number: seals.number, fromSeq: seals.fromSeq, toSeq: seals.toSeq })
      .from(seals)
      .where(gt(seals.number, number))
      .orderBy(asc(seals.number))
      .limit(limit),
  )

export const insertArchive = (db: Db, archive: ArchiveRow): Statement => db.insert(archives).values(archive)

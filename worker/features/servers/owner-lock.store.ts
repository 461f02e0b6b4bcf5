import { eq } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../db/index.ts'

const { ownerLocks: l, users: u } = schema

export async function selectOwnerLock(db: Db, serverId: string) {
  const [row] = await db
    .select({ reason: l.reason, lockedAt: l.lockedAt, lockedBy: u.name })
    .from(l)
    .innerJoin(u, eq(u.id, l.lockedBy))
    .where(eq(l.serverId, serverId))
    .catch((error: unknown) => {
      throw toAppError(error)
    })
  return row ?? null
}

/** A second lock changes nothing and fails the batch: who locked first stays on record. */
export const insertOwnerLock = (db: Db, row: typeof l.$inferInsert): Statement[] => [
  db.insert(l).values(row).onConflictDoNothing(),
  expectChanged(db),
]

export const deleteOwnerLock = (db: Db, serverId: string): Statement[] => [
  db.delete(l).where(eq(l.serverId, serverId)),
  expectChanged(db),
]

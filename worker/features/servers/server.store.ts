import { eq } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'

const { servers } = schema

export type ServerRecord = typeof servers.$inferSelect

export async function selectServer(db: Db, serverId: string): Promise<ServerRecord | null> {
  try {
    const [row] = await db.select().from(servers).where(eq(servers.id, serverId))
    return row ?? null
  } catch (error) {
    throw toAppError(error)
  }
}

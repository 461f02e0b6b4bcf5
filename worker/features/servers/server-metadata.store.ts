import { eq } from 'drizzle-orm'
import { schema, toAppError, type Db, type Statement } from '../../db/index.ts'

const { serverMetadata: m } = schema

export interface ServerMetadata {
  displayName: string | null
  tags: string[]
  notes: string
  project: string | null
  environment: string | null
}

const none: ServerMetadata = { displayName: null, tags: [], notes: '', project: null, environment: null }

export async function selectMetadata(db: Db, serverId: string): Promise<ServerMetadata> {
  try {
    const [row] = await db
      .select({
        displayName: m.displayName,
        tags: m.tags,
        notes: m.notes,
        project: m.project,
        environment: m.environment,
      })
      .from(m)
      .where(eq(m.serverId, serverId))
    return row ?? none
  } catch (error) {
    throw toAppError(error)
  }
}

/** Writes these fields and leaves the others as they are, so that two people editing different ones both succeed. */
export function upsertMetadata(
  db: Db,
  serverId: string,
  fields: Partial<ServerMetadata>,
  by: { updatedAt: number; updatedBy: string },
): Statement {
  return db
    .insert(m)
    .values({ serverId, ...none, ...fields, ...by })
    .onConflictDoUpdate({ target: m.serverId, set: { ...fields, ...by } })
}

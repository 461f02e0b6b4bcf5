import { eq, sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import type { Permission } from '../../kernel/permissions.ts'

const { permissionUses: p } = schema

/** `day`: when it began, so that of all isolates the first alone writes in it. */
export async function upsertPermissionUse(db: Db, userId: string, permission: Permission, day: number): Promise<void> {
  await db
    .insert(p)
    .values({ userId, permission, lastUsedAt: day })
    .onConflictDoUpdate({
      target: [p.userId, p.permission],
      set: { lastUsedAt: day },
      setWhere: sql`${p.lastUsedAt} < ${day}`,
    })
}

export async function selectPermissionUses(db: Db, userId: string): Promise<Map<string, number>> {
  const rows = await db
    .select()
    .from(p)
    .where(eq(p.userId, userId))
    .catch((error: unknown) => {
      throw toAppError(error)
    })
  return new Map(rows.map((row) => [row.permission, row.lastUsedAt]))
}

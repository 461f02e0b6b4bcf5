import { eq, sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import type { Permission } from '../../kernel/permissions.ts'

const { permissionUses: p } = schema

/** Newer only: of two at once, the later stays. */
export async function upsertPermissionUse(db: Db, userId: string, permission: Permission, now: number): Promise<void> {
  await db
    .insert(p)
    .values({ userId, permission, lastUsedAt: now })
    .onConflictDoUpdate({
      target: [p.userId, p.permission],
      set: { lastUsedAt: now },
      setWhere: sql`${p.lastUsedAt} < ${now}`,
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

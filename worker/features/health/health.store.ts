import type { Ctx } from '../../context.ts'
import { schema } from '../../db/index.ts'
import { describeError } from '../../kernel/log.ts'

/** Asks for a column of the newest migration, so that "reachable" also means "migrated" (a contract test holds it to that). */
export async function checkDatabase(ctx: Ctx): Promise<boolean> {
  try {
    await ctx.db.select({ newest: schema.protectionSettings.tellOutside }).from(schema.protectionSettings).limit(1)
    return true
  } catch (error) {
    ctx.log.error('readyz.database', { error: describeError(error) })
    return false
  }
}

import type { Ctx } from '../../../context.ts'
import { getUserOrThrow } from '../actor.ts'
import type { Session } from './schemas.ts'
import { selectSessions } from './sessions.store.ts'
import { toSession } from './to-session.ts'

/** One's living sessions: this one first, then the most recently used. */
export async function listSessions(ctx: Ctx): Promise<{ items: Session[] }> {
  const actor = getUserOrThrow(ctx)
  const rows = await selectSessions(ctx.db, actor.id, ctx.clock.now())
  const items = rows.map((row) => toSession(row, actor))
  return { items: [...items.filter((item) => item.current), ...items.filter((item) => !item.current)] }
}

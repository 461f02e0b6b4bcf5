import type { Ctx } from '../../../context.ts'
import { getUserOrThrow } from '../actor.ts'
import type { Session } from './schemas.ts'
import { selectSessions } from './sessions.store.ts'
import { toSession } from './to-session.ts'

/** One's living sessions: this one first, then the most recently used. */
export async function listSessions(ctx: Ctx): Promise<{ items: Session[] }> {
  const actor = getUserOrThrow(ctx)
  const items = await listSessionsOf(ctx, actor.id)
  return { items: [...items.filter((item) => item.current), ...items.filter((item) => !item.current)] }
}

/** Somebody's living sessions, most recently used first. */
export async function listSessionsOf(ctx: Ctx, userId: string): Promise<Session[]> {
  const actor = getUserOrThrow(ctx)
  const rows = await selectSessions(ctx.db, userId, ctx.clock.now())
  return rows.map((row) => toSession(row, actor))
}

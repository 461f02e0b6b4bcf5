import type { Ctx } from '../../../context.ts'
import type { UserActor } from '../../../kernel/actor.ts'
import { iso } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Session } from './schemas.ts'
import { selectSession, type SessionRow } from './sessions.store.ts'

export const toSession = (row: SessionRow, actor: UserActor): Session => ({
  id: row.id,
  name: row.name,
  ip: row.ip,
  country: row.country,
  userAgent: row.userAgent,
  createdAt: iso(row.createdAt),
  lastSeenAt: iso(row.lastSeenAt),
  expiresAt: iso(row.expiresAt),
  current: row.id === actor.sessionId,
})

/** A living session of one's own; ended, somebody else's and nobody's give the same 404. */
export async function getSessionOrThrow(ctx: Ctx, actor: UserActor, sessionId: string): Promise<SessionRow> {
  const row = await selectSession(ctx.db, actor.id, sessionId, ctx.clock.now())
  if (!row) throw notFound('Session')
  return row
}

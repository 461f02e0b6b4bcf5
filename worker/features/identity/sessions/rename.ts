import type { Ctx } from '../../../context.ts'
import { expectChanged } from '../../../db/index.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import type { Session } from './schemas.ts'
import { renameSession } from './sessions.store.ts'
import { getSessionOrThrow, toSession } from './to-session.ts'

/** Gives a device the name its person knows it by. @throws `not_found`. */
export async function renameOwnSession(ctx: Ctx, sessionId: string, name: string): Promise<Session> {
  const actor = getSessionActorOrThrow(ctx)
  const row = await getSessionOrThrow(ctx, actor, sessionId)
  return mutate(ctx, {
    action: 'session.rename',
    permission: 'self',
    target: { type: 'session', id: row.id, name: row.name },
    run: async (op) => {
      const statements = [renameSession(ctx.db, row.id, name), expectChanged(ctx.db)]
      await op.commit(statements, { before: { name: row.name }, after: { name } })
      return toSession({ ...row, name }, actor)
    },
  })
}

import type { Ctx } from '../../context.ts'
import { explain } from '../../kernel/authorize.ts'
import { notFound } from '../../kernel/errors.ts'
import { resourceOf } from './resource-of.ts'
import { selectServer, type ServerRecord } from './server.store.ts'

export type { ServerRecord }

/**
 * The server as last synced, gone or not. Unknown and not yours are the same `not_found` (DESIGN §6); callers that
 * act on it look at `deletedAt` themselves.
 */
export async function getServerOrThrow(ctx: Ctx, serverId: string): Promise<ServerRecord> {
  const server = explain(ctx.actor, 'servers:read').allowed ? await selectServer(ctx.db, serverId) : null
  if (!server || !explain(ctx.actor, 'servers:read', resourceOf(server)).allowed) throw notFound('Server')
  return server
}

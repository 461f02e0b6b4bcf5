import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { reachOf } from '../../kernel/reach.ts'
import type { ServerFilter } from './inputs.ts'
import type { ServerPage } from './schemas.ts'
import { selectServers } from './server-list.store.ts'
import { serverMapper } from './to-server.ts'

/** One page of the fleet, as far as it is theirs to see (P3.1). Servers that are gone are left out unless asked for. Needs `servers:read`. */
export async function listServers(ctx: Ctx, filter: ServerFilter): Promise<ServerPage> {
  authorize(ctx.actor, 'servers:read')
  const [reach, priced] = [reachOf(ctx.actor, 'servers:read'), reachOf(ctx.actor, 'costs:read')]
  const { page, total, open, accounts } = await selectServers(ctx.db, filter, reach, priced)
  return { items: page.items.map(serverMapper(ctx, accounts, open)), nextCursor: page.nextCursor, total }
}

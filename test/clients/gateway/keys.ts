import { allPermissions, readPermissions } from '../../worker/gateway/permissions.ts'
import type { Item, Kind } from './census.ts'
import type { World } from './world.ts'

export interface NarrowKey {
  /** What the key is made with, once the given is there. */
  make: (world: World, accountId: string) => Promise<Record<string, unknown>>
  isHidden: (kind: Kind, item: Item) => boolean
}

async function serverIdOf(world: World, accountId: string, name: string): Promise<string> {
  const servers = await world.owner.list<{ id: string; name: string; account: { id: string } }>(`/servers?limit=100`)
  const found = servers.find((server) => server.name === name && server.account.id === accountId)
  if (!found) throw new Error(`WebNova does not know ${name}.`)
  return found.id
}

export type NarrowName = 'reads only' | 'one server' | 'one label' | 'power only'

/** Keys that may do a part of what the scenario does; each column of the table of verdicts is one. */
export const narrowKeys: Record<NarrowName, NarrowKey> = {
  'reads only': {
    make: async () => ({ permissions: readPermissions }),
    isHidden: () => false,
  },
  'one server': {
    make: async (world, accountId) => ({
      permissions: allPermissions,
      scopes: [{ kind: 'server', serverId: await serverIdOf(world, accountId, 'web') }],
    }),
    isHidden: (kind, { name }) => kind !== 'servers' || name !== 'web',
  },
  'one label': {
    make: async (_world, accountId) => ({
      permissions: allPermissions,
      scopes: [{ kind: 'labels', selector: 'team=web', accountId }],
    }),
    isHidden: (_kind, { labels }) => labels?.['team'] !== 'web',
  },
  'power only': {
    make: async () => ({ permissions: ['servers:read', 'servers:power'] }),
    isHidden: (kind) => kind !== 'servers',
  },
}

import { refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { requireRecord, requireServer } from '../shared.ts'
import { setServer, startServerAction } from './start.ts'

const MEMBERS_MAX = 10

/** Only for a server that is off. */
export function addToPlacementGroup(context: Context): Reply {
  const server = requireServer(context)
  const group = requireRecord(
    context,
    'placement_groups',
    'placement group',
    context.body.requiredInteger('placement_group'),
  )
  if (server.placementGroup !== null)
    throw refused('already_in_placement_group', 'server is already in a placement group')
  if (server.status !== 'off') throw refused('server_not_stopped', 'server must be stopped')
  assertRoomInGroup(context, group.id)
  return startServerAction(context, server, {
    command: 'add_to_placement_group',
    seconds: 1,
    resources: [
      { id: server.id, type: 'server' },
      { id: group.id, type: 'placement_group' },
    ],
    effects: [{ seconds: 1, effect: setServer(server, { placementGroup: group.id }) }],
  })
}

export function removeFromPlacementGroup(context: Context): Reply {
  const server = requireServer(context)
  if (server.placementGroup === null) throw refused('service_error', 'server is in no placement group')
  return startServerAction(context, server, {
    command: 'remove_from_placement_group',
    seconds: 1,
    effects: [{ seconds: 1, effect: setServer(server, { placementGroup: null }) }],
  })
}

export function assertRoomInGroup({ world, project }: Context, group: number): void {
  const members = world.tables.servers.of(project.id).filter((server) => server.placementGroup === group)
  if (members.length >= MEMBERS_MAX) throw refused('placement_error', 'placement group is full')
}

import { refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable, queryValues, wanted } from '../list.ts'
import type { Route } from '../router.ts'
import type { PlacementGroupRecord } from '../types.ts'
import { toWirePlacementGroup } from './servers/wire.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, NAMED_SORT, requireRecord } from './shared.ts'

/** Placement groups: servers spread over different hosts. They have no actions of their own. */
export function placementGroupRoutes(): Route[] {
  return [
    { method: 'GET', path: '/placement_groups', handler: listGroups },
    { method: 'POST', path: '/placement_groups', handler: createGroup },
    { method: 'GET', path: '/placement_groups/{id}', handler: (context) => answer(context, requireGroup(context)) },
    { method: 'PUT', path: '/placement_groups/{id}', handler: updateGroup },
    { method: 'DELETE', path: '/placement_groups/{id}', handler: deleteGroup },
  ]
}

function listGroups(context: Context): Reply {
  const types = queryValues(context.query, 'type')
  return listTable(context, context.world.tables.placement_groups, {
    key: 'placement_groups',
    sort: NAMED_SORT,
    toWire: (group) => toWirePlacementGroup(context.world, group),
    name: (group) => group.name,
    labels: (group) => group.labels,
    filter: (group) => wanted(types, group.type),
  })
}

function createGroup(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  const type = body.requiredOneOf('type', ['spread'])
  body.check()
  assertNameFree(context, world.tables.placement_groups.of(project.id), name)
  assertWithinLimit(context, 'placement_groups', 'placement_group')
  const group: PlacementGroupRecord = {
    id: world.nextId('placement_groups'),
    project: project.id,
    name,
    type,
    labels,
    created: now,
  }
  world.tables.placement_groups.put(group)
  return created({ placement_group: toWirePlacementGroup(world, group), action: null })
}

function updateGroup(context: Context): Reply {
  const group = requireGroup(context)
  applyNameAndLabels(context, group, context.world.tables.placement_groups.of(context.project.id))
  return answer(context, context.world.tables.placement_groups.put(group))
}

function deleteGroup(context: Context): Reply {
  const group = requireGroup(context)
  const members = context.world.tables.servers
    .of(context.project.id)
    .filter((server) => server.placementGroup === group.id)
  if (members.some((server) => server.lockedBy !== null))
    throw refused('service_error', 'a server of the group is locked')
  for (const server of members) context.world.tables.servers.put(Object.assign(server, { placementGroup: null }))
  context.world.tables.placement_groups.delete(group.id)
  return noContent()
}

function answer(context: Context, group: PlacementGroupRecord): Reply {
  return ok({ placement_group: toWirePlacementGroup(context.world, group) })
}

function requireGroup(context: Context): PlacementGroupRecord {
  return requireRecord(context, 'placement_groups', 'placement group')
}

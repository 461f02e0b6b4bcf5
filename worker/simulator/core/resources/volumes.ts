import { assertFree, resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { findLocation, locationByName } from '../catalogue/locations.ts'
import { invalidField, protectedError, refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable, queryValues, wanted } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { ActionRecord, Effect, ServerRecord, VolumeRecord } from '../types.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, NAMED_SORT, requireRecord } from './shared.ts'

const SIZE_MIN = 10
const SIZE_MAX = 10_240

/** Volumes: block storage that is attached to one server of the same location. */
export function volumeRoutes(): Route[] {
  return [
    { method: 'GET', path: '/volumes', handler: listVolumes },
    { method: 'POST', path: '/volumes', handler: createVolume },
    { method: 'GET', path: '/volumes/{id}', handler: (context) => ok({ volume: toWire(requireVolume(context)) }) },
    { method: 'PUT', path: '/volumes/{id}', handler: updateVolume },
    { method: 'DELETE', path: '/volumes/{id}', handler: deleteVolume },
    { method: 'POST', path: '/volumes/{id}/actions/attach', handler: attach },
    { method: 'POST', path: '/volumes/{id}/actions/detach', handler: detach },
    { method: 'POST', path: '/volumes/{id}/actions/resize', handler: resize },
    { method: 'POST', path: '/volumes/{id}/actions/change_protection', handler: changeProtection },
    ...resourceActionRoutes('volumes', 'volume', (context) => void requireVolume(context)),
  ]
}

function listVolumes(context: Context): Reply {
  const statuses = queryValues(context.query, 'status')
  return listTable(context, context.world.tables.volumes, {
    key: 'volumes',
    sort: NAMED_SORT,
    toWire,
    name: (volume) => volume.name,
    labels: (volume) => volume.labels,
    filter: (volume) => wanted(statuses, volume.status),
  })
}

function createVolume(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const format = body.oneOf('format', ['xfs', 'ext4']) ?? null
  const place = body.reference('location')
  const serverId = body.integer('server')
  const name = body.requiredString('name')
  const size = body.requiredInteger('size')
  if (size < SIZE_MIN || size > SIZE_MAX) body.problem('size', `must be between ${SIZE_MIN} and ${SIZE_MAX}`)
  body.check()
  const server = serverId === undefined ? undefined : requireRecord(context, 'servers', 'server', serverId)
  const location = server?.location ?? (place && findLocation(place)?.name)
  if (!location) throw invalidField('location', 'location or server is required')
  assertNameFree(context, world.tables.volumes.of(project.id), name)
  assertWithinLimit(context, 'volumes', 'volume')
  if (server) assertFree(server)
  const volume: VolumeRecord = {
    id: world.nextId('volumes'),
    project: project.id,
    name,
    size,
    location,
    server: null,
    status: 'creating',
    format,
    protection: { delete: false },
    labels,
    created: now,
  }
  world.tables.volumes.put(volume)
  const action = startAction(context, {
    command: 'create_volume',
    seconds: 2,
    resources: [{ id: volume.id, type: 'volume' }],
    effects: [{ seconds: 2, effect: setVolume(volume, { status: 'available' }) }],
    onError: [{ type: 'delete', kind: 'volumes', entity: volume.id }],
  })
  const next = server ? [startAttach(context, volume, server, 4)] : []
  return created({
    volume: toWire(volume),
    action: toWireAction(action, now),
    next_actions: next.map((entry) => toWireAction(entry, now)),
  })
}

function updateVolume(context: Context): Reply {
  const volume = requireVolume(context)
  applyNameAndLabels(context, volume, context.world.tables.volumes.of(context.project.id))
  return ok({ volume: toWire(context.world.tables.volumes.put(volume)) })
}

function deleteVolume(context: Context): Reply {
  const volume = requireVolume(context)
  if (volume.protection.delete) throw protectedError('volume deletion is protected')
  if (volume.server !== null) throw refused('service_error', 'volume must be detached before it is deleted')
  context.world.tables.volumes.delete(volume.id)
  return noContent()
}

function attach(context: Context): Reply {
  const volume = requireVolume(context)
  const server = requireRecord(context, 'servers', 'server', context.body.requiredInteger('server'))
  if (volume.server !== null) throw refused('volume_already_attached', 'volume is already attached to a server')
  if (volume.location !== server.location) throw invalidField('server', 'server is in another location')
  return created({ action: toWireAction(startAttach(context, volume, server, 2), context.now) })
}

function detach(context: Context): Reply {
  const volume = requireVolume(context)
  const server = volume.server === null ? undefined : context.world.tables.servers.get(volume.server)
  if (!server) throw refused('service_error', 'volume is not attached')
  const action = startAction(context, {
    command: 'detach_volume',
    seconds: 2,
    resources: resourcesOf(volume, server),
    holds: server,
    effects: [{ seconds: 2, effect: setVolume(volume, { server: null }) }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function resize(context: Context): Reply {
  const volume = requireVolume(context)
  const size = context.body.requiredInteger('size')
  if (size <= volume.size || size > SIZE_MAX) throw invalidField('size', 'must be greater than the current size')
  const action = startAction(context, {
    command: 'resize_volume',
    seconds: 2,
    resources: resourcesOf(volume),
    effects: [{ seconds: 2, effect: setVolume(volume, { size }) }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function changeProtection(context: Context): Reply {
  const volume = requireVolume(context)
  volume.protection = { delete: context.body.boolean('delete') ?? volume.protection.delete }
  context.body.check()
  context.world.tables.volumes.put(volume)
  const action = startAction(context, { command: 'change_protection', seconds: 0, resources: resourcesOf(volume) })
  return created({ action: toWireAction(action, context.now) })
}

function startAttach(context: Context, volume: VolumeRecord, server: ServerRecord, seconds: number): ActionRecord {
  return startAction(context, {
    command: 'attach_volume',
    seconds,
    resources: resourcesOf(volume, server),
    holds: server,
    effects: [{ seconds, effect: setVolume(volume, { server: server.id }) }],
  })
}

function setVolume(volume: VolumeRecord, values: Partial<VolumeRecord>): Effect {
  return { type: 'set', kind: 'volumes', entity: volume.id, values }
}

function resourcesOf(volume: VolumeRecord, server?: ServerRecord): { id: number; type: string }[] {
  const own = { id: volume.id, type: 'volume' }
  return server ? [{ id: server.id, type: 'server' }, own] : [own]
}

function requireVolume(context: Context): VolumeRecord {
  return requireRecord(context, 'volumes', 'volume')
}

function toWire(volume: VolumeRecord): object {
  return {
    id: volume.id,
    name: volume.name,
    size: volume.size,
    location: locationByName(volume.location),
    server: volume.server,
    linux_device: `/dev/disk/by-id/scsi-0HC_Volume_${volume.id}`,
    status: volume.status,
    format: volume.format,
    protection: volume.protection,
    labels: volume.labels,
    created: toTimestamp(volume.created),
  }
}

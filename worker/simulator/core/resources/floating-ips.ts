import { resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { findLocation, locationByName } from '../catalogue/locations.ts'
import { invalidField, protectedError, refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { ActionRecord, FloatingIpRecord } from '../types.ts'
import { addressOf, changedDnsPtrs, covers, defaultDnsPtrs } from './primary-ip-records.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, requireRecord } from './shared.ts'

/** Serials of floating addresses start here, far from those of primary IPs. */
const ADDRESS_OFFSET = 90_000

/** Floating IPs: addresses that move between the servers of a location. */
export function floatingIpRoutes(): Route[] {
  return [
    { method: 'GET', path: '/floating_ips', handler: listFloatingIps },
    { method: 'POST', path: '/floating_ips', handler: createFloatingIp },
    {
      method: 'GET',
      path: '/floating_ips/{id}',
      handler: (context) => ok({ floating_ip: toWire(requireIp(context)) }),
    },
    { method: 'PUT', path: '/floating_ips/{id}', handler: updateFloatingIp },
    { method: 'DELETE', path: '/floating_ips/{id}', handler: deleteFloatingIp },
    { method: 'POST', path: '/floating_ips/{id}/actions/assign', handler: assign },
    { method: 'POST', path: '/floating_ips/{id}/actions/unassign', handler: unassign },
    { method: 'POST', path: '/floating_ips/{id}/actions/change_dns_ptr', handler: changeDnsPtr },
    { method: 'POST', path: '/floating_ips/{id}/actions/change_protection', handler: changeProtection },
    ...resourceActionRoutes('floating_ips', 'floating_ip', (context) => void requireIp(context)),
  ]
}

function listFloatingIps(context: Context): Reply {
  return listTable(context, context.world.tables.floating_ips, {
    key: 'floating_ips',
    sort: { id: (ip) => ip.id, created: (ip) => ip.created },
    toWire,
    name: (ip) => ip.name,
    labels: (ip) => ip.labels,
  })
}

function createFloatingIp(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const description = body.string('description') ?? null
  const wantedName = body.string('name')
  const place = body.reference('home_location')
  const serverId = body.integer('server')
  const type = body.requiredOneOf('type', ['ipv4', 'ipv6'])
  body.check()
  const server = serverId === undefined ? undefined : requireRecord(context, 'servers', 'server', serverId)
  const location = server?.location ?? (place && findLocation(place)?.name)
  if (!location) throw invalidField('home_location', 'home_location or server is required')
  assertWithinLimit(context, 'floating_ips', 'floating_ip')
  const id = world.nextId('floating_ips')
  const name = wantedName || `floating-ip-${id}`
  assertNameFree(context, world.tables.floating_ips.of(project.id), name)
  const ip = addressOf(type, (id % 1_000_000) + ADDRESS_OFFSET)
  const record: FloatingIpRecord = {
    id,
    project: project.id,
    name,
    description,
    type,
    ip,
    location,
    server: null,
    dnsPtr: defaultDnsPtrs(type, ip),
    protection: { delete: false },
    labels,
    created: now,
  }
  world.tables.floating_ips.put(record)
  const action = server && startAssign(context, record, server.id)
  return created({ floating_ip: toWire(record), action: action ? toWireAction(action, now) : null })
}

function updateFloatingIp(context: Context): Reply {
  const record = requireIp(context)
  const description = context.body.string('description')
  applyNameAndLabels(context, record, context.world.tables.floating_ips.of(context.project.id))
  if (description !== undefined) record.description = description
  return ok({ floating_ip: toWire(context.world.tables.floating_ips.put(record)) })
}

function deleteFloatingIp(context: Context): Reply {
  const record = requireIp(context)
  if (record.protection.delete) throw protectedError('floating IP deletion is protected')
  if (record.server !== null) throw refused('must_be_unassigned', 'floating IP must be unassigned before it is deleted')
  context.world.tables.floating_ips.delete(record.id)
  return noContent()
}

function assign(context: Context): Reply {
  const record = requireIp(context)
  const server = requireRecord(context, 'servers', 'server', context.body.requiredInteger('server'))
  return created({ action: toWireAction(startAssign(context, record, server.id), context.now) })
}

function unassign(context: Context): Reply {
  const record = requireIp(context)
  return created({ action: toWireAction(startMove(context, record, 'unassign_floating_ip', null), context.now) })
}

function startAssign(context: Context, record: FloatingIpRecord, server: number): ActionRecord {
  return startMove(context, record, 'assign_floating_ip', server)
}

function startMove(context: Context, record: FloatingIpRecord, command: string, server: number | null): ActionRecord {
  const own = { id: record.id, type: 'floating_ip' }
  const target = server ?? record.server
  return startAction(context, {
    command,
    seconds: 1,
    resources: target === null ? [own] : [own, { id: target, type: 'server' }],
    effects: [{ seconds: 1, effect: { type: 'set', kind: 'floating_ips', entity: record.id, values: { server } } }],
  })
}

function changeDnsPtr(context: Context): Reply {
  const record = requireIp(context)
  const ip = context.body.requiredString('ip')
  const name = context.body.string('dns_ptr') ?? null
  context.body.check()
  if (!covers(record, ip)) throw invalidField('ip', 'IP does not belong to the floating IP')
  const dnsPtr = changedDnsPtrs(record.dnsPtr, record.type, ip, name)
  const action = startAction(context, {
    command: 'change_dns_ptr',
    seconds: 1,
    resources: [{ id: record.id, type: 'floating_ip' }],
    effects: [{ seconds: 1, effect: { type: 'set', kind: 'floating_ips', entity: record.id, values: { dnsPtr } } }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function changeProtection(context: Context): Reply {
  const record = requireIp(context)
  record.protection = { delete: context.body.boolean('delete') ?? record.protection.delete }
  context.body.check()
  context.world.tables.floating_ips.put(record)
  const resources = [{ id: record.id, type: 'floating_ip' }]
  return created({
    action: toWireAction(startAction(context, { command: 'change_protection', seconds: 0, resources }), context.now),
  })
}

function requireIp(context: Context): FloatingIpRecord {
  return requireRecord(context, 'floating_ips', 'floating IP')
}

function toWire(record: FloatingIpRecord): object {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    type: record.type,
    ip: record.ip,
    server: record.server,
    dns_ptr: record.dnsPtr,
    home_location: locationByName(record.location),
    blocked: false,
    protection: record.protection,
    labels: record.labels,
    created: toTimestamp(record.created),
  }
}

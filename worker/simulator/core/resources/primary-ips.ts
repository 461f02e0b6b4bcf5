import { resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { findLocation, locationByName } from '../catalogue/locations.ts'
import { invalidField, protectedError, refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { PrimaryIpRecord, ServerRecord } from '../types.ts'
import { needsPrimaryIp } from './load-balancers/members.ts'
import { changedDnsPtrs, covers, newPrimaryIp } from './primary-ip-records.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, requireRecord } from './shared.ts'

/** Primary IPs: created with a server, or on their own and assigned to one that is off. */
export function primaryIpRoutes(): Route[] {
  return [
    { method: 'GET', path: '/primary_ips', handler: listPrimaryIps },
    { method: 'POST', path: '/primary_ips', handler: createPrimaryIp },
    { method: 'GET', path: '/primary_ips/{id}', handler: (context) => ok({ primary_ip: toWire(requireIp(context)) }) },
    { method: 'PUT', path: '/primary_ips/{id}', handler: updatePrimaryIp },
    { method: 'DELETE', path: '/primary_ips/{id}', handler: deletePrimaryIp },
    { method: 'POST', path: '/primary_ips/{id}/actions/assign', handler: assign },
    { method: 'POST', path: '/primary_ips/{id}/actions/unassign', handler: unassign },
    { method: 'POST', path: '/primary_ips/{id}/actions/change_dns_ptr', handler: changeDnsPtr },
    { method: 'POST', path: '/primary_ips/{id}/actions/change_protection', handler: changeProtection },
    ...resourceActionRoutes('primary_ips', 'primary_ip', (context) => void requireIp(context)),
  ]
}

function listPrimaryIps(context: Context): Reply {
  const ip = context.query.get('ip')
  return listTable(context, context.world.tables.primary_ips, {
    key: 'primary_ips',
    sort: { id: (row) => row.id, created: (row) => row.created },
    toWire,
    name: (row) => row.name,
    labels: (row) => row.labels,
    ...(ip ? { filter: (row: PrimaryIpRecord) => row.ip === ip } : {}),
  })
}

function createPrimaryIp(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const autoDelete = body.boolean('auto_delete') ?? false
  const assignee = body.integer('assignee_id')
  const place = body.reference('location')
  const name = body.requiredString('name')
  const type = body.requiredOneOf('type', ['ipv4', 'ipv6'])
  body.check()
  const server = assignee === undefined ? undefined : assignableServer(context, assignee, type)
  const location = server ? server.location : place && findLocation(place)?.name
  if (!location) throw invalidField('location', 'location or assignee_id is required')
  assertNameFree(context, world.tables.primary_ips.of(project.id), name)
  assertWithinLimit(context, 'primary_ips', 'primary_ip')
  const id = world.nextId('primary_ips')
  const record = newPrimaryIp({
    id,
    project: project.id,
    type,
    location,
    assignee: null,
    created: now,
    name,
    labels,
    autoDelete,
  })
  world.tables.primary_ips.put(record)
  const action = server && startAssign(context, record, server)
  return created({ primary_ip: toWire(record), action: action ? toWireAction(action, now) : null })
}

function updatePrimaryIp(context: Context): Reply {
  const record = requireIp(context)
  const autoDelete = context.body.boolean('auto_delete')
  applyNameAndLabels(context, record, context.world.tables.primary_ips.of(context.project.id))
  if (autoDelete !== undefined) record.autoDelete = autoDelete
  return ok({ primary_ip: toWire(context.world.tables.primary_ips.put(record)) })
}

function deletePrimaryIp(context: Context): Reply {
  const record = requireIp(context)
  if (record.protection.delete) throw protectedError('primary IP deletion is protected')
  if (record.assignee !== null)
    throw refused('must_be_unassigned', 'primary IP must be unassigned before it is deleted')
  context.world.tables.primary_ips.delete(record.id)
  return noContent()
}

function assign(context: Context): Reply {
  const record = requireIp(context)
  const id = context.body.requiredInteger('assignee_id')
  if (record.assignee !== null) throw refused('primary_ip_already_assigned', 'primary IP is already assigned')
  const server = assignableServer(context, id, record.type)
  if (server.location !== record.location) {
    throw refused('primary_ip_datacenter_mismatch', 'primary IP and server are in different locations')
  }
  return created({ action: toWireAction(startAssign(context, record, server), context.now) })
}

function unassign(context: Context): Reply {
  const record = requireIp(context)
  const server = record.assignee === null ? undefined : context.world.tables.servers.get(record.assignee)
  if (server && server.status !== 'off') throw refused('server_not_stopped', 'server must be stopped')
  if (server && needsPrimaryIp(context.world, server, record.type))
    throw refused('server_is_load_balancer_target', 'server is a target of a load balancer')
  const action = startAction(context, {
    command: 'unassign_primary_ip',
    seconds: 2,
    resources: resourcesOf(record, server),
    ...(server ? { holds: server } : {}),
    effects: [
      { seconds: 2, effect: { type: 'set', kind: 'primary_ips', entity: record.id, values: { assignee: null } } },
      ...(server
        ? [
            {
              seconds: 2,
              effect: { type: 'set', kind: 'servers', entity: server.id, values: { [record.type]: null } } as const,
            },
          ]
        : []),
    ],
  })
  return created({ action: toWireAction(action, context.now) })
}

function startAssign(context: Context, record: PrimaryIpRecord, server: ServerRecord): ReturnType<typeof startAction> {
  return startAction(context, {
    command: 'assign_primary_ip',
    seconds: 2,
    resources: resourcesOf(record, server),
    holds: server,
    effects: [
      { seconds: 2, effect: { type: 'set', kind: 'primary_ips', entity: record.id, values: { assignee: server.id } } },
      { seconds: 2, effect: { type: 'set', kind: 'servers', entity: server.id, values: { [record.type]: record.id } } },
    ],
  })
}

/** A server that is off and has no address of the family yet. */
function assignableServer(context: Context, id: number, type: 'ipv4' | 'ipv6'): ServerRecord {
  const server = requireRecord(context, 'servers', 'server', id)
  if (server.status !== 'off') throw refused('server_not_stopped', 'server must be stopped')
  if (server[type] !== null) throw refused(`server_has_${type}`, `server already has an ${type}`)
  return server
}

function changeDnsPtr(context: Context): Reply {
  const record = requireIp(context)
  const ip = context.body.requiredString('ip')
  const name = context.body.string('dns_ptr') ?? null
  context.body.check()
  if (!covers(record, ip)) throw invalidField('ip', 'IP does not belong to the primary IP')
  const dnsPtr = changedDnsPtrs(record.dnsPtr, record.type, ip, name)
  const action = startAction(context, {
    command: 'change_dns_ptr',
    seconds: 1,
    resources: resourcesOf(record),
    effects: [{ seconds: 1, effect: { type: 'set', kind: 'primary_ips', entity: record.id, values: { dnsPtr } } }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function changeProtection(context: Context): Reply {
  const record = requireIp(context)
  const value = context.body.requiredBoolean('delete')
  if (value && record.autoDelete) throw refused('service_error', 'a primary IP with auto_delete cannot be protected')
  record.protection = { delete: value }
  context.world.tables.primary_ips.put(record)
  const action = startAction(context, { command: 'change_protection', seconds: 0, resources: resourcesOf(record) })
  return created({ action: toWireAction(action, context.now) })
}

function resourcesOf(record: PrimaryIpRecord, server?: ServerRecord): { id: number; type: string }[] {
  const own = { id: record.id, type: 'primary_ip' }
  return server ? [own, { id: server.id, type: 'server' }] : [own]
}

function requireIp(context: Context): PrimaryIpRecord {
  return requireRecord(context, 'primary_ips', 'primary IP')
}

function toWire(record: PrimaryIpRecord): object {
  return {
    id: record.id,
    name: record.name,
    type: record.type,
    ip: record.ip,
    location: locationByName(record.location),
    assignee_id: record.assignee,
    assignee_type: record.assignee === null ? 'unassigned' : 'server',
    auto_delete: record.autoDelete,
    blocked: false,
    dns_ptr: record.dnsPtr,
    protection: record.protection,
    labels: record.labels,
    created: toTimestamp(record.created),
  }
}

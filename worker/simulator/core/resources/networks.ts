import { resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { contains, formatIp, isPrivate, parseRange, storedIp, storedRange } from '../cidr.ts'
import { ApiError, invalidField, protectedError, refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { LoadBalancerRecord, NetworkRecord, ServerRecord } from '../types.ts'
import { listMembers } from './network-members.ts'
import { gatewayOf, readRoute, readSubnet } from './network-parts.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, NAMED_SORT, requireRecord } from './shared.ts'

/** Private networks with their subnets and routes. */
export function networkRoutes(): Route[] {
  return [
    { method: 'GET', path: '/networks', handler: listNetworks },
    { method: 'POST', path: '/networks', handler: createNetwork },
    { method: 'GET', path: '/networks/{id}', handler: (context) => answer(context, requireNetwork(context)) },
    { method: 'PUT', path: '/networks/{id}', handler: updateNetwork },
    { method: 'GET', path: '/networks/{id}/members', handler: listMembers },
    { method: 'DELETE', path: '/networks/{id}', handler: deleteNetwork },
    { method: 'POST', path: '/networks/{id}/actions/add_subnet', handler: addSubnet },
    { method: 'POST', path: '/networks/{id}/actions/delete_subnet', handler: deleteSubnet },
    { method: 'POST', path: '/networks/{id}/actions/add_route', handler: addRoute },
    { method: 'POST', path: '/networks/{id}/actions/delete_route', handler: deleteRoute },
    { method: 'POST', path: '/networks/{id}/actions/change_ip_range', handler: changeIpRange },
    { method: 'POST', path: '/networks/{id}/actions/change_protection', handler: changeProtection },
    ...resourceActionRoutes('networks', 'network', (context) => void requireNetwork(context)),
  ]
}

function listNetworks(context: Context): Reply {
  return listTable(context, context.world.tables.networks, {
    key: 'networks',
    sort: NAMED_SORT,
    toWire: (network) => toWire(context, network),
    name: (network) => network.name,
    labels: (network) => network.labels,
  })
}

function createNetwork(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  const ipRange = body.requiredString('ip_range')
  const exposeRoutes = body.boolean('expose_routes_to_vswitch') ?? false
  body.check()
  assertNetworkRange(ipRange)
  assertNameFree(context, world.tables.networks.of(project.id), name)
  assertWithinLimit(context, 'networks', 'network')
  const network: NetworkRecord = {
    id: world.nextId('networks'),
    project: project.id,
    name,
    ipRange,
    subnets: [],
    routes: [],
    protection: { delete: false },
    exposeRoutes,
    labels,
    created: now,
  }
  for (const subnet of body.list('subnets')) network.subnets.push(readSubnet(network, subnet))
  for (const route of body.list('routes')) network.routes.push(readRoute(network, route))
  return { ...answer(context, world.tables.networks.put(network)), status: 201 }
}

function updateNetwork(context: Context): Reply {
  const network = requireNetwork(context)
  const exposeRoutes = context.body.boolean('expose_routes_to_vswitch')
  applyNameAndLabels(context, network, context.world.tables.networks.of(context.project.id))
  if (exposeRoutes !== undefined) network.exposeRoutes = exposeRoutes
  return answer(context, context.world.tables.networks.put(network))
}

/** Detaches every member first. */
function deleteNetwork(context: Context): Reply {
  const network = requireNetwork(context)
  if (network.protection.delete) throw protectedError('network is delete protected')
  for (const server of membersOf(context, network)) {
    const privateNet = server.privateNet.filter((net) => net.network !== network.id)
    context.world.tables.servers.put(Object.assign(server, { privateNet }))
  }
  for (const balancer of balancersIn(context, network))
    context.world.tables.load_balancers.put(Object.assign(balancer, { privateNet: [] }))
  context.world.tables.networks.delete(network.id)
  return noContent()
}

function addSubnet(context: Context): Reply {
  const network = requireNetwork(context)
  const subnet = readSubnet(network, {
    type: context.body.requiredString('type'),
    network_zone: context.body.requiredString('network_zone'),
    ip_range: context.body.string('ip_range'),
    vswitch_id: context.body.raw('vswitch_id'),
  })
  return change(context, network, 'add_subnet', { subnets: [...network.subnets, subnet] })
}

function deleteSubnet(context: Context): Reply {
  const network = requireNetwork(context)
  const ipRange = context.body.requiredString('ip_range')
  const subnets = network.subnets.filter((subnet) => subnet.ip_range !== ipRange)
  if (subnets.length === network.subnets.length) throw new ApiError(404, 'not_found', 'subnet not found')
  const range = storedRange(ipRange)
  const inUse = [...membersOf(context, network), ...balancersIn(context, network)].some((member) =>
    member.privateNet.some((net) => {
      const ip = storedIp(net.ip)
      return net.network === network.id && contains(range, { first: ip, last: ip })
    }),
  )
  if (inUse) throw refused('service_error', 'servers or load balancers are attached to the subnet')
  return change(context, network, 'delete_subnet', { subnets })
}

function addRoute(context: Context): Reply {
  const network = requireNetwork(context)
  const route = readRoute(network, {
    destination: context.body.requiredString('destination'),
    gateway: context.body.requiredString('gateway'),
  })
  return change(context, network, 'add_route', { routes: [...network.routes, route] })
}

function deleteRoute(context: Context): Reply {
  const network = requireNetwork(context)
  const destination = context.body.requiredString('destination')
  const gateway = context.body.requiredString('gateway')
  const routes = network.routes.filter((route) => route.destination !== destination || route.gateway !== gateway)
  if (routes.length === network.routes.length) throw new ApiError(404, 'not_found', 'route not found')
  return change(context, network, 'delete_route', { routes })
}

/** The range may only grow, around the same first address. */
function changeIpRange(context: Context): Reply {
  const network = requireNetwork(context)
  const ipRange = context.body.requiredString('ip_range')
  const wanted = assertNetworkRange(ipRange)
  const current = storedRange(network.ipRange)
  if (wanted.first !== current.first || !contains(wanted, current)) {
    throw invalidField('ip_range', 'may only be extended')
  }
  return change(context, network, 'change_ip_range', { ipRange })
}

function changeProtection(context: Context): Reply {
  const network = requireNetwork(context)
  const value = context.body.boolean('delete') ?? network.protection.delete
  context.body.check()
  network.protection = { delete: value }
  context.world.tables.networks.put(network)
  return change(context, network, 'change_protection', {}, 0)
}

function change(
  context: Context,
  network: NetworkRecord,
  command: string,
  values: Partial<NetworkRecord>,
  seconds = 1,
): Reply {
  const action = startAction(context, {
    command,
    seconds,
    resources: [{ id: network.id, type: 'network' }],
    effects: [{ seconds, effect: { type: 'set', kind: 'networks', entity: network.id, values } }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function assertNetworkRange(text: string): NonNullable<ReturnType<typeof parseRange>> {
  const range = parseRange(text)
  if (!range || range.bits > 24 || !isPrivate(range)) {
    throw invalidField('ip_range', 'must be a private network of at least /24 in CIDR notation')
  }
  return range
}

function membersOf({ world, project }: Context, network: NetworkRecord): ServerRecord[] {
  return world.tables.servers
    .of(project.id)
    .filter((server) => server.privateNet.some((net) => net.network === network.id))
}

function balancersIn({ world, project }: Context, network: NetworkRecord): LoadBalancerRecord[] {
  return world.tables.load_balancers
    .of(project.id)
    .filter((balancer) => balancer.privateNet.some((net) => net.network === network.id))
}

function requireNetwork(context: Context): NetworkRecord {
  return requireRecord(context, 'networks', 'network')
}

function answer(context: Context, network: NetworkRecord): Reply {
  return ok({ network: toWire(context, network) })
}

function toWire(context: Context, network: NetworkRecord): object {
  return {
    id: network.id,
    name: network.name,
    ip_range: network.ipRange,
    subnets: network.subnets.map((subnet) => ({ ...subnet, gateway: formatIp(gatewayOf(network)) })),
    routes: network.routes,
    servers: membersOf(context, network).map(({ id }) => id),
    load_balancers: balancersIn(context, network).map(({ id }) => id),
    protection: network.protection,
    expose_routes_to_vswitch: network.exposeRoutes,
    labels: network.labels,
    created: toTimestamp(network.created),
  }
}

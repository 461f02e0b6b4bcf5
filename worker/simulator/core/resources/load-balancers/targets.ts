import type { Body } from '../../body.ts'
import { contains, isPrivate, parseIp, storedRange } from '../../cidr.ts'
import { ApiError, invalidField, limitExceeded, refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { must } from '../../must.ts'
import { parseSelector } from '../../selector.ts'
import type { LoadBalancerRecord, LoadBalancerTarget } from '../../types.ts'
import type { World } from '../../world.ts'
import { requireRecord } from '../shared.ts'
import { change, requireBalancer } from './change.ts'
import { isCloudAddress, isIpv6Of, isReachable, publicIpv4Of, selectedServers } from './members.ts'
import { typeOf } from './wire.ts'

const TYPES = ['server', 'label_selector', 'ip'] as const
/** Dedicated servers are not simulated; the addresses reserved for documentation stand for the owner's. */
const DEDICATED = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map(storedRange)
const DEDICATED_V6 = /^2001:db8:ffff:[0-9a-f:]*$/i

export function addTarget(context: Context): Reply {
  const balancer = requireBalancer(context)
  const target = readTarget(context, balancer, context.body)
  const targets = withTarget(context.world, balancer, target)
  return change(context, balancer, 'add_target', { targets }, { others: serverOf(target) })
}

export function removeTarget(context: Context): Reply {
  const balancer = requireBalancer(context)
  const gone = nameTarget(context, context.body)
  const targets = balancer.targets.filter((target) => !isSame(target, gone))
  if (targets.length === balancer.targets.length) throw new ApiError(404, 'not_found', 'target not found')
  return change(context, balancer, 'remove_target', { targets }, { others: serverOf(gone) })
}

/** The targets with one more; 422 when it is there already, 403 when the type allows no more. */
export function withTarget(
  world: World,
  balancer: LoadBalancerRecord,
  target: LoadBalancerTarget,
): LoadBalancerTarget[] {
  if (balancer.targets.some((known) => isSame(known, target)))
    throw refused('target_already_defined', 'target is already defined')
  const targets = [...balancer.targets, target]
  if (targetCount(world, balancer, targets) > typeOf(balancer).max_targets) throw limitExceeded('load_balancer_targets')
  return targets
}

/** Every server that a selector stands for counts. */
export function targetCount(world: World, balancer: LoadBalancerRecord, targets: LoadBalancerTarget[]): number {
  return targets
    .map((target) => (target.type === 'label_selector' ? selectedServers(world, balancer, target).length : 1))
    .reduce((sum, count) => sum + count, 0)
}

/** Reads a target and makes sure that the load balancer can reach it (codes: FACTS §2). */
export function readTarget(context: Context, balancer: LoadBalancerRecord, body: Body): LoadBalancerTarget {
  const target = nameTarget(context, body)
  if (target.type === 'ip') assertUsableAddress(context.world, balancer, target.ip)
  else {
    if (target.usePrivateIp && balancer.privateNet.length === 0)
      throw refused('load_balancer_not_attached_to_network', 'load balancer is not attached to a network')
    if (!target.usePrivateIp) assertPublicInterface(balancer)
  }
  if (target.type === 'server') assertReachable(context.world, balancer, target)
  return target
}

function assertReachable(
  world: World,
  balancer: LoadBalancerRecord,
  target: Extract<LoadBalancerTarget, { type: 'server' }>,
): void {
  const server = must(world.tables.servers.get(target.server), 'server')
  if (target.ip !== null || isReachable(world, balancer, server, target.usePrivateIp)) return
  if (target.usePrivateIp) {
    const message = "server is not attached to the load balancer's network"
    throw refused('resolve_cloud_private_targets_error', message)
  }
  throw refused('resolve_cloud_public_targets_error', 'server has no public IPv4 address')
}

/** What names a target in a body, whether it is there or not. */
function nameTarget(context: Context, body: Body): LoadBalancerTarget {
  const type = body.requiredOneOf('type', TYPES)
  const usePrivateIp = body.boolean('use_private_ip') ?? false
  const since = context.now
  if (type === 'ip') return { type, ip: body.object('ip').requiredString('ip').toLowerCase(), since }
  if (type === 'label_selector') {
    const selector = body.object('label_selector').requiredString('selector')
    if (selector.length > 1_000) throw invalidField('label_selector.selector', 'must have at most 1000 letters')
    parseSelector(selector)
    return { type, selector, usePrivateIp, since }
  }
  const inner = body.object('server')
  const id = inner.requiredInteger('id')
  const ip = inner.string('ip')?.toLowerCase() || null
  body.check()
  const server = requireRecord(context, 'servers', 'server', id)
  if (ip !== null && usePrivateIp) throw invalidField('server.ip', 'is only valid for public targets')
  const isDefault = ip === null || ip === publicIpv4Of(context.world, server)
  if (!isDefault && !isIpv6Of(context.world, server, ip))
    throw refused('ip_not_assigned_to_server', `IP ${ip} is not assigned to the server`)
  return { type, server: id, ip: isDefault ? null : ip, usePrivateIp, since }
}

/** Private addresses have to lie in a vSwitch subnet of the network, public ones have to be the owner's. */
function assertUsableAddress(world: World, balancer: LoadBalancerRecord, ip: string): void {
  const number = parseIp(ip)
  if (number === null && !/^[0-9a-f]*:[0-9a-f:]*$/.test(ip)) throw invalidField('ip.ip', 'must be an IP address')
  const range = { first: number ?? -1, last: number ?? -1, bits: 32 }
  if (number !== null && isPrivate(range)) {
    const network = world.tables.networks.get(balancer.privateNet[0]?.network ?? 0)
    if (!network) throw refused('load_balancer_not_attached_to_network', 'load balancer is not attached to a network')
    const subnets = network.subnets.filter(({ type }) => type === 'vswitch')
    if (subnets.length === 0)
      throw refused('network_has_no_vswitch_subnet', 'the network has no subnet of type vswitch')
    if (!subnets.some((subnet) => contains(storedRange(subnet.ip_range), range)))
      throw refused('ip_not_in_vswitch_subnet', `IP ${ip} is not in a vSwitch subnet`)
    return
  }
  assertPublicInterface(balancer)
  if (isCloudAddress(world, ip))
    throw refused(
      'cloud_resource_ip_not_allowed',
      'cannot add IP to load balancer: IP belongs to Hetzner Cloud resource',
    )
  const isOwned = number === null ? DEDICATED_V6.test(ip) : DEDICATED.some((block) => contains(block, range))
  if (!isOwned) throw refused('ip_not_owned', `IP ${ip} is not owned by the owner of the project`)
}

function assertPublicInterface(balancer: LoadBalancerRecord): void {
  if (!balancer.publicInterface)
    throw refused('load_balancer_public_interface_disabled', 'public interface of the load balancer is disabled')
}

function isSame(a: LoadBalancerTarget, b: LoadBalancerTarget): boolean {
  if (a.type === 'server') return b.type === 'server' && a.server === b.server && a.ip === b.ip
  if (a.type === 'ip') return b.type === 'ip' && a.ip === b.ip
  return b.type === 'label_selector' && a.selector === b.selector
}

function serverOf(target: LoadBalancerTarget): { id: number; type: string }[] {
  return target.type === 'server' ? [{ id: target.server, type: 'server' }] : []
}

import { isPrivate, parseIp } from '../../cidr.ts'
import { refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import type { LoadBalancerRecord } from '../../types.ts'
import { privateNetFor } from '../network-addresses.ts'
import { requireRecord } from '../shared.ts'
import { change, requireBalancer } from './change.ts'

/** A load balancer can be in one network. */
export function attachToNetwork(context: Context): Reply {
  const balancer = requireBalancer(context)
  const { body } = context
  const network = body.requiredInteger('network')
  const ip = body.string('ip') || undefined
  const ipRange = body.string('ip_range') || undefined
  body.check()
  const privateNet = joinNetwork(context, balancer, network, ip, ipRange)
  return change(context, balancer, 'attach_to_network', { privateNet }, about(network))
}

/** The interface it gets in a network; 422 when it is in one already, or there is no room. */
export function joinNetwork(
  context: Context,
  balancer: LoadBalancerRecord,
  id: number,
  wantedIp?: string,
  ipRange?: string,
): LoadBalancerRecord['privateNet'] {
  const record = requireRecord(context, 'networks', 'network', id)
  if (balancer.privateNet.length > 0)
    throw refused('load_balancer_already_attached', 'load balancer is already attached to a network')
  const { network, ip } = privateNetFor(context, balancer, record, wantedIp, [], ipRange)
  return [{ network, ip }]
}

/** Targets that were reached through the network stay, and are unhealthy from now on. */
export function detachFromNetwork(context: Context): Reply {
  const balancer = requireBalancer(context)
  const network = context.body.requiredInteger('network')
  const privateNet = balancer.privateNet.filter((net) => net.network !== network)
  if (privateNet.length === balancer.privateNet.length) throw notAttached()
  return change(context, balancer, 'detach_from_network', { privateNet }, about(network))
}

export function enablePublicInterface(context: Context): Reply {
  return change(context, requireBalancer(context), 'enable_public_interface', { publicInterface: true })
}

/** Needs a network, and no target that is reached in public. */
export function disablePublicInterface(context: Context): Reply {
  const balancer = requireBalancer(context)
  if (balancer.privateNet.length === 0) throw notAttached()
  if (balancer.targets.some((target) => (target.type === 'ip' ? !isPrivateIp(target.ip) : !target.usePrivateIp)))
    throw refused('targets_without_use_private_ip', 'load balancer has targets that do not use their private IP')
  return change(context, balancer, 'disable_public_interface', { publicInterface: false })
}

export function notAttached(): Error {
  return refused('load_balancer_not_attached_to_network', 'load balancer is not attached to a network')
}

function isPrivateIp(ip: string): boolean {
  const number = parseIp(ip)
  return number !== null && isPrivate({ first: number, last: number, bits: 32 })
}

function about(network: number): { others: { id: number; type: string }[] } {
  return { others: [{ id: network, type: 'network' }] }
}

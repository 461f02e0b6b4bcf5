import { LOAD_BALANCER_TYPES, type LoadBalancerType } from '../../catalogue/load-balancer-types.ts'
import { invalidField, refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { change, requireBalancer } from './change.ts'
import { certificatesOf } from './read-service.ts'
import { targetCount } from './targets.ts'

export const ALGORITHMS = ['round_robin', 'least_connections'] as const

export function changeAlgorithm(context: Context): Reply {
  const balancer = requireBalancer(context)
  return change(context, balancer, 'change_algorithm', { algorithm: context.body.requiredOneOf('type', ALGORITHMS) })
}

/** To another type that has room for what the load balancer has. */
export function changeType(context: Context): Reply {
  const balancer = requireBalancer(context)
  const type = resolveType(context.body.requiredReference('load_balancer_type'))
  const fits =
    type.name !== balancer.type &&
    balancer.services.length <= type.max_services &&
    targetCount(context.world, balancer, balancer.targets) <= type.max_targets &&
    certificatesOf(balancer.services).size <= type.max_assigned_certificates
  if (!fits) throw refused('invalid_load_balancer_type', 'load balancer type does not fit for the load balancer')
  return change(context, balancer, 'change_load_balancer_type', { type: type.name }, { seconds: 3 })
}

/** The type that a body names by id or name. */
export function resolveType(reference: string): LoadBalancerType {
  const type = LOAD_BALANCER_TYPES.find(({ id, name }) => name === reference || String(id) === reference)
  if (!type) throw invalidField('load_balancer_type', `load balancer type ${reference} not found`)
  return type
}

export function changeProtection(context: Context): Reply {
  const balancer = requireBalancer(context)
  const value = context.body.boolean('delete') ?? balancer.protection.delete
  context.body.check()
  return change(context, balancer, 'change_protection', { protection: { delete: value } }, { seconds: 0 })
}

/** Null puts the IPv4 name back to its default and removes the IPv6 one. */
export function changeDnsPtr(context: Context): Reply {
  const balancer = requireBalancer(context)
  const ip = context.body.requiredString('ip').toLowerCase()
  const name = context.body.string('dns_ptr') ?? null
  context.body.check()
  if (ip !== balancer.ipv4 && ip !== balancer.ipv6) throw invalidField('ip', 'IP does not belong to the load balancer')
  const { [ip]: _before, ...others } = balancer.dnsPtr
  return change(context, balancer, 'change_dns_ptr', { dnsPtr: name === null ? others : { ...others, [ip]: name } })
}

import { must } from '../../must.ts'
import { parseSelector } from '../../selector.ts'
import type { LoadBalancerRecord, LoadBalancerTarget, ServerRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { covers } from '../primary-ip-records.ts'

type ServerTarget = Extract<LoadBalancerTarget, { type: 'server' }>
type SelectorTarget = Extract<LoadBalancerTarget, { type: 'label_selector' }>

/** The servers that a label selector stands for now: those that it matches and that can be reached as it says. */
export function selectedServers(world: World, balancer: LoadBalancerRecord, target: SelectorTarget): ServerRecord[] {
  const matches = parseSelector(target.selector)
  return world.tables.servers
    .of(balancer.project)
    .filter((server) => matches(server.labels) && isReachable(world, balancer, server, target.usePrivateIp))
}

/** Ids of the load balancers that send to a server, by id or by label; what all servers need is found out once. */
export function balancersByServer(world: World): (server: ServerRecord) => number[] {
  if (world.tables.load_balancers.size === 0) return () => []
  const selectors = new Map<string, ReturnType<typeof parseSelector>>()
  const matches = (selector: string, server: ServerRecord): boolean => {
    if (!selectors.has(selector)) selectors.set(selector, parseSelector(selector))
    return must(selectors.get(selector), 'selector')(server.labels)
  }
  return (server) =>
    world.tables.load_balancers
      .of(server.project)
      .filter((balancer) =>
        balancer.targets.some((target) => {
          if (target.type === 'server') return target.server === server.id
          if (target.type === 'ip') return false
          return matches(target.selector, server) && isReachable(world, balancer, server, target.usePrivateIp)
        }),
      )
      .map(({ id }) => id)
}

/** True while a load balancer sends to an address of the server that the primary IP provides. */
export function needsPrimaryIp(world: World, server: ServerRecord, type: 'ipv4' | 'ipv6'): boolean {
  return world.tables.load_balancers
    .of(server.project)
    .some(({ targets }) =>
      targets.some(
        (target) =>
          target.type === 'server' &&
          target.server === server.id &&
          !target.usePrivateIp &&
          (target.ip === null ? 'ipv4' : 'ipv6') === type,
      ),
    )
}

/** The address that traffic for a server goes to; undefined when there is no way to it. */
export function addressOfTarget(
  world: World,
  balancer: LoadBalancerRecord,
  server: ServerRecord,
  { ip, usePrivateIp }: Pick<ServerTarget, 'ip' | 'usePrivateIp'>,
): string | undefined {
  if (usePrivateIp) return privateIpOf(balancer, server)
  return ip ?? publicIpv4Of(world, server)
}

export function isReachable(
  world: World,
  balancer: LoadBalancerRecord,
  server: ServerRecord,
  usePrivateIp: boolean,
): boolean {
  return addressOfTarget(world, balancer, server, { ip: null, usePrivateIp }) !== undefined
}

export function publicIpv4Of(world: World, server: ServerRecord): string | undefined {
  return server.ipv4 === null ? undefined : world.tables.primary_ips.get(server.ipv4)?.ip
}

/** True for an address in the server's IPv6 network. */
export function isIpv6Of(world: World, server: ServerRecord, ip: string): boolean {
  const owned = server.ipv6 === null ? undefined : world.tables.primary_ips.get(server.ipv6)
  return owned !== undefined && ip.includes(':') && !ip.includes('/') && covers(owned, ip)
}

/** True for an address of something in the cloud, of whatever project: those cannot be targets of type ip. */
export function isCloudAddress(world: World, ip: string): boolean {
  const { primary_ips: primary, floating_ips: floating, load_balancers: balancers } = world.tables
  const owners = [...primary.all(), ...floating.all()]
  if (owners.some((owner) => covers(owner, ip))) return true
  return [...balancers.all()].some(({ ipv4, ipv6 }) => ipv4 === ip || ipv6 === ip)
}

function privateIpOf(balancer: LoadBalancerRecord, server: ServerRecord): string | undefined {
  const network = balancer.privateNet[0]?.network
  return server.privateNet.find((net) => net.network === network)?.ip
}

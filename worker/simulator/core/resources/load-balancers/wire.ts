import { LOAD_BALANCER_TYPES, type LoadBalancerType } from '../../catalogue/load-balancer-types.ts'
import { locationByName } from '../../catalogue/locations.ts'
import { includedTraffic } from '../../catalogue/server-types.ts'
import { must } from '../../must.ts'
import { toTimestamp } from '../../time.ts'
import type { LoadBalancerRecord, LoadBalancerService, LoadBalancerTarget, ServerRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { defaultDnsPtr } from '../primary-ip-records.ts'
import { traffic } from '../traffic.ts'
import { healthStatus } from './health.ts'
import { addressOfTarget, publicIpv4Of, selectedServers } from './members.ts'

/** The type of a stored load balancer, which is always one of the catalogue. */
export function typeOf(balancer: LoadBalancerRecord): LoadBalancerType {
  return must(
    LOAD_BALANCER_TYPES.find(({ name }) => name === balancer.type),
    `load balancer type ${balancer.type}`,
  )
}

export function toWire(world: World, now: number, balancer: LoadBalancerRecord): object {
  const { ipv4, ipv6, dnsPtr } = balancer
  return {
    id: balancer.id,
    name: balancer.name,
    public_net: {
      enabled: balancer.publicInterface,
      ipv4: { ip: ipv4, dns_ptr: dnsPtr[ipv4] ?? defaultDnsPtr(ipv4) },
      ipv6: { ip: ipv6, dns_ptr: dnsPtr[ipv6] ?? null },
    },
    private_net: balancer.privateNet,
    location: locationByName(balancer.location),
    load_balancer_type: typeOf(balancer),
    protection: balancer.protection,
    labels: balancer.labels,
    targets: balancer.targets.flatMap((target) => targetToWire(world, now, balancer, target)),
    services: balancer.services.map(serviceToWire),
    algorithm: { type: balancer.algorithm },
    outgoing_traffic: traffic({ ...balancer, offSince: null }, now, 'out'),
    ingoing_traffic: traffic({ ...balancer, offSince: null }, now, 'in'),
    included_traffic: includedTraffic(balancer.location),
    created: toTimestamp(balancer.created),
  }
}

function serviceToWire({ since: _since, http, ...service }: LoadBalancerService): object {
  if (!http) return service
  const { certificates, redirect_http, ...shared } = http
  return { ...service, http: service.protocol === 'https' ? { ...shared, certificates, redirect_http } : shared }
}

function targetToWire(world: World, now: number, balancer: LoadBalancerRecord, target: LoadBalancerTarget): object {
  if (target.type === 'ip') {
    const checked = { since: target.since, server: null, isReachable: true }
    return {
      type: 'ip',
      ip: { ip: target.ip },
      health_status: healthStatus(world, now, balancer.services, checked),
    }
  }
  if (target.type === 'server') {
    const server = world.tables.servers.get(target.server)
    return server ? serverToWire(world, now, balancer, server, target) : []
  }
  return {
    type: 'label_selector',
    label_selector: { selector: target.selector },
    use_private_ip: target.usePrivateIp,
    targets: selectedServers(world, balancer, target).map((server) =>
      serverToWire(world, now, balancer, server, { ...target, ip: null }),
    ),
  }
}

function serverToWire(
  world: World,
  now: number,
  balancer: LoadBalancerRecord,
  server: ServerRecord,
  target: { since: number; ip: string | null; usePrivateIp: boolean },
): object {
  const address = addressOfTarget(world, balancer, server, target)
  return {
    type: 'server',
    server: { id: server.id, ip: address ?? publicIpv4Of(world, server) ?? '' },
    use_private_ip: target.usePrivateIp,
    health_status: healthStatus(world, now, balancer.services, {
      since: target.since,
      server,
      isReachable: address !== undefined,
    }),
  }
}

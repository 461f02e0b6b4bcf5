import { formatIp, parseIp, storedIp, storedRange } from '../cidr.ts'
import { locationByName } from '../catalogue/locations.ts'
import { refused } from '../errors.ts'
import type { Context } from '../http.ts'
import type { NetworkRecord, PrivateNetRecord, ServerRecord } from '../types.ts'

/**
 * The interface that a server or a load balancer gets in a network: the wanted address, or the next free one of a
 * subnet in its zone, or of the one subnet that `ipRange` names.
 */
export function privateNetFor(
  context: Context,
  server: Pick<ServerRecord, 'id' | 'location'>,
  network: NetworkRecord,
  ip?: string,
  aliasIps: string[] = [],
  ipRange?: string,
): PrivateNetRecord {
  const zone = locationByName(server.location).network_zone
  const subnets = network.subnets.filter(
    (subnet) =>
      subnet.network_zone === zone &&
      subnet.type !== 'vswitch' &&
      (ipRange === undefined || subnet.ip_range === ipRange),
  )
  if (subnets.length === 0) throw refused('no_subnet_available', `network has no fitting subnet in the zone ${zone}`)
  const taken = takenAddresses(context, network)
  const ranges = subnets.map((subnet) => storedRange(subnet.ip_range))
  const free = (address: number): boolean =>
    !taken.has(address) && ranges.some((range) => address > range.first && address < range.last)
  for (const wanted of [ip, ...aliasIps]) {
    if (wanted !== undefined && !free(parseIp(wanted) ?? -1))
      throw refused('ip_not_available', `IP ${wanted} is not available`)
  }
  const address = ip === undefined ? nextFree(ranges, free) : storedIp(ip)
  return { network: network.id, ip: formatIp(address), aliasIps, macAddress: macAddressOf(server.id, network.id) }
}

function nextFree(ranges: { first: number; last: number }[], free: (address: number) => boolean): number {
  for (const { first, last } of ranges) {
    for (let address = first + 1; address < last; address++) if (free(address)) return address
  }
  throw refused('ip_not_available', 'network has no free IP')
}

/** Addresses in use: gateways and what servers and load balancers have. */
function takenAddresses({ world, project }: Context, network: NetworkRecord): Set<number> {
  const taken = new Set([storedRange(network.ipRange).first + 1, storedIp('172.31.1.1')])
  for (const server of world.tables.servers.of(project.id)) {
    for (const net of server.privateNet) {
      if (net.network === network.id) for (const ip of [net.ip, ...net.aliasIps]) taken.add(storedIp(ip))
    }
  }
  for (const balancer of world.tables.load_balancers.of(project.id)) {
    for (const net of balancer.privateNet) if (net.network === network.id) taken.add(storedIp(net.ip))
  }
  return taken
}

function macAddressOf(server: number, network: number): string {
  const tail = [server >> 16, server >> 8, server, network].map((part) => (part & 255).toString(16).padStart(2, '0'))
  return ['86', '00', ...tail].join(':')
}

import {
  contains,
  formatIp,
  formatRange,
  isPrivate,
  overlaps,
  parseIp,
  parseRange,
  storedRange,
  type Range,
} from '../cidr.ts'
import { LOCATIONS } from '../catalogue/locations.ts'
import { invalidField, refused } from '../errors.ts'
import type { NetworkRecord, Subnet } from '../types.ts'

const SUBNET_BITS_MAX = 30
const DEFAULT_SUBNET_SIZE = 256

/** The first address of the network is its gateway. */
export function gatewayOf(network: Pick<NetworkRecord, 'ipRange'>): number {
  return storedRange(network.ipRange).first + 1
}

/** Checks a subnet; without a range it gets the first free /24 of the network. */
export function readSubnet(network: NetworkRecord, value: unknown): Subnet {
  const wanted = (value ?? {}) as Record<string, unknown>
  const type = wanted.type
  if (type !== 'cloud' && type !== 'server' && type !== 'vswitch') {
    throw invalidField('type', 'must be one of cloud, server, vswitch')
  }
  const zone = String(wanted.network_zone ?? '')
  if (!LOCATIONS.some((location) => location.network_zone === zone))
    throw invalidField('network_zone', 'unknown network zone')
  const text = typeof wanted.ip_range === 'string' && wanted.ip_range !== '' ? wanted.ip_range : null
  const range = text === null ? firstFree(network) : checkSubnetRange(network, text)
  return {
    type,
    ip_range: formatRange(range),
    network_zone: zone,
    gateway: formatIp(gatewayOf(network)),
    vswitch_id: type === 'vswitch' && typeof wanted.vswitch_id === 'number' ? wanted.vswitch_id : null,
  }
}

/** Checks a route: the gateway lies in the network, the destination overlaps none of its subnets. */
export function readRoute(network: NetworkRecord, value: unknown): { destination: string; gateway: string } {
  const { destination, gateway } = (value ?? {}) as Record<string, unknown>
  const range = parseRange(String(destination ?? ''))
  if (!range) throw invalidField('destination', 'must be a network in CIDR notation')
  const hop = parseIp(String(gateway ?? ''))
  if (
    hop === null ||
    !contains(storedRange(network.ipRange), { first: hop, last: hop }) ||
    hop === gatewayOf(network)
  ) {
    throw invalidField('gateway', 'must be an address of the network other than its gateway')
  }
  if (network.subnets.some((subnet) => overlaps(storedRange(subnet.ip_range), range))) {
    throw refused('networks_overlap', 'destination overlaps a subnet')
  }
  return { destination: String(destination), gateway: String(gateway) }
}

function checkSubnetRange(network: NetworkRecord, text: string): Range {
  const range = parseRange(text)
  if (!range || range.bits > SUBNET_BITS_MAX || !isPrivate(range))
    throw invalidField('ip_range', 'must be a private network of at least /30')
  if (!contains(storedRange(network.ipRange), range))
    throw invalidField('ip_range', 'must lie in the range of the network')
  if (isTaken(network, range)) throw refused('networks_overlap', 'subnet overlaps another one')
  return range
}

function firstFree(network: NetworkRecord): Range {
  const whole = storedRange(network.ipRange)
  for (let first = whole.first; first < whole.last; first += DEFAULT_SUBNET_SIZE) {
    const range = { first, last: first + DEFAULT_SUBNET_SIZE - 1, bits: 24 }
    if (!isTaken(network, range)) return range
  }
  throw refused('no_subnet_available', 'network has no room for another subnet')
}

function isTaken(network: NetworkRecord, range: Range): boolean {
  return network.subnets.some((subnet) => overlaps(storedRange(subnet.ip_range), range))
}

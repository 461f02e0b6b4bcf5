import type { Context } from '../http.ts'
import type { DnsPtr, PrimaryIpRecord } from '../types.ts'

/** Addresses come from ranges reserved for tests (198.18.0.0/15, 2001:db8::/32), so nothing real is ever named. */
export function addressOf(type: 'ipv4' | 'ipv6', serial: number): string {
  if (type === 'ipv4') {
    const host = serial % 130_000
    return `198.${18 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}`
  }
  return `2001:db8:${(serial >> 16).toString(16)}:${(serial & 0xffff).toString(16)}::/64`
}

/** The reverse name that an IPv4 address has until somebody changes it. */
export function defaultDnsPtr(ip: string): string {
  return `static.${ip.split('.').toReversed().join('.')}.clients.your-server.de`
}

export function defaultDnsPtrs(type: 'ipv4' | 'ipv6', ip: string): DnsPtr[] {
  return type === 'ipv4' ? [{ ip, dns_ptr: defaultDnsPtr(ip) }] : []
}

/** Reverse entries after a change: null puts IPv4 back to its default and removes an IPv6 entry. */
export function changedDnsPtrs(entries: DnsPtr[], type: 'ipv4' | 'ipv6', ip: string, name: string | null): DnsPtr[] {
  const others = entries.filter((entry) => entry.ip !== ip)
  if (name !== null) return [...others, { ip, dns_ptr: name }]
  return type === 'ipv4' ? [...others, { ip, dns_ptr: defaultDnsPtr(ip) }] : others
}

/** True when the address is the IPv4 itself or lies in the IPv6 /64. */
export function covers(owned: { type: 'ipv4' | 'ipv6'; ip: string }, address: string): boolean {
  if (owned.type === 'ipv4') return owned.ip === address
  return address.toLowerCase().startsWith(owned.ip.slice(0, owned.ip.indexOf('::') + 1))
}

/** Creates the primary IP that comes with a server and goes with it. */
export function createPrimaryIpFor(
  context: Context,
  type: 'ipv4' | 'ipv6',
  location: string,
  server: number,
): PrimaryIpRecord {
  const { world, project, now } = context
  const id = world.nextId('primary_ips')
  return world.tables.primary_ips.put(
    newPrimaryIp({ id, project: project.id, type, location, assignee: server, created: now }),
  )
}

export function newPrimaryIp(
  own: Pick<PrimaryIpRecord, 'id' | 'project' | 'type' | 'location' | 'assignee' | 'created'> &
    Partial<PrimaryIpRecord>,
): PrimaryIpRecord {
  const ip = addressOf(own.type, own.id - 71_000_000)
  return {
    name: `primary_ip-${own.id}`,
    ip,
    autoDelete: true,
    dnsPtr: defaultDnsPtrs(own.type, ip),
    protection: { delete: false },
    labels: {},
    ...own,
  }
}

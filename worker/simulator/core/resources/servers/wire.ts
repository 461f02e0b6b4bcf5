import { isLocked } from '../../actions.ts'
import { findIso } from '../../catalogue/isos.ts'
import { locationByName } from '../../catalogue/locations.ts'
import { includedTraffic, serverTypeByName, toWireServerType } from '../../catalogue/server-types.ts'
import { isSoldOut } from '../../faults.ts'
import { toTimestamp } from '../../time.ts'
import type { PlacementGroupRecord, PrimaryIpRecord, ServerRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { firewallsOf } from '../firewall-rules.ts'
import { findImage, toWireImage } from '../images.ts'
import { balancersByServer } from '../load-balancers/members.ts'
import { defaultDnsPtr } from '../primary-ip-records.ts'
import { traffic } from '../traffic.ts'

/** Turns servers into what the provider sends; what many servers share is built once per request. */
export function serverWriter(world: World, now: number): (server: ServerRecord) => Record<string, unknown> {
  const types = new Map<string, object>()
  const images = new Map<number, object | null>()
  const balancersOf = balancersByServer(world)
  const soldOut = (type: string, location: string): boolean => isSoldOut(world, type, location)
  const typeOf = (name: string): object => {
    let type = types.get(name)
    if (!type) types.set(name, (type = toWireServerType(serverTypeByName(name), soldOut)))
    return type
  }
  const imageOf = (server: ServerRecord): object | null => {
    if (server.image === null) return null
    let image = images.get(server.image)
    if (image === undefined) {
      const record = findImage(world, server.project, server.image)
      images.set(server.image, (image = record ? toWireImage(record) : null))
    }
    return image
  }
  return (server) => ({
    id: server.id,
    name: server.name,
    status: server.status,
    created: toTimestamp(server.created),
    public_net: publicNet(world, server),
    private_net: server.privateNet.map((net) => ({
      network: net.network,
      ip: net.ip,
      alias_ips: net.aliasIps,
      mac_address: net.macAddress,
    })),
    server_type: typeOf(server.type),
    location: locationByName(server.location),
    image: imageOf(server),
    iso: server.iso === null ? null : (findIso(String(server.iso)) ?? null),
    rescue_enabled: server.rescue,
    locked: isLocked(server),
    backup_window: server.backupWindow,
    outgoing_traffic: traffic(server, now, 'out'),
    ingoing_traffic: traffic(server, now, 'in'),
    included_traffic: includedTraffic(server.location),
    protection: server.protection,
    labels: server.labels,
    volumes: idsIn(world.tables.volumes.grouped(server.project, 'server', (volume) => volume.server).get(server.id)),
    load_balancers: balancersOf(server),
    primary_disk_size: server.diskSize,
    placement_group: placementGroupOf(world, server),
  })
}

function publicNet(world: World, server: ServerRecord): object {
  const { primary_ips: ips, floating_ips: floating } = world.tables
  const ipv4 = server.ipv4 === null ? undefined : ips.get(server.ipv4)
  const ipv6 = server.ipv6 === null ? undefined : ips.get(server.ipv6)
  return {
    ipv4: ipv4 ? { id: ipv4.id, ip: ipv4.ip, blocked: false, dns_ptr: nameOf(ipv4) } : null,
    ipv6: ipv6 ? { id: ipv6.id, ip: ipv6.ip, blocked: false, dns_ptr: ipv6.dnsPtr } : null,
    floating_ips: idsIn(floating.grouped(server.project, 'server', (ip) => ip.server).get(server.id)),
    firewalls: firewallsOf(world, server).map((id) => ({ id, status: 'applied' })),
  }
}

function nameOf(ip: PrimaryIpRecord): string {
  return ip.dnsPtr[0]?.dns_ptr ?? defaultDnsPtr(ip.ip)
}

function placementGroupOf(world: World, server: ServerRecord): object | null {
  const group = server.placementGroup === null ? undefined : world.tables.placement_groups.get(server.placementGroup)
  return group ? toWirePlacementGroup(world, group) : null
}

export function toWirePlacementGroup(world: World, group: PlacementGroupRecord): object {
  const members = world.tables.servers.grouped(group.project, 'placement_group', (server) => server.placementGroup)
  return {
    id: group.id,
    name: group.name,
    type: group.type,
    labels: group.labels,
    created: toTimestamp(group.created),
    servers: idsIn(members.get(group.id)),
  }
}

function idsIn(rows: { id: number }[] | undefined): number[] {
  return rows?.map(({ id }) => id) ?? []
}

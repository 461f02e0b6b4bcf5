import { must } from '../must.ts'
import { catalogueImageByName } from '../catalogue/images.ts'
import { fingerprintOf } from '../resources/ssh-keys.ts'
import { DAY, HOUR, toTimestamp } from '../time.ts'
import type { ProjectRecord, ServerRecord } from '../types.ts'
import type { World } from '../world.ts'
import { addServer } from './add-server.ts'
import { addBalancing } from './company-balancing.ts'
import { addZones } from './company-dns.ts'
import { FLEET, type FleetRow } from './company-fleet.ts'
import { addProject, addToken } from './project.ts'

const BACKUPS_KEPT = 7

const SSH_KEYS = [
  [
    'deploy',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq8r1Qy3cZfW0hT7n5m2v9XkLdJp4sRb6uYtGwE1aOi deploy@ci',
    { usage: 'automation' },
  ],
  [
    'ops-laptop',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH2mV8xQ0b7KpD5sLr3Wn6zYcJ4tGf9uEaRi1oTyNhBk ops@laptop',
    { team: 'platform' },
  ],
] as const

/** The fleet of a small company that sells online: two projects, thirty servers, four locations. */
export function seedCompany(world: World): void {
  const now = world.now()
  for (const [name, rows] of Object.entries(FLEET)) {
    const project = addProject(world, name)
    addToken(world, project, { name: 'webnova', access: 'read_write' })
    addToken(world, project, { name: 'monitoring', access: 'read' })
    addToken(world, project, { name: 'old-terraform', access: 'read_write', revoked: true })
    addSshKeys(world, project, now)
    for (const row of rows) addFleetServer(world, project, row, now)
  }
  addSharedResources(world, now)
  addZones(world, now)
}

function addFleetServer(world: World, project: ProjectRecord, row: FleetRow, now: number): void {
  const server = addServer(world, project.id, {
    name: row.name,
    type: row.type,
    location: row.location,
    image: row.image,
    labels: row.labels,
    created: now - row.ageDays * DAY - 5 * HOUR,
    ...(row.offDays === undefined ? {} : { status: 'off', offSince: now - row.offDays * DAY }),
    ...(row.backups ? { backupWindow: '02-06' } : {}),
    ...(row.isProtected ? { isProtected: true } : {}),
  })
  if (row.backups) {
    const days = Math.min(BACKUPS_KEPT, Math.floor(row.ageDays))
    for (let day = days; day >= 1; day--)
      addImage(world, server, 'backup', now - day * DAY, `Backup ${toTimestamp(now - day * DAY).slice(0, 10)}`)
  }
  if (row.snapshot) addImage(world, server, 'snapshot', now - 6 * DAY, row.snapshot)
}

function addImage(
  world: World,
  server: ServerRecord,
  type: 'backup' | 'snapshot',
  created: number,
  description: string,
): void {
  const base = must(catalogueImageByName('debian-12', 'x86'), 'image debian-12')
  world.tables.images.put({
    ...base,
    id: world.nextId('images'),
    project: server.project,
    type,
    name: null,
    description,
    imageSize: Math.round(server.diskSize * 14) / 100 + 0.8,
    diskSize: server.diskSize,
    created,
    createdFrom: { id: server.id, name: server.name },
    boundTo: type === 'backup' ? server.id : null,
    rapidDeploy: false,
    deprecation: null,
    labels: {},
  })
}

function addSshKeys(world: World, project: ProjectRecord, now: number): void {
  for (const [name, publicKey, labels] of SSH_KEYS) {
    world.tables.ssh_keys.put({
      id: world.nextId('ssh_keys'),
      project: project.id,
      name,
      publicKey,
      fingerprint: fingerprintOf(publicKey),
      labels: { ...labels },
      created: now - 540 * DAY,
    })
  }
}

/** A private network, load balancers, a firewall and a data volume around the shop's servers. */
function addSharedResources(world: World, now: number): void {
  const shop = must(
    [...world.tables.projects.all()].find((project) => project.name === 'shop'),
    'project shop',
  )
  const servers = world.tables.servers.of(shop.id)
  const own = { project: shop.id, labels: {}, created: now - 500 * DAY }
  const network = world.tables.networks.put({
    ...own,
    id: world.nextId('networks'),
    name: 'backend',
    ipRange: '10.0.0.0/16',
    subnets: [
      { type: 'cloud', ip_range: '10.0.1.0/24', network_zone: 'eu-central', gateway: '10.0.0.1', vswitch_id: null },
    ],
    routes: [],
    protection: { delete: true },
    exposeRoutes: false,
  })
  const members = servers.filter((server) => server.labels.env === 'production' && server.location !== 'ash')
  for (const [index, server] of members.entries()) {
    const macAddress = `86:00:00:2a:00:${(index + 2).toString(16).padStart(2, '0')}`
    server.privateNet = [{ network: network.id, ip: `10.0.1.${index + 2}`, aliasIps: [], macAddress }]
  }
  addBalancing(world, network, servers, now)
  const anywhere = ['0.0.0.0/0', '::/0']
  world.tables.firewalls.put({
    ...own,
    id: world.nextId('firewalls'),
    name: 'web-public',
    rules: ['80', '443'].map((port) => ({
      direction: 'in' as const,
      protocol: 'tcp' as const,
      port,
      source_ips: anywhere,
      destination_ips: [],
      description: port === '443' ? 'HTTPS' : 'HTTP',
    })),
    appliedTo: [{ type: 'label_selector', selector: 'role=web' }],
  })
  const database = must(
    servers.find((server) => server.name === 'db-primary'),
    'server db-primary',
  )
  world.tables.volumes.put({
    ...own,
    id: world.nextId('volumes'),
    name: 'db-data',
    size: 200,
    location: database.location,
    server: database.id,
    status: 'available',
    format: 'ext4',
    protection: { delete: true },
  })
}

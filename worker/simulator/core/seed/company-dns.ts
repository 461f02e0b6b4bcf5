import { must } from '../must.ts'
import { newZone, type NewZone } from '../resources/zones/create.ts'
import { addRrset, providedRrsets } from '../resources/zones/rrset-record.ts'
import { DAY, HOUR } from '../time.ts'
import type { DnsRecord, ProjectRecord, ZoneRecord } from '../types.ts'
import type { World } from '../world.ts'
import { SHOP_DOMAIN } from './company-balancing.ts'

/** Where the company's own tools live. */
const INTERNAL_DOMAIN = 'intern.example'

type Row = [name: string, type: string, ...values: (string | DnsRecord)[]]

const MAIL: Row[] = [
  ['@', 'MX', { value: `10 mail.${SHOP_DOMAIN}.`, comment: 'own mail server' }, '20 mx.backup-mail.example.'],
  ['@', 'TXT', '"v=spf1 mx -all"', '"site-verification=3f9c1e7ab2d8"'],
  ['_dmarc', 'TXT', `"v=DMARC1; p=quarantine; rua=mailto:dmarc@${SHOP_DOMAIN}"`],
  ['mail2026._domainkey', 'TXT', `"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A" "MIIBCgKCAQEAtJ5x0Q"`],
]

/** The zones of the company: the shop's with its mail, the internal one, and one that is transferred from elsewhere. */
export function addZones(world: World, now: number): void {
  const shop = projectOf(world, 'shop')
  const internal = projectOf(world, 'internal')
  const created = now - 480 * DAY
  const own = { created, delegation: { status: 'valid', checked: now - 3 * HOUR }, registrar: 'other' } as const
  const balancer = (name: string): string =>
    must(
      world.tables.load_balancers.of(shop.id).find((row) => row.name === name),
      `load balancer ${name}`,
    ).ipv4
  addZone(
    world,
    { ...own, project: shop.id, name: SHOP_DOMAIN, labels: { env: 'production' }, protection: { delete: true } },
    [
      ['@', 'A', { value: balancer('storefront'), comment: 'load balancer storefront' }],
      ['www', 'CNAME', '@'],
      ['api', 'A', { value: balancer('api'), comment: 'load balancer api' }],
      ['mail', 'A', addressOf(world, shop, 'mail-1')],
      ['staging', 'A', addressOf(world, shop, 'staging-web')],
      ['*.staging', 'CNAME', 'staging'],
      ['@', 'CAA', '0 issue "letsencrypt.org"', `0 iodef "mailto:security@${SHOP_DOMAIN}"`],
      ...MAIL,
    ],
  )
  addZone(
    world,
    {
      ...own,
      project: shop.id,
      name: 'old-shop.example',
      labels: {},
      delegation: { ...own.delegation, status: 'unregistered' },
      registrar: 'unknown',
    },
    [['@', 'A', addressOf(world, shop, 'web-1')]],
  )
  addZone(
    world,
    { ...own, project: internal.id, name: INTERNAL_DOMAIN, labels: { team: 'platform' } },
    ['git', 'wiki', 'vpn', 'logs', 'monitoring'].map((name): Row => [name, 'A', addressOf(world, internal, name)]),
  )
  addZone(world, {
    ...own,
    project: internal.id,
    name: 'office.example',
    mode: 'secondary',
    primaryNameservers: [{ address: '203.0.113.53', port: 53 }],
  })
}

function addZone(world: World, own: Omit<NewZone, 'id'>, rows: Row[] = []): void {
  const zone: ZoneRecord = world.tables.zones.put(newZone({ ...own, id: world.nextId('zones') }))
  if (zone.mode === 'secondary') return
  for (const fields of providedRrsets(zone.created)) addRrset(world, zone, fields, zone.created)
  for (const [name, type, ...values] of rows) {
    const records = values.map((value) => (typeof value === 'string' ? { value } : value))
    addRrset(world, zone, { name, type, ttl: null, records, labels: {} }, zone.created)
  }
}

function projectOf(world: World, name: string): ProjectRecord {
  return must(
    [...world.tables.projects.all()].find((project) => project.name === name),
    `project ${name}`,
  )
}

function addressOf(world: World, project: ProjectRecord, name: string): string {
  const server = world.tables.servers.of(project.id).find((row) => row.name === name)
  const ip = server && server.ipv4 !== null ? world.tables.primary_ips.get(server.ipv4) : undefined
  return must(ip, `address of ${name}`).ip
}

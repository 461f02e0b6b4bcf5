import { must } from '../must.ts'
import { identify } from '../resources/certificates/pem.ts'
import { issueCertificate } from '../resources/certificates/x509.ts'
import { newBalancer } from '../resources/load-balancers/create.ts'
import { DAY } from '../time.ts'
import type {
  CertificateRecord,
  LoadBalancerRecord,
  LoadBalancerService,
  NetworkRecord,
  ServerRecord,
} from '../types.ts'
import type { World } from '../world.ts'

/** The shop's domain, one of those that exist nowhere. */
export const SHOP_DOMAIN = 'shop.example'

/** Two load balancers in front of the shop's web and api servers, what they present, and a certificate left over. */
export function addBalancing(world: World, network: NetworkRecord, servers: ServerRecord[], now: number): void {
  const { project } = network
  const certificate = (name: string, domainNames: string[], ageDays: number, isManaged: boolean): CertificateRecord =>
    world.tables.certificates.put({
      ...identify(issueCertificate(domainNames, now - ageDays * DAY)),
      id: world.nextId('certificates'),
      project,
      name,
      type: isManaged ? 'managed' : 'uploaded',
      status: isManaged ? { issuance: 'completed', renewal: 'scheduled', error: null } : null,
      labels: isManaged ? {} : { source: 'purchased' },
      created: now - ageDays * DAY,
    })
  certificate('shop-wildcard-summer', [`*.${SHOP_DOMAIN}`], 78, false)
  const wildcard = certificate('shop-wildcard', [SHOP_DOMAIN, `*.${SHOP_DOMAIN}`], 21, false)
  const api = certificate('api', [`api.${SHOP_DOMAIN}`], 37, true)
  const own = { project, created: now - 380 * DAY, protection: { delete: true } }
  const at = (host: number): LoadBalancerRecord['privateNet'] => [{ network: network.id, ip: `10.0.1.${host}` }]
  const balancer = (
    row: Omit<LoadBalancerRecord, keyof ReturnType<typeof newBalancer>> & Partial<LoadBalancerRecord>,
  ) => {
    const id = world.nextId('load_balancers')
    world.tables.load_balancers.put({ ...newBalancer(id, row.location ?? 'fsn1'), ...row })
  }
  balancer({
    ...own,
    name: 'storefront',
    type: 'lb21',
    location: 'fsn1',
    labels: { env: 'production', team: 'storefront' },
    privateNet: at(250),
    services: [httpsService(wildcard.id, '/healthz', own.created, true)],
    targets: [{ type: 'label_selector', selector: 'role=web,env=production', usePrivateIp: true, since: own.created }],
  })
  balancer({
    ...own,
    name: 'api',
    type: 'lb11',
    location: 'nbg1',
    algorithm: 'least_connections',
    labels: { env: 'production', team: 'checkout' },
    privateNet: at(251),
    services: [httpsService(api.id, '/v1/ping', own.created, false)],
    targets: ['api-1', 'api-2'].map((name) => ({
      type: 'server',
      server: must(
        servers.find((server) => server.name === name),
        `server ${name}`,
      ).id,
      ip: null,
      usePrivateIp: true,
      since: own.created,
    })),
  })
}

function httpsService(certificate: number, path: string, since: number, isSticky: boolean): LoadBalancerService {
  return {
    protocol: 'https',
    listen_port: 443,
    destination_port: 8080,
    proxyprotocol: false,
    health_check: {
      protocol: 'http',
      port: 8080,
      interval: 15,
      timeout: 10,
      retries: 3,
      http: { domain: null, path, response: '', status_codes: ['2??'], tls: false },
    },
    http: {
      cookie_name: 'HCLBSTICKY',
      cookie_lifetime: 300,
      timeout_idle: 50,
      sticky_sessions: isSticky,
      certificates: [certificate],
      redirect_http: true,
    },
    since,
  }
}

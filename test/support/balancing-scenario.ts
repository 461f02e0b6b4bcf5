import type { Answer } from '../worker/simulator/client.ts'
import { uploadable } from './certificate.ts'
import type { Stage } from './simulator-scenario.ts'

const CHECK = { protocol: 'http', port: 8080, interval: 10, timeout: 5, retries: 2 }
const HTTP_CHECK = { domain: 'shop.example', path: '/up', response: 'ok', status_codes: ['2??'], tls: false }
const HTTP = { cookie_name: 'STICKY', cookie_lifetime: 60, timeout_idle: 60, sticky_sessions: true }

/** Certificates with everything that can be said to them. The managed one fails, as the project has no zone. */
export function playCertificates({ get, post, put, remove, make, lists }: Stage): void {
  const uploaded = make('certificate', '/certificates', {
    name: 'own',
    ...uploadable(['a.example']),
    labels: { a: 'b' },
  })
  const managed = make('certificate', '/certificates', {
    name: 'issued',
    type: 'managed',
    domain_names: ['*.shop.example'],
  })
  lists('certificates', managed)
  get('/certificates?type=uploaded&name=own&label_selector=a')
  get(`/certificates/${uploaded}`)
  put(`/certificates/${uploaded}`, { name: 'renamed', labels: {} })
  post(`/certificates/${managed}/actions/retry`)
  post(`/certificates/${uploaded}/actions/retry`)
  post('/certificates', { name: 'bad', certificate: 'none', private_key: 'none' })
  for (const id of [uploaded, managed]) remove(`/certificates/${id}`)
}

/** A load balancer with every kind of service and target, looked at before and after its targets were checked. */
export function playLoadBalancers({ get, post, put, remove, make, lists }: Stage): void {
  const server = (name: string): number =>
    make('server', '/servers', {
      name,
      server_type: 'cpx22',
      image: 'debian-12',
      location: 'fsn1',
      labels: { role: name },
    })
  const [web, api] = [server('web'), server('api')]
  const certificate = make('certificate', '/certificates', { name: 'tls', ...uploadable(['shop.example']) })
  const network = make('network', '/networks', {
    name: 'inner',
    ip_range: '10.0.0.0/16',
    subnets: [{ type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' }],
  })
  post(`/servers/${api}/actions/attach_to_network`, { network })
  const id = make('load_balancer', '/load_balancers', {
    name: 'front',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    algorithm: { type: 'round_robin' },
    labels: { env: 'test' },
    services: [{ protocol: 'tcp', listen_port: 22, destination_port: 22, proxyprotocol: false, health_check: CHECK }],
    targets: [{ type: 'server', server: { id: web }, use_private_ip: false }],
  })
  const act = (name: string, body?: unknown): Answer => post(`/load_balancers/${id}/actions/${name}`, body)
  const service = { listen_port: 443, destination_port: 8080, proxyprotocol: true }
  const health_check = { ...CHECK, http: HTTP_CHECK }
  act('add_service', { ...service, protocol: 'http', listen_port: 8080, health_check, http: HTTP })
  const tls = { ...HTTP, certificates: [certificate], redirect_http: true }
  act('add_service', { ...service, protocol: 'https', health_check, http: tls })
  act('update_service', { listen_port: 443, health_check: CHECK, http: { redirect_http: false } })
  act('attach_to_network', { network, ip: '10.0.1.9' })
  get(`/networks/${network}`)
  act('add_target', { type: 'label_selector', label_selector: { selector: 'role=api' }, use_private_ip: true })
  act('add_target', { type: 'ip', ip: { ip: '203.0.113.7' } })
  act('add_target', { type: 'ip', ip: { ip: '203.0.113.7' } })
  post(`/servers/${web}/actions/poweroff`)
  lists('load_balancers', id)
  get(`/servers/${api}`)
  get(`/certificates/${certificate}`)
  get('/load_balancers?name=front&label_selector=env')
  put(`/load_balancers/${id}`, { name: 'renamed', labels: {} })
  act('delete_service', { listen_port: 22 })
  act('disable_public_interface')
  act('remove_target', { type: 'ip', ip: { ip: '203.0.113.7' } })
  act('remove_target', { type: 'server', server: { id: web } })
  act('disable_public_interface')
  act('enable_public_interface')
  act('change_algorithm', { type: 'least_connections' })
  act('change_type', { load_balancer_type: 'lb21' })
  act('change_dns_ptr', {
    ip: get(`/load_balancers/${id}`).body.load_balancer.public_net.ipv4.ip,
    dns_ptr: 'a.example',
  })
  act('detach_from_network', { network })
  act('change_protection', { delete: true })
  remove(`/load_balancers/${id}`)
  act('change_protection', { delete: false })
  const types = ['open_connections', 'connections_per_second', 'requests_per_second', 'bandwidth']
  const window = 'start=2026-11-20T00:00:00Z&end=2026-11-21T00:30:00Z'
  get(`/load_balancers/${id}/metrics?${types.map((type) => `type=${type}`).join('&')}&${window}`)
  remove(`/certificates/${certificate}`)
  remove(`/load_balancers/${id}`)
  remove(`/certificates/${certificate}`)
  remove(`/networks/${network}`)
  for (const each of [web, api]) remove(`/servers/${each}`)
}

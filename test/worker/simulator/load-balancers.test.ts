import { describe, expect, test } from 'vitest'
import { uploadable } from '../../support/certificate.ts'
import { createBalancer, createNetwork, join, must, PRIVATE, TCP, toLabel, toServer } from './balancers.ts'
import { createTestWorld, refusal } from './client.ts'

describe('a load balancer', () => {
  test('is created by an action with everything that was asked for', () => {
    const world = createTestWorld()
    const network = createNetwork(world)
    const server = world.server('web')
    join(world, server, network)
    const { created, action, read } = createBalancer(world, {
      load_balancer_type: 1,
      location: undefined,
      network_zone: 'eu-central',
      algorithm: { type: 'least_connections' },
      labels: { env: 'test' },
      network,
      services: [TCP],
      targets: [toServer(server, PRIVATE)],
    })
    expect(action).toMatchObject({
      command: 'create_load_balancer',
      status: 'running',
      resources: [{ id: created.id, type: 'load_balancer' }],
    })
    expect(read()).toMatchObject({
      name: 'front',
      load_balancer_type: { name: 'lb11', max_targets: 25 },
      location: { network_zone: 'eu-central' },
      algorithm: { type: 'least_connections' },
      labels: { env: 'test' },
      public_net: {
        enabled: true,
        ipv4: { ip: expect.stringMatching(/^198\.1[89]\./), dns_ptr: expect.stringMatching(/^static\./) },
        ipv6: { ip: expect.stringMatching(/^2001:db8:.*::1$/), dns_ptr: null },
      },
      private_net: [{ network, ip: '10.0.1.2' }],
      services: [{ listen_port: 22 }],
      targets: [{ type: 'server', server: { id: server, ip: '10.0.1.1' } }],
      protection: { delete: false },
    })
    expect(world.get(`/actions/${action.id}`).body.action.status).toBe('success')
  })

  test.each([
    ['no place', { location: undefined }, 422, 'invalid_input'],
    ['two places', { network_zone: 'eu-central' }, 422, 'invalid_input'],
    ['an unknown place', { location: 'mars' }, 422, 'invalid_input'],
    ['an unknown type', { load_balancer_type: 'lb99' }, 422, 'invalid_input'],
    ['an unknown algorithm', { algorithm: { type: 'random' } }, 422, 'invalid_input'],
    ['a name that ends with a space', { name: 'front ' }, 422, 'invalid_input'],
    ['labels that are none', { labels: { '': 'x' } }, 422, 'invalid_input'],
    ['a network that is not there', { network: 1 }, 404, 'not_found'],
    ['no interface at all', { public_interface: false }, 422, 'load_balancer_not_attached_to_network'],
    ['a target that is not there', { targets: [toServer(1)] }, 404, 'not_found'],
    ['the same target twice', { targets: [toLabel('a'), toLabel('a')] }, 422, 'target_already_defined'],
    [
      'a private target without a network',
      { targets: [toLabel('a', PRIVATE)] },
      422,
      'load_balancer_not_attached_to_network',
    ],
    ['the same port twice', { services: [TCP, TCP] }, 412, 'source_port_already_used'],
  ])('with %s is refused, and nothing is left of it', (_what, change, status, code) => {
    const world = createTestWorld()
    const body = { name: 'front', load_balancer_type: 'lb11', location: 'fsn1', ...change }
    expect(refusal(world.post('/load_balancers', body))).toEqual([status, code])
    expect(world.get('/load_balancers').body.load_balancers).toEqual([])
  })

  test('has a unique name, is found by name and label, sorted, renamed and relabelled', () => {
    const world = createTestWorld()
    const { path } = createBalancer(world, { name: 'a' })
    createBalancer(world, { name: 'b', labels: { env: 'test' } })
    const again = { name: 'a', load_balancer_type: 'lb11', location: 'fsn1' }
    expect(refusal(world.post('/load_balancers', again))).toEqual([409, 'uniqueness_error'])
    expect(refusal(world.send('PUT', path, { name: 'b' }))).toEqual([409, 'uniqueness_error'])
    expect(world.send('PUT', path, { name: 'c', labels: { x: 'y' } }).body.load_balancer).toMatchObject({
      name: 'c',
      labels: { x: 'y' },
    })
    const names = (query: string): string[] =>
      world.get(`/load_balancers?${query}`).body.load_balancers.map(({ name }: { name: string }) => name)
    expect(names('sort=name:desc')).toEqual(['c', 'b'])
    expect(names('label_selector=env')).toEqual(['b'])
    expect(names('name=c')).toEqual(['c'])
  })

  test('is kept by protection, and gone at once without it', () => {
    const world = createTestWorld()
    const { path, act, read } = createBalancer(world)
    expect(act('change_protection', { delete: true }).body.action).toMatchObject({ status: 'success' })
    expect(read().protection).toEqual({ delete: true })
    expect(refusal(world.send('DELETE', path))).toEqual([423, 'protected'])
    act('change_protection', { delete: false })
    expect(world.send('DELETE', path)).toMatchObject({ status: 204, text: '' })
    expect(refusal(world.get(path))).toEqual([404, 'not_found'])
  })

  test('a failed creation leaves nothing, and a failed change changes nothing', () => {
    const world = createTestWorld()
    const fail = (command: string) => world.control('POST', '/faults', { kind: 'action_error', command })
    const { act, read } = createBalancer(world)
    fail('add_service')
    const { action } = must(act('add_service', TCP)).body
    world.advance(2)
    expect(world.get(`/actions/${action.id}`).body.action.status).toBe('error')
    expect(read().services).toEqual([])
    fail('create_load_balancer')
    const { path } = createBalancer(world, { name: 'other' })
    expect(world.get(path).status).toBe(404)
  })

  test('changes its algorithm, its reverse names and its type', () => {
    const world = createTestWorld()
    const { act, read, created } = createBalancer(world)
    must(act('change_algorithm', { type: 'least_connections' }))
    const { ipv4, ipv6 } = created.public_net
    must(act('change_dns_ptr', { ip: ipv4.ip, dns_ptr: 'four.example' }))
    must(act('change_dns_ptr', { ip: ipv6.ip, dns_ptr: 'six.example' }))
    expect(read()).toMatchObject({
      algorithm: { type: 'least_connections' },
      public_net: { ipv4: { dns_ptr: 'four.example' }, ipv6: { dns_ptr: 'six.example' } },
    })
    for (const ip of [ipv4.ip, ipv6.ip]) must(act('change_dns_ptr', { ip, dns_ptr: null }))
    expect(read().public_net).toEqual(created.public_net)
    expect(refusal(act('change_dns_ptr', { ip: '203.0.113.1', dns_ptr: null }))).toEqual([422, 'invalid_input'])
    expect(must(act('change_type', { load_balancer_type: 'lb21' })).body.action.command).toBe(
      'change_load_balancer_type',
    )
    expect(read().load_balancer_type.name).toBe('lb21')
    for (let port = 1; port <= 6; port++) must(act('add_service', { ...TCP, listen_port: port }))
    expect(refusal(act('change_type', { load_balancer_type: 'lb11' }))).toEqual([422, 'invalid_load_balancer_type'])
  })

  test('measures what went through it, the same at every look, and nothing while it has no service', () => {
    const world = createTestWorld()
    const { path, act } = createBalancer(world)
    world.advance(3_600)
    const end = new Date(world.simulator.world.now()).toISOString()
    const start = new Date(world.simulator.world.now() - 1_800_000).toISOString()
    const series = (types: string) =>
      world.get(`${path}/metrics?type=${types}&start=${start}&end=${end}`).body.metrics.time_series
    expect(series('open_connections').open_connections.values.every(([, value]: string[]) => Number(value) === 0)).toBe(
      true,
    )
    act('add_service', TCP)
    const names = ['open_connections', 'connections_per_second', 'requests_per_second', 'bandwidth.in', 'bandwidth.out']
    const all = series('open_connections,connections_per_second,requests_per_second,bandwidth')
    expect(Object.keys(all)).toEqual(names)
    for (const name of names) expect(Number(all[name].values[0][1])).toBeGreaterThan(0)
    expect(series('bandwidth')['bandwidth.in']).toEqual(all['bandwidth.in'])
    expect(refusal(world.get(`${path}/metrics?type=cpu&start=${start}&end=${end}`))).toEqual([422, 'invalid_input'])
  })
})

describe('services', () => {
  test('have the defaults of their protocol', () => {
    const world = createTestWorld()
    const { act, read } = createBalancer(world)
    const { id } = must(world.post('/certificates', { name: 'tls', ...uploadable(['a.example']) })).body.certificate
    must(act('add_service', { ...TCP, destination_port: 2222 }))
    must(act('add_service', { protocol: 'http' }))
    must(act('add_service', { protocol: 'https', http: { certificates: [id] } }))
    const check = { interval: 15, timeout: 10, retries: 3 }
    const http = { domain: '', path: '/', response: '', status_codes: ['2??', '3??'], tls: false }
    const session = { cookie_name: 'HCLBSTICKY', cookie_lifetime: 300, timeout_idle: 50, sticky_sessions: false }
    const httpCheck = { ...check, protocol: 'http', port: 80, http }
    const web = { destination_port: 80, proxyprotocol: false, health_check: httpCheck }
    expect(read().services).toEqual([
      { ...TCP, destination_port: 2222, proxyprotocol: false, health_check: { ...check, protocol: 'tcp', port: 2222 } },
      { protocol: 'http', listen_port: 80, ...web, http: session },
      { protocol: 'https', listen_port: 443, ...web, http: { ...session, certificates: [id], redirect_http: false } },
    ])
  })

  test('an update changes what it names and keeps the rest', () => {
    const world = createTestWorld()
    const { act, read } = createBalancer(world, { services: [{ protocol: 'http', http: { sticky_sessions: true } }] })
    const [before] = read().services
    must(
      act('update_service', {
        listen_port: 80,
        destination_port: 8080,
        health_check: { interval: 5, http: { domain: null, path: '/up' } },
        http: { cookie_name: 'MINE' },
      }),
    )
    expect(read().services).toEqual([
      {
        ...before,
        destination_port: 8080,
        health_check: {
          ...before.health_check,
          interval: 5,
          http: { ...before.health_check.http, domain: null, path: '/up' },
        },
        http: { ...before.http, cookie_name: 'MINE' },
      },
    ])
    must(act('update_service', { listen_port: 80, protocol: 'tcp' }))
    expect(read().services[0]).not.toHaveProperty('http')
    must(act('delete_service', { listen_port: 80 }))
    expect(read().services).toEqual([])
    for (const name of ['update_service', 'delete_service'])
      expect(refusal(act(name, { listen_port: 80 }))).toEqual([404, 'not_found'])
  })

  test('a port is used once; a redirect uses port 80 as well', () => {
    const world = createTestWorld()
    const { act } = createBalancer(world)
    const redirect = { protocol: 'https', http: { redirect_http: true } }
    must(act('add_service', { protocol: 'http' }))
    expect(refusal(act('add_service', { protocol: 'http' }))).toEqual([412, 'source_port_already_used'])
    expect(refusal(act('add_service', redirect))).toEqual([412, 'source_port_already_used'])
    must(act('add_service', { protocol: 'https' }))
    expect(refusal(act('update_service', { listen_port: 443, ...redirect }))).toEqual([422, 'source_port_already_used'])
    must(act('delete_service', { listen_port: 80 }))
    must(act('update_service', { listen_port: 443, ...redirect }))
  })

  test('no more of them, and no more certificates, than the type allows', () => {
    const world = createTestWorld()
    const { act } = createBalancer(world)
    const certificates = Array.from(
      { length: 11 },
      (_, n) =>
        must(world.post('/certificates', { name: `c-${n}`, ...uploadable([`${n}.example`]) })).body.certificate.id,
    )
    expect(refusal(act('add_service', { protocol: 'https', http: { certificates } }))).toEqual([
      403,
      'resource_limit_exceeded',
    ])
    must(act('add_service', { protocol: 'https', http: { certificates: certificates.slice(1) } }))
    for (let port = 1; port <= 4; port++) must(act('add_service', { ...TCP, listen_port: port }))
    expect(refusal(act('add_service', TCP))).toEqual([403, 'resource_limit_exceeded'])
  })

  test.each([
    ['services.0.protocol', { ...TCP, protocol: 'udp' }],
    ['services.0.listen_port', { ...TCP, listen_port: 65_536 }],
    ['services.0.destination_port', { ...TCP, destination_port: undefined }],
    ['services.0.health_check.interval', { ...TCP, health_check: { interval: 2 } }],
    ['services.0.health_check.retries', { ...TCP, health_check: { retries: 6 } }],
    ['services.0.health_check.http.path', { protocol: 'http', health_check: { http: { path: '/a b' } } }],
    ['services.0.health_check.http.domain', { protocol: 'http', health_check: { http: { domain: 'a b' } } }],
    [
      'services.0.health_check.http.status_codes',
      { protocol: 'http', health_check: { http: { status_codes: ['x'] } } },
    ],
    ['services.0.http.cookie_lifetime', { protocol: 'http', http: { cookie_lifetime: 1 } }],
    ['services.0.http.timeout_idle', { protocol: 'http', http: { timeout_idle: 301 } }],
    ['services.0.http.redirect_http', { protocol: 'http', http: { redirect_http: true } }],
  ])('a bad %s is refused by its name', (name, service) => {
    const body = { name: 'front', load_balancer_type: 'lb11', location: 'fsn1', services: [service] }
    const answer = createTestWorld().post('/load_balancers', body)
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
    expect(answer.body.error.details.fields).toEqual([expect.objectContaining({ name })])
  })

  test('a certificate that is not there cannot be presented', () => {
    const { act } = createBalancer(createTestWorld())
    expect(refusal(act('add_service', { protocol: 'https', http: { certificates: [1] } }))).toEqual([404, 'not_found'])
  })
})

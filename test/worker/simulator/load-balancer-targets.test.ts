import { describe, expect, test } from 'vitest'
import { createBalancer, createNetwork, join, must, PRIVATE, TCP, toIp, toLabel, toServer } from './balancers.ts'
import { createTestWorld, refusal } from './client.ts'

describe('targets', () => {
  test('are servers by id and by label, and addresses; a server names the load balancers that send to it', () => {
    const world = createTestWorld()
    const one = world.server('one')
    const two = world.server('two', { labels: { role: 'web' } })
    const bare = world.server('bare', { labels: { role: 'web' }, public_net: { enable_ipv4: false } })
    const { id, act, read } = createBalancer(world)
    expect(must(act('add_target', toServer(one))).body.action).toMatchObject({
      command: 'add_target',
      resources: [
        { id, type: 'load_balancer' },
        { id: one, type: 'server' },
      ],
    })
    must(act('add_target', toLabel('role=web')))
    must(act('add_target', toIp('203.0.113.7')))
    const ipOf = (server: number): string => world.get(`/servers/${server}`).body.server.public_net.ipv4.ip
    expect(read().targets).toEqual([
      { type: 'server', server: { id: one, ip: ipOf(one) }, use_private_ip: false, health_status: [] },
      {
        type: 'label_selector',
        label_selector: { selector: 'role=web' },
        use_private_ip: false,
        targets: [{ type: 'server', server: { id: two, ip: ipOf(two) }, use_private_ip: false, health_status: [] }],
      },
      { type: 'ip', ip: { ip: '203.0.113.7' }, health_status: [] },
    ])
    const balancersOf = (server: number) => world.get(`/servers/${server}`).body.server.load_balancers
    expect([balancersOf(one), balancersOf(two), balancersOf(bare)]).toEqual([[id], [id], []])
    for (const target of [toServer(one), toLabel('role=web'), toIp('203.0.113.7')]) {
      expect(refusal(act('add_target', target))).toEqual([422, 'target_already_defined'])
      must(act('remove_target', target))
      expect(refusal(act('remove_target', target))).toEqual([404, 'not_found'])
    }
    expect(read().targets).toEqual([])
  })

  test('a relabelled server joins and leaves a selector; a deleted one leaves everything', () => {
    const world = createTestWorld()
    const server = world.server('web')
    const { act, read } = createBalancer(world, { targets: [toServer(server), toLabel('role=web')] })
    const selected = () => read().targets.find(({ type }: { type: string }) => type === 'label_selector').targets
    expect(selected()).toEqual([])
    world.send('PUT', `/servers/${server}`, { labels: { role: 'web' } })
    expect(selected()).toHaveLength(1)
    must(act('change_algorithm', { type: 'round_robin' }))
    world.send('DELETE', `/servers/${server}`)
    expect(read().targets).toMatchObject([{ type: 'label_selector', targets: [] }])
  })

  test('an own IPv6 address can be chosen; any other address cannot', () => {
    const world = createTestWorld()
    const server = world.server('web')
    const other = world.server('other')
    const { ipv4, ipv6 } = world.get(`/servers/${server}`).body.server.public_net
    const { act, read } = createBalancer(world)
    const add = (ip: string, more = {}) => act('add_target', { type: 'server', server: { id: server, ip }, ...more })
    const chosen = ipv6.ip.replace('/64', '5')
    must(add(chosen))
    must(add(ipv4.ip))
    expect(read().targets).toMatchObject([{ server: { ip: chosen } }, { server: { ip: ipv4.ip } }])
    expect(refusal(act('add_target', toServer(server)))).toEqual([422, 'target_already_defined'])
    const foreign = world.get(`/servers/${other}`).body.server.public_net.ipv4.ip
    expect(refusal(add(foreign))).toEqual([422, 'ip_not_assigned_to_server'])
    expect(refusal(add(chosen, PRIVATE))).toEqual([422, 'invalid_input'])
    must(act('remove_target', toServer(server)))
    expect(read().targets).toMatchObject([{ server: { ip: chosen } }])
  })

  test('a server needs the address that it is to be reached at', () => {
    const world = createTestWorld()
    const bare = world.server('bare', { public_net: { enable_ipv4: false } })
    const network = createNetwork(world)
    const { act, read } = createBalancer(world)
    expect(refusal(act('add_target', toServer(bare)))).toEqual([422, 'resolve_cloud_public_targets_error'])
    expect(refusal(act('add_target', toServer(bare, PRIVATE)))).toEqual([422, 'load_balancer_not_attached_to_network'])
    must(act('attach_to_network', { network }))
    expect(refusal(act('add_target', toServer(bare, PRIVATE)))).toEqual([422, 'resolve_cloud_private_targets_error'])
    join(world, bare, network)
    must(act('add_target', toServer(bare, PRIVATE)))
    expect(read().targets).toMatchObject([{ server: { id: bare, ip: '10.0.1.2' }, use_private_ip: true }])
  })

  test("an address has to be the owner's, and none of the cloud", () => {
    const world = createTestWorld()
    const server = world.server('web')
    const { act, created } = createBalancer(world)
    const code = (ip: string): string => refusal(act('add_target', toIp(ip)))[1]
    expect(code('1.2.3.4')).toBe('ip_not_owned')
    expect(code('2a01::1')).toBe('ip_not_owned')
    expect(code('home')).toBe('invalid_input')
    expect(code(world.get(`/servers/${server}`).body.server.public_net.ipv4.ip)).toBe('cloud_resource_ip_not_allowed')
    expect(code(created.public_net.ipv6.ip)).toBe('cloud_resource_ip_not_allowed')
    must(act('add_target', toIp('2001:db8:ffff::1')))
  })

  test('a private address has to lie in a vSwitch subnet of the network', () => {
    const world = createTestWorld()
    const { act } = createBalancer(world)
    const code = (ip: string): string => refusal(act('add_target', toIp(ip)))[1]
    expect(code('10.0.2.5')).toBe('load_balancer_not_attached_to_network')
    const network = createNetwork(world)
    must(act('attach_to_network', { network }))
    expect(code('10.0.2.5')).toBe('network_has_no_vswitch_subnet')
    const subnet = { type: 'vswitch', network_zone: 'eu-central', ip_range: '10.0.2.0/24', vswitch_id: 7 }
    must(world.post(`/networks/${network}/actions/add_subnet`, subnet))
    world.advance(2)
    expect(code('10.0.3.5')).toBe('ip_not_in_vswitch_subnet')
    must(act('add_target', toIp('10.0.2.5')))
  })

  test('no more of them than the type allows, every selected server counted', () => {
    const world = createTestWorld()
    for (let n = 0; n < 4; n++) world.server(`web-${n}`, { labels: { role: 'web' } })
    const { act } = createBalancer(world)
    for (let n = 1; n <= 22; n++) must(act('add_target', toIp(`203.0.113.${n}`)))
    expect(refusal(act('add_target', toLabel('role=web')))).toEqual([403, 'resource_limit_exceeded'])
    for (let n = 23; n <= 25; n++) must(act('add_target', toIp(`203.0.113.${n}`)))
    expect(refusal(act('add_target', toIp('203.0.113.99')))).toEqual([403, 'resource_limit_exceeded'])
  })

  test('a malformed selector is refused', () => {
    const { act } = createBalancer(createTestWorld())
    expect(refusal(act('add_target', toLabel('a=b=c')))).toEqual([422, 'invalid_input'])
    expect(refusal(act('add_target', toLabel('')))).toEqual([422, 'invalid_input'])
  })

  test('a primary IP that a load balancer sends to cannot be taken away', () => {
    const world = createTestWorld()
    const server = world.server('web')
    const { act } = createBalancer(world, { targets: [toServer(server)] })
    const { ipv4 } = world.get(`/servers/${server}`).body.server.public_net
    must(world.post(`/servers/${server}/actions/poweroff`))
    world.advance(5)
    const unassign = () => world.post(`/primary_ips/${ipv4.id}/actions/unassign`)
    expect(refusal(unassign())).toEqual([422, 'server_is_load_balancer_target'])
    must(act('remove_target', toServer(server)))
    must(unassign())
  })
})

describe('health', () => {
  test('is unknown until the first check, healthy while the server runs, unhealthy after the retries', () => {
    const world = createTestWorld()
    const server = world.server('web')
    const check = { interval: 10, retries: 2 }
    const { read, act } = createBalancer(world, {
      services: [{ ...TCP, health_check: check }],
      targets: [toServer(server), toIp('203.0.113.7')],
    })
    const health = (): unknown[] => read().targets.map((target: { health_status: unknown[] }) => target.health_status)
    expect(health()).toEqual([[{ listen_port: 22, status: 'unknown' }], [{ listen_port: 22, status: 'unknown' }]])
    world.advance(10)
    expect(health()).toEqual([[{ listen_port: 22, status: 'healthy' }], [{ listen_port: 22, status: 'healthy' }]])
    must(act('add_service', { protocol: 'http', health_check: { interval: 60 } }))
    expect(health()[1]).toEqual([
      { listen_port: 22, status: 'healthy' },
      { listen_port: 80, status: 'unknown' },
    ])
    must(world.post(`/servers/${server}/actions/poweroff`))
    world.advance(5)
    expect(health()[0]).toContainEqual({ listen_port: 22, status: 'healthy' })
    world.advance(20)
    expect(health()[0]).toContainEqual({ listen_port: 22, status: 'unhealthy', detail: 'layer4_timeout' })
    must(world.post(`/servers/${server}/actions/poweron`))
    world.advance(10)
    expect(health()[0]).toContainEqual({ listen_port: 22, status: 'healthy' })
  })

  test('is known at once where time takes none', () => {
    const world = createTestWorld()
    world.control('PUT', '/time', { scale: 0 })
    const { read } = createBalancer(world, { services: [TCP], targets: [toIp('203.0.113.7')] })
    expect(read().targets[0].health_status).toEqual([{ listen_port: 22, status: 'healthy' }])
  })
})

describe('networks', () => {
  test('a load balancer joins one network, at the wanted or the next free address', () => {
    const world = createTestWorld()
    const network = createNetwork(world)
    const other = createNetwork(world, 'cloud', 'other')
    const server = world.server('web')
    join(world, server, network)
    const { id, act, read } = createBalancer(world)
    const attach = (body: object) => act('attach_to_network', body)
    expect(refusal(attach({ network, ip: '10.0.1.1' }))).toEqual([422, 'ip_not_available'])
    expect(refusal(attach({ network, ip_range: '10.0.9.0/24' }))).toEqual([422, 'no_subnet_available'])
    expect(must(attach({ network, ip_range: '10.0.1.0/24' })).body.action).toMatchObject({
      command: 'attach_to_network',
      resources: [
        { id, type: 'load_balancer' },
        { id: network, type: 'network' },
      ],
    })
    expect(read().private_net).toEqual([{ network, ip: '10.0.1.2' }])
    expect(refusal(attach({ network: other }))).toEqual([422, 'load_balancer_already_attached'])
    expect(world.get(`/networks/${network}`).body.network).toMatchObject({ servers: [server], load_balancers: [id] })
    const next = world.server('next')
    join(world, next, network)
    expect(world.get(`/servers/${next}`).body.server.private_net[0].ip).toBe('10.0.1.3')
    expect(refusal(act('detach_from_network', { network: other }))).toEqual([
      422,
      'load_balancer_not_attached_to_network',
    ])
    must(act('detach_from_network', { network }))
    expect(read().private_net).toEqual([])
  })

  test('a deleted network detaches it, and its private targets are out of reach', () => {
    const world = createTestWorld()
    const network = createNetwork(world)
    const server = world.server('web')
    join(world, server, network)
    const { read } = createBalancer(world, { network, services: [TCP], targets: [toServer(server, PRIVATE)] })
    world.advance(15)
    expect(read().targets[0].health_status).toEqual([{ listen_port: 22, status: 'healthy' }])
    const { ip_range } = world.get(`/networks/${network}`).body.network.subnets[0]
    expect(world.post(`/networks/${network}/actions/delete_subnet`, { ip_range }).status).toBe(422)
    expect(world.send('DELETE', `/networks/${network}`).status).toBe(204)
    expect(read()).toMatchObject({
      private_net: [],
      targets: [{ health_status: [{ status: 'unhealthy', detail: 'layer4_no_connection' }] }],
    })
  })

  test('members of a network are listed with their state', () => {
    const world = createTestWorld()
    const network = createNetwork(world)
    const server = world.server('web')
    join(world, server, network)
    const { id, act } = createBalancer(world)
    must(act('attach_to_network', { network }))
    const members = (query = '') => world.get(`/networks/${network}/members?${query}`).body.members
    const own = { alias_ips: [], subnet: '10.0.1.0/24' }
    const balancer = { type: 'load_balancer', id, ip: '10.0.1.2', status: 'attaching', ...own }
    expect(members('sort=ip')).toEqual([{ type: 'server', id: server, ip: '10.0.1.1', status: 'ok', ...own }, balancer])
    expect(members('type=load_balancer')).toEqual([balancer])
    world.advance(2)
    expect(members('type=load_balancer&status=ok')).toEqual([{ ...balancer, status: 'ok' }])
    expect(members('subnet=10.0.9.0/24')).toEqual([])
  })

  test('the public interface goes off only where everything is reached in private, and keeps its addresses', () => {
    const world = createTestWorld()
    const network = createNetwork(world)
    const server = world.server('web')
    join(world, server, network)
    const { act, read, created } = createBalancer(world)
    expect(refusal(act('disable_public_interface'))).toEqual([422, 'load_balancer_not_attached_to_network'])
    must(act('attach_to_network', { network }))
    must(act('add_target', toServer(server)))
    expect(refusal(act('disable_public_interface'))).toEqual([422, 'targets_without_use_private_ip'])
    must(act('remove_target', toServer(server)))
    must(act('disable_public_interface'))
    expect(read().public_net).toEqual({ ...created.public_net, enabled: false })
    expect(refusal(act('add_target', toServer(server)))).toEqual([422, 'load_balancer_public_interface_disabled'])
    must(act('enable_public_interface'))
    expect(read().public_net).toEqual(created.public_net)
  })
})

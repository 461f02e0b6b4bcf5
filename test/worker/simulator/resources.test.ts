import { describe, expect, test } from 'vitest'
import { createTestWorld } from './client.ts'

const refusal = (answer: { status: number; body: { error: { code: string } } }): [number, string] => [
  answer.status,
  answer.body.error.code,
]
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq8r1Qy3cZfW0hT7n5m2v9XkLdJp4sRb6uYtGwE1aOi'

describe('ssh keys', () => {
  test('names and fingerprints are unique; a trailing newline does not matter', () => {
    const world = createTestWorld()
    const { status, body } = world.post('/ssh_keys', { name: 'a', public_key: `${KEY} me@laptop\n`, labels: {} })
    expect(status).toBe(201)
    expect(body.ssh_key).toMatchObject({
      name: 'a',
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
    })
    expect(refusal(world.post('/ssh_keys', { name: 'a', public_key: KEY.replace('Eq8', 'Eq9') }))).toEqual([
      409,
      'uniqueness_error',
    ])
    expect(refusal(world.post('/ssh_keys', { name: 'b', public_key: KEY }))).toEqual([409, 'uniqueness_error'])
    expect(refusal(world.post('/ssh_keys', { name: 'b', public_key: 'no key' }))).toEqual([422, 'invalid_input'])
    expect(world.get(`/ssh_keys?fingerprint=${body.ssh_key.fingerprint}`).body.ssh_keys).toHaveLength(1)
    expect(world.send('DELETE', `/ssh_keys/${body.ssh_key.id}`)).toMatchObject({ status: 204, text: '' })
  })
})

describe('images', () => {
  test('a snapshot can be described, labelled, protected and deleted; a system image cannot', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const { image } = world.post(`/servers/${id}/actions/create_image`, { description: 'first' }).body
    expect(image).toMatchObject({
      type: 'snapshot',
      status: 'creating',
      image_size: null,
      created_from: { id, name: 's' },
    })
    world.advance(10)
    const path = `/images/${image.id}`
    expect(world.get(path).body.image).toMatchObject({ status: 'available', image_size: expect.any(Number) })
    expect(world.send('PUT', path, { description: 'second', labels: { a: 'b' } }).body.image).toMatchObject({
      description: 'second',
    })
    world.post(`${path}/actions/change_protection`, { delete: true })
    expect(refusal(world.send('DELETE', path))).toEqual([423, 'protected'])
    world.post(`${path}/actions/change_protection`, { delete: false })
    expect(world.send('DELETE', path).status).toBe(204)
    expect(refusal(world.send('DELETE', '/images/114690387'))).toEqual([403, 'forbidden'])
  })

  test('a backup needs backups to be on, and becomes a snapshot on request', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const backup = (): ReturnType<typeof world.post> =>
      world.post(`/servers/${id}/actions/create_image`, { type: 'backup' })
    expect(backup().status).toBe(422)
    world.post(`/servers/${id}/actions/enable_backup`, {})
    world.advance(2)
    const { image } = backup().body
    expect(image.bound_to).toBe(id)
    world.advance(10)
    expect(world.send('PUT', `/images/${image.id}`, { type: 'snapshot' }).body.image).toMatchObject({
      type: 'snapshot',
      bound_to: null,
    })
    world.post(`/servers/${id}/actions/disable_backup`)
    world.advance(2)
    expect(world.get(`/servers/${id}`).body.server.backup_window).toBeNull()
    expect(world.get(`/images/${image.id}`).status).toBe(200)
  })
})

describe('volumes', () => {
  test('attach, detach, grow, delete', () => {
    const world = createTestWorld()
    const server = world.server('s')
    const { volume, action } = world.post('/volumes', { name: 'data', size: 20, location: 'fsn1', format: 'ext4' }).body
    expect(action.command).toBe('create_volume')
    world.advance(3)
    const path = `/volumes/${volume.id}`
    world.post(`${path}/actions/attach`, { server })
    world.advance(3)
    expect(world.get(`/servers/${server}`).body.server.volumes).toEqual([volume.id])
    expect(world.send('DELETE', path).status).toBe(422)
    expect(refusal(world.post(`${path}/actions/resize`, { size: 10 }))).toEqual([422, 'invalid_input'])
    world.post(`${path}/actions/resize`, { size: 50 })
    world.post(`${path}/actions/detach`)
    world.advance(3)
    expect(world.get(path).body.volume).toMatchObject({ size: 50, server: null, status: 'available' })
    expect(world.send('DELETE', path).status).toBe(204)
    expect(refusal(world.post('/volumes', { name: 'tiny', size: 5, location: 'fsn1' }))).toEqual([422, 'invalid_input'])
  })
})

describe('networks', () => {
  test('subnets, servers and their addresses', () => {
    const world = createTestWorld()
    const server = world.server('s')
    const { network } = world.post('/networks', { name: 'net', ip_range: '10.0.0.0/16' }).body
    const path = `/networks/${network.id}`
    const attach = (): ReturnType<typeof world.post> =>
      world.post(`/servers/${server}/actions/attach_to_network`, { network: network.id })
    expect(refusal(attach())).toEqual([422, 'no_subnet_available'])
    expect(
      refusal(
        world.post(`${path}/actions/add_subnet`, {
          type: 'cloud',
          network_zone: 'eu-central',
          ip_range: '10.1.0.0/24',
        }),
      ),
    ).toEqual([422, 'invalid_input'])
    world.post(`${path}/actions/add_subnet`, { type: 'cloud', network_zone: 'eu-central', ip_range: '', gateway: '' })
    world.advance(2)
    expect(world.get(path).body.network.subnets).toMatchObject([{ ip_range: '10.0.0.0/24', gateway: '10.0.0.1' }])
    expect(attach().status).toBe(201)
    world.advance(3)
    expect(world.get(`/servers/${server}`).body.server.private_net).toMatchObject([
      { network: network.id, ip: '10.0.0.2' },
    ])
    expect(world.get(path).body.network.servers).toEqual([server])
    expect(refusal(attach())).toEqual([422, 'server_already_attached'])
    world.post(`/servers/${server}/actions/change_alias_ips`, { network: network.id, alias_ips: ['10.0.0.9'] })
    world.advance(2)
    expect(world.get(`/servers/${server}`).body.server.private_net[0].alias_ips).toEqual(['10.0.0.9'])
    world.post(`${path}/actions/add_route`, { destination: '192.168.0.0/24', gateway: '10.0.0.2' })
    world.advance(2)
    expect(world.get(path).body.network.routes).toEqual([{ destination: '192.168.0.0/24', gateway: '10.0.0.2' }])
    expect(world.send('DELETE', path).status).toBe(204)
    expect(world.get(`/servers/${server}`).body.server.private_net).toEqual([])
  })
})

describe('firewalls', () => {
  const rule = { direction: 'in', protocol: 'tcp', port: '22', source_ips: ['10.0.0.0/8', '::/0'] }

  test('apply to servers by id and by label', () => {
    const world = createTestWorld()
    const one = world.server('one')
    const two = world.server('two', { labels: { role: 'web' } })
    const { firewall, actions } = world.post('/firewalls', {
      name: 'fw',
      rules: [rule],
      apply_to: [{ type: 'server', server: { id: one } }],
    }).body
    expect(actions.map(({ command }: { command: string }) => command)).toEqual(['set_firewall_rules', 'apply_firewall'])
    const path = `/firewalls/${firewall.id}/actions`
    world.post(`${path}/apply_to_resources`, {
      apply_to: [{ type: 'label_selector', label_selector: { selector: 'role=web' } }],
    })
    for (const id of [one, two]) {
      expect(world.get(`/servers/${id}`).body.server.public_net.firewalls).toEqual([
        { id: firewall.id, status: 'applied' },
      ])
    }
    expect(refusal(world.send('DELETE', `/firewalls/${firewall.id}`))).toEqual([422, 'resource_in_use'])
    world.post(`${path}/remove_from_resources`, {
      remove_from: [
        { type: 'server', server: { id: one } },
        { type: 'label_selector', label_selector: { selector: 'role=web' } },
      ],
    })
    expect(world.send('DELETE', `/firewalls/${firewall.id}`).status).toBe(204)
  })

  test.each([
    [{ ...rule, port: null }],
    [{ ...rule, port: '99999' }],
    [{ ...rule, protocol: 'icmp' }],
    [{ ...rule, source_ips: ['10.0.0.1/8'] }],
    [{ ...rule, source_ips: [] }],
    [{ ...rule, direction: 'sideways' }],
  ])('the rule %j is refused', (bad) => {
    expect(refusal(createTestWorld().post('/firewalls', { name: 'fw', rules: [bad] }))).toEqual([422, 'invalid_input'])
  })
})

describe('addresses', () => {
  test('a primary IP moves between servers that are off', () => {
    const world = createTestWorld()
    const running = world.server('running')
    const off = world.server('off', { start_after_create: false, public_net: { enable_ipv4: false } })
    const { primary_ip } = world.post('/primary_ips', { name: 'ip', type: 'ipv4', location: 'fsn1' }).body
    expect(primary_ip).toMatchObject({ assignee_id: null, assignee_type: 'unassigned', auto_delete: false })
    const path = `/primary_ips/${primary_ip.id}`
    const assign = (id: number): ReturnType<typeof world.post> =>
      world.post(`${path}/actions/assign`, { assignee_id: id, assignee_type: 'server' })
    expect(refusal(assign(running))).toEqual([422, 'server_not_stopped'])
    expect(assign(off).status).toBe(201)
    world.advance(3)
    expect(world.get(`/servers/${off}`).body.server.public_net.ipv4.ip).toBe(primary_ip.ip)
    expect(refusal(world.send('DELETE', path))).toEqual([422, 'must_be_unassigned'])
    world.post(`${path}/actions/unassign`)
    world.advance(3)
    expect(world.send('DELETE', path).status).toBe(204)
  })

  test('a floating IP follows its server', () => {
    const world = createTestWorld()
    const server = world.server('s')
    const { floating_ip, action } = world.post('/floating_ips', { type: 'ipv4', server, description: 'vip' }).body
    expect(action.command).toBe('assign_floating_ip')
    world.advance(2)
    expect(world.get(`/servers/${server}`).body.server.public_net.floating_ips).toEqual([floating_ip.id])
    expect(refusal(world.send('DELETE', `/floating_ips/${floating_ip.id}`))).toEqual([422, 'must_be_unassigned'])
    world.send('DELETE', `/servers/${server}`)
    expect(world.get(`/floating_ips/${floating_ip.id}`).body.floating_ip.server).toBeNull()
  })
})

describe('placement groups', () => {
  test('take servers that are off, or new ones, up to ten', () => {
    const world = createTestWorld()
    const { placement_group: group } = world.post('/placement_groups', { name: 'spread', type: 'spread' }).body
    const running = world.server('running')
    const add = (id: number): ReturnType<typeof world.post> =>
      world.post(`/servers/${id}/actions/add_to_placement_group`, { placement_group: group.id })
    expect(refusal(add(running))).toEqual([422, 'server_not_stopped'])
    for (let n = 0; n < 10; n++) world.server(`s-${n}`, { placement_group: group.id })
    const off = world.server('off', { start_after_create: false })
    expect(refusal(add(off))).toEqual([422, 'placement_error'])
    expect(world.get(`/placement_groups/${group.id}`).body.placement_group.servers).toHaveLength(10)
  })
})

test('kinds that a project has none of are listed as empty', () => {
  const world = createTestWorld()
  for (const kind of ['load_balancers', 'certificates', 'zones']) {
    expect(world.get(`/${kind}?page=1&per_page=50`).body).toMatchObject({
      [kind]: [],
      meta: { pagination: { total_entries: 0 } },
    })
    expect(world.get(`/${kind}/1`).status).toBe(404)
  }
})

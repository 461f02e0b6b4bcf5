import { describe, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from './client.ts'

const statusOf = (world: TestWorld, id: number): string => world.get(`/servers/${id}`).body.server.status
const refusal = (answer: { status: number; body: { error: { code: string } } }): [number, string] => [
  answer.status,
  answer.body.error.code,
]

describe('creating', () => {
  test('a server starts, gets its addresses, and a root password when no key is given', () => {
    const world = createTestWorld()
    const { status, body } = world.post('/servers', {
      name: 'web',
      server_type: 'cpx22',
      image: 'debian-12',
      location: 'hel1',
    })
    expect(status).toBe(201)
    expect(body.server).toMatchObject({ name: 'web', status: 'initializing', locked: true, location: { name: 'hel1' } })
    expect(body.action).toMatchObject({
      command: 'create_server',
      status: 'running',
      progress: 0,
      finished: null,
      error: null,
    })
    expect(body.action.resources.map(({ type }: { type: string }) => type)).toEqual(['server', 'image'])
    expect(body.next_actions.map(({ command }: { command: string }) => command)).toEqual(['start_server'])
    expect(body.root_password).toMatch(/^\w{20}$/)
    world.advance(4)
    expect(statusOf(world, body.server.id)).toBe('starting')
    world.advance(3)
    expect(world.get(`/servers/${body.server.id}`).body.server).toMatchObject({ status: 'running', locked: false })
    const actions = world.get(`/actions?id=${body.action.id}&id=${body.next_actions[0].id}&id=1`).body.actions
    expect(actions.map((action: { status: string; progress: number }) => [action.status, action.progress])).toEqual([
      ['success', 100],
      ['success', 100],
    ])
    const ips = world.get('/primary_ips').body.primary_ips
    expect(ips.map((ip: { id: number }) => ip.id)).toEqual([
      body.server.public_net.ipv4.id,
      body.server.public_net.ipv6.id,
    ])
    expect(ips[0]).toMatchObject({ assignee_id: body.server.id, assignee_type: 'server', auto_delete: true })
  })

  test('without start it ends off; with keys there is no password; addresses can be left out', () => {
    const world = createTestWorld()
    world.post('/ssh_keys', { name: 'key', public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq8r1Qy me\n' })
    const { body } = world.post('/servers', {
      name: 'quiet',
      server_type: 109,
      image: 114690387,
      ssh_keys: ['key'],
      start_after_create: false,
      public_net: { enable_ipv4: false, enable_ipv6: true },
      labels: { env: 'test' },
    })
    expect(body.root_password).toBeNull()
    expect(body.next_actions).toEqual([])
    expect(body.server.public_net.ipv4).toBeNull()
    world.advance(10)
    expect(statusOf(world, body.server.id)).toBe('off')
  })

  test.each([
    ['a missing name', { name: undefined }, 422, 'invalid_input'],
    ['a name that is no hostname', { name: 'no spaces' }, 422, 'invalid_input'],
    ['an unknown type', { server_type: 'cx99' }, 422, 'invalid_input'],
    ['a retired type', { server_type: 'cx22' }, 422, 'invalid_input'],
    ['an unknown image', { image: 'beos-5' }, 422, 'invalid_input'],
    ['an image of another architecture', { image: 161547270 }, 422, 'invalid_input'],
    ['an unknown location', { location: 'mars1' }, 422, 'invalid_input'],
    ['a type that the location does not offer', { location: 'ash' }, 422, 'invalid_input'],
    ['a sold-out type', { server_type: 'cx23' }, 412, 'resource_unavailable'],
    ['an unknown key', { ssh_keys: ['nobody'] }, 422, 'invalid_input'],
    ['bad labels', { labels: { 'a b': 'c' } }, 422, 'invalid_input'],
    ['a taken name', { name: 'taken' }, 409, 'uniqueness_error'],
    ['an unknown volume', { volumes: [7] }, 404, 'not_found'],
    ['too much user data', { user_data: 'x'.repeat(32_769) }, 422, 'invalid_input'],
  ])('%s is refused', (_what, change, status, code) => {
    const world = createTestWorld()
    world.server('taken')
    const answer = world.post('/servers', {
      name: 'new',
      server_type: 'cpx22',
      image: 'debian-12',
      location: 'fsn1',
      ...change,
    })
    expect(refusal(answer)).toEqual([status, code])
    expect(world.get('/servers').body.servers).toHaveLength(1)
  })

  test('a problem names its fields; a quota its limit', () => {
    const world = createTestWorld()
    expect(
      world
        .post('/servers', { labels: { '-': '' } })
        .body.error.details.fields.map(({ name }: { name: string }) => name),
    ).toEqual(['labels', 'name'])
    world.control('PUT', '/projects/test/limits', { servers: 0 })
    const answer = world.post('/servers', { name: 'one', server_type: 'cpx22', image: 'debian-12' })
    expect(answer.body.error).toMatchObject({
      code: 'resource_limit_exceeded',
      details: { limits: [{ name: 'server_limit' }] },
    })
  })
})

describe('power: status while the action runs, and after it', () => {
  test.each([
    ['poweron', 'off', 'starting', 'running', 'start_server'],
    ['poweron', 'running', 'running', 'running', 'start_server'],
    ['poweroff', 'running', 'stopping', 'off', 'stop_server'],
    ['poweroff', 'off', 'off', 'off', 'stop_server'],
    ['shutdown', 'running', 'running', 'off', 'shutdown_server'],
    ['reboot', 'running', 'running', 'running', 'reboot_server'],
    ['reset', 'running', 'starting', 'running', 'reset_server'],
  ])('%s of a server that is %s', (action, before, during, after, command) => {
    const world = createTestWorld()
    const id = world.server('s', { start_after_create: before === 'running' })
    const answer = world.post(`/servers/${id}/actions/${action}`)
    expect(answer.status).toBe(201)
    expect(answer.body.action).toMatchObject({ command, resources: [{ id, type: 'server' }] })
    expect(statusOf(world, id)).toBe(during)
    world.advance(10)
    expect(statusOf(world, id)).toBe(after)
    expect(world.get(`/actions/${answer.body.action.id}`).body.action).toMatchObject({
      status: 'success',
      progress: 100,
    })
  })

  test('a shutdown ends before the server is off, and a reset in between keeps it on', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const { action } = world.post(`/servers/${id}/actions/shutdown`).body
    world.advance(2)
    expect(world.get(`/actions/${action.id}`).body.action.status).toBe('success')
    expect(world.get(`/servers/${id}`).body.server).toMatchObject({ status: 'running', locked: false })
    world.post(`/servers/${id}/actions/reset`)
    world.advance(20)
    expect(statusOf(world, id)).toBe('running')
  })

  test.each(['shutdown', 'reboot', 'reset'])('%s of a server that is off is refused', (action) => {
    const world = createTestWorld()
    const id = world.server('s', { start_after_create: false })
    expect(world.post(`/servers/${id}/actions/${action}`).status).toBe(422)
  })

  test('progress follows the clock, and the time scale stretches it', () => {
    const world = createTestWorld()
    const id = world.server('s')
    world.control('PUT', '/time', { scale: 10 })
    const { action } = world.post(`/servers/${id}/actions/reset`).body
    world.advance(20)
    expect(world.get(`/actions/${action.id}`).body.action).toMatchObject({ status: 'running', progress: 50 })
    world.control('PUT', '/time', { scale: 0 })
    world.advance(20)
    world.post(`/servers/${id}/actions/poweroff`)
    expect(statusOf(world, id)).toBe('off')
  })
})

describe('locks and protection', () => {
  test('one mutating action per server: others are refused as locked until it ends', () => {
    const world = createTestWorld()
    const id = world.server('s')
    world.post(`/servers/${id}/actions/reboot`)
    expect(world.get(`/servers/${id}`).body.server.locked).toBe(true)
    const refused = world.post(`/servers/${id}/actions/poweroff`)
    expect(refused.body.error).toEqual({
      code: 'locked',
      message: 'cannot perform operation because server is locked',
      details: null,
    })
    expect(refusal(world.send('DELETE', `/servers/${id}`))).toEqual([423, 'locked'])
    world.advance(6)
    expect(world.post(`/servers/${id}/actions/poweroff`).status).toBe(201)
  })

  test('another server is not held by it', () => {
    const world = createTestWorld()
    world.post(`/servers/${world.server('a')}/actions/reboot`)
    expect(world.post(`/servers/${world.server('b')}/actions/reboot`).status).toBe(201)
  })

  test('a protected server is neither deleted nor rebuilt', () => {
    const world = createTestWorld()
    const id = world.server('s')
    expect(refusal(world.post(`/servers/${id}/actions/change_protection`, { delete: true }))).toEqual([
      422,
      'invalid_input',
    ])
    world.post(`/servers/${id}/actions/change_protection`, { delete: true, rebuild: true })
    expect(refusal(world.send('DELETE', `/servers/${id}`))).toEqual([423, 'protected'])
    expect(refusal(world.post(`/servers/${id}/actions/rebuild`, { image: 'debian-12' }))).toEqual([423, 'protected'])
    world.post(`/servers/${id}/actions/change_protection`, { delete: false, rebuild: false })
    expect(world.send('DELETE', `/servers/${id}`).status).toBe(200)
  })
})

describe('the rest of the actions', () => {
  test('deleting takes addresses and backups along, and leaves snapshots and volumes', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const volume = world.post('/volumes', { name: 'data', size: 10, server: id }).body.volume.id
    world.advance(10)
    world.post(`/servers/${id}/actions/enable_backup`)
    world.advance(5)
    world.post(`/servers/${id}/actions/create_image`, { type: 'backup' })
    world.advance(20)
    const snapshot = world.post(`/servers/${id}/actions/create_image`, { description: 'keep me' }).body.image
    world.advance(20)
    expect(world.get('/images?type=backup').body.images).toHaveLength(1)
    const { action } = world.send('DELETE', `/servers/${id}`).body
    expect(action).toMatchObject({ command: 'delete_server', status: 'running' })
    expect(world.get(`/servers/${id}`).status).toBe(404)
    expect(world.get('/servers').body.servers).toEqual([])
    expect(world.get('/primary_ips').body.primary_ips).toEqual([])
    expect(world.get('/images?type=backup').body.images).toEqual([])
    expect(world.get(`/images/${snapshot.id}`).body.image).toMatchObject({
      status: 'available',
      description: 'keep me',
    })
    expect(world.get(`/volumes/${volume}`).body.volume.server).toBeNull()
    world.advance(5)
    expect(world.get(`/actions/${action.id}`).body.action.status).toBe('success')
  })

  test('changing the type needs a stopped server, and a disk never shrinks', () => {
    const world = createTestWorld()
    const id = world.server('s', { server_type: 'cpx32', start_after_create: false })
    const change = (server_type: string, upgrade_disk: boolean): ReturnType<TestWorld['post']> =>
      world.post(`/servers/${id}/actions/change_type`, { server_type, upgrade_disk })
    expect(refusal(change('cpx22', false))).toEqual([422, 'invalid_server_type'])
    expect(refusal(change('cax21', false))).toEqual([422, 'invalid_server_type'])
    expect(change('cpx42', false).status).toBe(201)
    expect(statusOf(world, id)).toBe('migrating')
    world.advance(20)
    const { server } = world.get(`/servers/${id}`).body
    expect(server).toMatchObject({ status: 'running', primary_disk_size: 160, server_type: { name: 'cpx42' } })
    expect(refusal(change('cpx32', false))).toEqual([422, 'server_not_stopped'])
  })

  test('a rebuild puts another image on and hands out a password', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const answer = world.post(`/servers/${id}/actions/rebuild`, { image: 'ubuntu-24.04' })
    expect(answer.body.root_password).toMatch(/^\w{20}$/)
    expect(statusOf(world, id)).toBe('rebuilding')
    world.advance(20)
    expect(world.get(`/servers/${id}`).body.server).toMatchObject({
      status: 'running',
      image: { name: 'ubuntu-24.04' },
    })
  })

  test('the rescue system is used up by one boot, or by an hour', () => {
    const world = createTestWorld()
    const id = world.server('s')
    const rescue = (): boolean => world.get(`/servers/${id}`).body.server.rescue_enabled
    expect(world.post(`/servers/${id}/actions/enable_rescue`, { type: null }).body.root_password).toMatch(/^\w{20}$/)
    world.advance(2)
    expect(rescue()).toBe(true)
    world.post(`/servers/${id}/actions/reset`)
    world.advance(10)
    expect(rescue()).toBe(false)
    world.post(`/servers/${id}/actions/enable_rescue`)
    world.advance(3_599)
    expect(rescue()).toBe(true)
    world.advance(2)
    expect(rescue()).toBe(false)
  })

  test('console, password, iso and reverse names', () => {
    const world = createTestWorld()
    const id = world.server('s')
    expect(world.post(`/servers/${id}/actions/request_console`).body).toMatchObject({
      wss_url: expect.stringMatching(/^wss:/),
      password: expect.stringMatching(/^\w{12}$/),
      action: { status: 'success' },
    })
    expect(world.post(`/servers/${id}/actions/reset_password`).body.root_password).toMatch(/^\w{20}$/)
    world.advance(5)
    world.post(`/servers/${id}/actions/attach_iso`, { iso: 'debian-13.1.0-amd64-netinst.iso' })
    world.advance(2)
    expect(world.get(`/servers/${id}`).body.server.iso.id).toBe(118640)
    world.post(`/servers/${id}/actions/detach_iso`)
    world.advance(2)
    expect(world.post(`/servers/${id}/actions/detach_iso`).body.action.status).toBe('success')
    const { ip, dns_ptr } = world.get(`/servers/${id}`).body.server.public_net.ipv4
    expect(dns_ptr).toBe(`static.${ip.split('.').toReversed().join('.')}.clients.your-server.de`)
    world.post(`/servers/${id}/actions/change_dns_ptr`, { ip, dns_ptr: 'web.example.com' })
    world.advance(2)
    expect(world.get(`/servers/${id}`).body.server.public_net.ipv4.dns_ptr).toBe('web.example.com')
    world.post(`/servers/${id}/actions/change_dns_ptr`, { ip, dns_ptr: null })
    world.advance(2)
    expect(world.get(`/servers/${id}`).body.server.public_net.ipv4.dns_ptr).toBe(dns_ptr)
  })

  test('labels of an update replace the whole map; names stay unique', () => {
    const world = createTestWorld()
    const id = world.server('a', { labels: { one: '1' } })
    world.server('b')
    expect(world.send('PUT', `/servers/${id}`, { labels: { two: '2' } }).body.server.labels).toEqual({ two: '2' })
    expect(world.send('PUT', `/servers/${id}`, { name: 'a' }).status).toBe(200)
    expect(refusal(world.send('PUT', `/servers/${id}`, { name: 'b' }))).toEqual([409, 'uniqueness_error'])
  })

  test('action lists: of the project, of a server, by status; a bare list is gone', () => {
    const world = createTestWorld()
    const id = world.server('a')
    world.server('b')
    world.post(`/servers/${id}/actions/reboot`)
    const commands = (path: string): string[] =>
      world.get(path).body.actions.map(({ command }: { command: string }) => command)
    expect(commands('/servers/actions')).toHaveLength(5)
    expect(commands(`/servers/${id}/actions?sort=id:desc`)).toEqual(['reboot_server', 'start_server', 'create_server'])
    expect(commands('/servers/actions?status=running')).toEqual(['reboot_server'])
    expect(commands('/images/actions')).toEqual(['create_server', 'create_server'])
    expect(world.get('/volumes/actions').body.actions).toEqual([])
    expect(refusal(world.get('/actions'))).toEqual([410, 'deprecated_api_endpoint'])
    expect(refusal(world.get('/datacenters'))).toEqual([410, 'deprecated_api_endpoint'])
  })
})

describe('metrics', () => {
  const window = 'start=2026-11-10T00:00:00Z&end=2026-11-11T00:00:00Z'
  const world = createTestWorld({ wallClock: () => Date.UTC(2026, 10, 21) })
  world.control('POST', '/seed', { project: 'test', servers: 6 })
  const { id } = world.get('/servers?label_selector=role%3Dweb').body.servers[0] as { id: number }

  test('pairs of a number and a decimal string, at most 200 without a step and 500 with one', () => {
    const { metrics } = world.get(`/servers/${id}/metrics?type=cpu,disk&${window}`).body
    expect(Object.keys(metrics.time_series)).toEqual([
      'cpu',
      'disk.0.iops.read',
      'disk.0.iops.write',
      'disk.0.bandwidth.read',
      'disk.0.bandwidth.write',
    ])
    const { values } = metrics.time_series.cpu
    expect(values.length).toBeLessThanOrEqual(201)
    expect(values[0]).toEqual([expect.any(Number), expect.stringMatching(/^\d+\.\d{4}$/)])
    const dense = world.get(`/servers/${id}/metrics?type=cpu&step=1&${window}`).body.metrics
    expect(dense.time_series.cpu.values.length).toBeLessThanOrEqual(501)
  })

  test('the same question gets the same answer, busier by day than by night', () => {
    const ask = (): { values: [number, string][] } =>
      world.get(`/servers/${id}/metrics?type=cpu&${window}`).body.metrics.time_series.cpu
    expect(ask()).toEqual(ask())
    const mean = (from: number, to: number): number => {
      const hours = ask().values.filter(([at]) => (at / 3600) % 24 >= from && (at / 3600) % 24 < to)
      return hours.reduce((sum, [, value]) => sum + Number(value), 0) / hours.length
    }
    expect(mean(12, 18)).toBeGreaterThan(mean(1, 5) * 1.5)
  })

  test('nothing before its creation; bad questions are refused', () => {
    const fresh = world.server('fresh')
    expect(world.get(`/servers/${fresh}/metrics?type=cpu&${window}`).body.metrics.time_series.cpu.values).toEqual([])
    for (const query of [window, `type=memory&${window}`, 'type=cpu', 'type=cpu&start=x&end=y']) {
      expect(world.get(`/servers/${id}/metrics?${query}`).status).toBe(422)
    }
  })
})

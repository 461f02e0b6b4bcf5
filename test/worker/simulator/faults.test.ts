import { describe, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from './client.ts'

const fault = (world: TestWorld, body: Record<string, unknown>): void => {
  expect(world.control('POST', '/faults', body).status).toBe(200)
}

describe('faults that strike before the operation', () => {
  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'conflict'],
    [423, 'locked'],
    [429, 'rate_limit_exceeded'],
    [500, 'server_error'],
    [502, 'bad_gateway'],
    [503, 'unavailable'],
    [504, 'timeout'],
  ])('status %i answers %s once, and nothing happens', (status, code) => {
    const world = createTestWorld()
    const id = world.server('s')
    fault(world, { kind: 'status', status, method: 'POST', path: 'poweroff$' })
    const answer = world.post(`/servers/${id}/actions/poweroff`)
    expect(answer).toMatchObject({ status, body: { error: { code, details: null } } })
    expect(world.get(`/servers/${id}`).body.server.status).toBe('running')
    expect(world.post(`/servers/${id}/actions/poweroff`).status).toBe(201)
  })

  test('a bare 502 without JSON', () => {
    const world = createTestWorld()
    fault(world, { kind: 'status', status: 502, body: '<html>502</html>' })
    expect(world.get('/servers')).toMatchObject({
      status: 502,
      text: '<html>502</html>',
      headers: { 'content-type': 'text/html' },
    })
  })

  test('maintenance, rate limit, cut connection', () => {
    const world = createTestWorld()
    const id = world.server('s')
    for (const kind of ['maintenance', 'rate_limited', 'cut']) fault(world, { kind, method: 'POST' })
    // Three faults at once: the first answers, the others still count down.
    expect(world.post(`/servers/${id}/actions/reboot`)).toMatchObject({ status: 403, cut: true })
    fault(world, { kind: 'rate_limited' })
    expect(world.get('/servers')).toMatchObject({ status: 429, headers: { 'ratelimit-remaining': '0' } })
    expect(world.get(`/servers/${id}/actions`).body.actions).toHaveLength(2)
  })
})

describe('faults that strike after the operation', () => {
  test('a lost reply: done, but nobody hears of it', () => {
    const world = createTestWorld()
    fault(world, { kind: 'lost_reply', method: 'POST', path: '^/servers$' })
    const answer = world.post('/servers', { name: 's', server_type: 'cpx22', image: 'debian-12' })
    expect(answer.cut).toBe(true)
    expect(world.get('/servers?name=s').body.servers).toHaveLength(1)
  })

  test('malformed and truncated bodies are no JSON', () => {
    const world = createTestWorld()
    for (const kind of ['malformed_body', 'truncated_body']) {
      fault(world, { kind })
      const answer = world.get('/servers')
      expect(answer.status).toBe(200)
      expect(() => JSON.parse(answer.text) as unknown).toThrow(SyntaxError)
    }
  })

  test('unknown status, missing field', () => {
    const world = createTestWorld()
    world.server('s')
    fault(world, { kind: 'unknown_status' })
    fault(world, { kind: 'missing_field', field: 'location' })
    const [server] = world.get('/servers').body.servers
    expect(server.status).toBe('hibernating')
    expect(server).not.toHaveProperty('location')
    expect(world.get('/servers').body.servers[0]).toMatchObject({ status: 'running', location: { name: 'fsn1' } })
  })

  test('latency is asked of the server that delivers', () => {
    const world = createTestWorld()
    fault(world, { kind: 'latency', ms: 250 })
    expect(world.get('/servers')).toMatchObject({ status: 200, delayMs: 250 })
  })
})

describe('faults of the world', () => {
  test('a slow clock stretches the actions that the request starts', () => {
    const world = createTestWorld()
    const id = world.server('s')
    fault(world, { kind: 'slow_clock', factor: 100, method: 'POST' })
    const { action } = world.post(`/servers/${id}/actions/reset`).body
    world.advance(100)
    expect(world.get(`/actions/${action.id}`).body.action).toMatchObject({ status: 'running', progress: 25 })
  })

  test('an action fails at its end and leaves everything as it was', () => {
    const world = createTestWorld()
    const id = world.server('s')
    fault(world, { kind: 'action_error', command: 'stop_server', code: 'server_error', message: 'host is gone' })
    const { action } = world.post(`/servers/${id}/actions/poweroff`).body
    expect(action.status).toBe('running')
    world.advance(5)
    expect(world.get(`/actions/${action.id}`).body.action).toMatchObject({
      status: 'error',
      error: { code: 'server_error', message: 'host is gone' },
    })
    expect(world.get(`/servers/${id}`).body.server).toMatchObject({ status: 'running', locked: false })
  })

  test('sold out until cleared', () => {
    const world = createTestWorld()
    fault(world, { kind: 'sold_out', server_type: 'cpx22', location: 'fsn1' })
    const create = (location: string): number =>
      world.post('/servers', { name: `s-${location}`, server_type: 'cpx22', image: 'debian-12', location }).status
    const available = (): boolean =>
      world
        .get('/server_types?name=cpx22')
        .body.server_types[0].locations.find(({ name }: { name: string }) => name === 'fsn1').available
    expect([create('fsn1'), create('nbg1'), available()]).toEqual([412, 201, false])
    world.control('DELETE', '/faults')
    expect([create('fsn1'), available()]).toEqual([201, true])
  })

  test('the world changes a server behind our back', () => {
    const world = createTestWorld()
    const id = world.server('s')
    world.control('PUT', '/projects/test/servers/s', {
      status: 'unknown',
      name: 'renamed',
      labels: { a: 'b' },
      locked: true,
    })
    expect(world.get(`/servers/${id}`).body.server).toMatchObject({
      status: 'unknown',
      name: 'renamed',
      labels: { a: 'b' },
      locked: true,
    })
    expect(world.post(`/servers/${id}/actions/reset`).status).toBe(423)
    world.control('DELETE', `/projects/test/servers/${id}`)
    expect(world.get(`/servers/${id}`).status).toBe(404)
  })
})

describe('aim', () => {
  test('method, path, project, skip and times choose the requests', () => {
    const world = createTestWorld()
    const other = world.control('POST', '/projects', { name: 'other' }).body.project.token
    fault(world, {
      kind: 'status',
      status: 500,
      method: 'GET',
      path: '^/servers\\?.*page=2',
      project: 'test',
      skip: 1,
      times: 2,
    })
    const statuses = [
      world.get('/servers?page=1').status,
      world.get('/servers?page=2').status,
      world.send('GET', '/servers?page=2', undefined, other).status,
      world.get('/servers?page=2').status,
      world.get('/servers?page=2').status,
      world.get('/servers?page=2').status,
    ]
    expect(statuses).toEqual([200, 200, 200, 500, 500, 200])
    expect(world.control('GET', '/faults').body.faults).toMatchObject([{ kind: 'status', times: 0, hits: 2 }])
  })

  test.each([
    [{ kind: 'nonsense' }],
    [{ kind: 'status' }],
    [{ kind: 'latency' }],
    [{ kind: 'cut', path: '(' }],
    [{ kind: 'cut', project: 'nobody' }],
  ])('%j is refused', (body) => {
    expect(createTestWorld().control('POST', '/faults', body).status).toBeGreaterThanOrEqual(400)
  })
})

describe('the record', () => {
  test('every write is kept with what became of it', () => {
    const world = createTestWorld()
    const id = world.server('s')
    world.post(`/servers/${id}/actions/reboot`)
    world.post(`/servers/${id}/actions/reboot`)
    fault(world, { kind: 'cut', method: 'POST' })
    world.post(`/servers/${id}/actions/reboot`)
    const { writes } = world.control('GET', '/writes?project=test&path=reboot').body
    expect(
      writes.map(({ status, performed, fault: kind }: Record<string, unknown>) => [status, performed, kind]),
    ).toEqual([
      [201, true, null],
      [423, false, null],
      [0, false, 'cut'],
    ])
    expect(world.control('GET', '/writes?path=reboot&performed=true').body.writes).toHaveLength(1)
  })

  test('requests are counted by project, method and route', () => {
    const world = createTestWorld()
    const id = world.server('s')
    world.control('DELETE', '/requests')
    world.get(`/servers/${id}`)
    world.get('/servers?page=1')
    world.get('/servers?page=2')
    world.get('/nonsense')
    expect(world.control('GET', '/counters?project=test').body).toEqual({
      counters: [
        { project: 1, method: 'GET', route: '/servers/{id}', count: 1 },
        { project: 1, method: 'GET', route: '/servers', count: 2 },
        { project: 1, method: 'GET', route: '(unknown)', count: 1 },
      ],
      total: 4,
    })
    expect(world.control('GET', '/requests?path=page%3D2').body.requests).toMatchObject([
      { path: '/servers?page=2', status: 200 },
    ])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from './client.ts'

let world: TestWorld
beforeAll(() => {
  world = createTestWorld()
  world.control('POST', '/seed', { project: 'test', servers: 60 })
})

const names = (path: string): string[] => world.get(path).body.servers.map((server: { name: string }) => server.name)
const pagination = (path: string): unknown => world.get(path).body.meta.pagination

describe('pages', () => {
  test('25 entries a page unless asked, at most 50', () => {
    expect(world.get('/servers').body.servers).toHaveLength(25)
    expect(world.get('/servers?per_page=50').body.servers).toHaveLength(50)
    expect(world.get('/servers?per_page=500').body.servers).toHaveLength(50)
  })

  test('the first, a middle and the last page name their neighbours', () => {
    const shared = { per_page: 25, last_page: 3, total_entries: 60 }
    expect(pagination('/servers')).toEqual({ ...shared, page: 1, previous_page: null, next_page: 2 })
    expect(pagination('/servers?page=2')).toEqual({ ...shared, page: 2, previous_page: 1, next_page: 3 })
    expect(pagination('/servers?page=3')).toEqual({ ...shared, page: 3, previous_page: 2, next_page: null })
  })

  test('beyond the end: an empty page, no error', () => {
    const { status, body } = world.get('/servers?page=9')
    expect(status).toBe(200)
    expect(body.servers).toEqual([])
    expect(body.meta.pagination).toMatchObject({ page: 9, previous_page: 8, next_page: null })
  })

  test('the Link header keeps the query', () => {
    const { link } = world.get('/servers?page=2&sort=name&per_page=20').headers
    expect(link).toBe(
      [
        '<http://simulator.internal/v1/servers?page=1&sort=name&per_page=20>; rel=prev',
        '<http://simulator.internal/v1/servers?page=3&sort=name&per_page=20>; rel=next',
        '<http://simulator.internal/v1/servers?page=3&sort=name&per_page=20>; rel=last',
      ].join(', '),
    )
  })

  test.each(['page=0', 'page=x', 'per_page=0', 'per_page=-1', 'page=1.5'])('%s is refused', (query) => {
    expect(world.get(`/servers?${query}`)).toMatchObject({ status: 422, body: { error: { code: 'invalid_input' } } })
  })

  test('every server is on exactly one page', () => {
    const seen = [1, 2, 3].flatMap((page) => names(`/servers?page=${page}&sort=name:desc`))
    expect(new Set(seen).size).toBe(60)
  })
})

describe('order', () => {
  test('by name, in both directions', () => {
    const up = names('/servers?sort=name&per_page=50')
    expect(up).toEqual(up.toSorted())
    expect(names('/servers?sort=name:desc')[0]).toBe('worker-00056')
  })

  test('several fields, in the order asked; unknown ones are ignored', () => {
    const servers = world.get('/servers?sort=nonsense&sort=created:desc&sort=id:asc&per_page=50').body.servers
    const times = servers.map((server: { created: string }) => server.created)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  test('follows a change of name', () => {
    const id = world.get('/servers?name=worker-00056').body.servers[0].id
    world.send('PUT', `/servers/${id}`, { name: 'aaa-first' })
    expect(names('/servers?sort=name:asc')[0]).toBe('aaa-first')
    world.send('PUT', `/servers/${id}`, { name: 'worker-00056' })
  })
})

describe('filters', () => {
  test('a name matches exactly, or nothing', () => {
    expect(names('/servers?name=web-00006')).toEqual(['web-00006'])
    expect(names('/servers?name=web')).toEqual([])
    expect(names('/servers?name=WEB-00006')).toEqual([])
  })

  test('a status, several, or comma-joined', () => {
    const off = names('/servers?status=off&per_page=50').length
    expect(off).toBeGreaterThan(0)
    expect(pagination('/servers?status=off&status=running')).toMatchObject({ total_entries: 60 })
    expect(pagination('/servers?status=off,running')).toMatchObject({ total_entries: 60 })
    expect(names('/servers?status=initializing')).toEqual([])
  })

  test('a label selector', () => {
    const found = names(`/servers?per_page=50&label_selector=${encodeURIComponent('role in (web,api),env!=staging')}`)
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((name) => /^(web|api)-/.test(name))).toBe(true)
  })

  test('a malformed selector is a 422 that says where', () => {
    const { status, body } = world.get('/servers?label_selector=a+b')
    expect(status).toBe(422)
    expect(body.error).toEqual({
      code: 'invalid_input',
      message: 'invalid label_selector: expected comma at pos 2',
      details: { fields: [{ name: 'label_selector', messages: ['invalid label_selector: expected comma at pos 2'] }] },
    })
  })

  test('images: by type, architecture, name; deprecated ones only when asked', () => {
    const images = (query: string): { name: string }[] => world.get(`/images?per_page=50&${query}`).body.images
    expect(images('name=ubuntu-24.04')).toHaveLength(2)
    expect(images('name=ubuntu-24.04&architecture=arm')).toHaveLength(1)
    expect(images('type=app').map(({ name }) => name)).toContain('docker-ce')
    expect(images('name=debian-11')).toHaveLength(0)
    expect(images('name=debian-11&include_deprecated=true')).toHaveLength(2)
  })
})

test('ten thousand servers are listed in 200 quick pages', () => {
  const big = createTestWorld()
  big.control('POST', '/seed', { project: 'test', servers: 10_000 })
  const ids = new Set<number>()
  for (let page: number | null = 1; page !== null;) {
    const { body } = big.get(`/servers?page=${page}&per_page=50&sort=id:asc`)
    for (const server of body.servers) ids.add(server.id)
    page = body.meta.pagination.next_page
  }
  expect(ids.size).toBe(10_000)
  expect(big.control('GET', '/counters').body.counters).toContainEqual({
    project: 1,
    method: 'GET',
    route: '/servers',
    count: 200,
  })
})

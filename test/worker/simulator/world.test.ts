import { expect, test } from 'vitest'
import { SimulatorCore } from '../../../worker/simulator/core/simulator.ts'
import { createMemoryStore } from '../../../worker/simulator/core/store.ts'
import { call, createTestWorld, speak } from './client.ts'

test('the company: two projects, thirty servers, four locations, three kinds of token', () => {
  const simulator = new SimulatorCore()
  const { projects } = call(simulator, 'GET', '/control/projects').body
  expect(projects.map(({ name, servers }: { name: string; servers: number }) => [name, servers])).toEqual([
    ['shop', 20],
    ['internal', 10],
  ])
  const tokens = projects[0].tokens as { access: string; revoked: boolean }[]
  expect(tokens.map(({ access, revoked }) => [access, revoked])).toEqual([
    ['read_write', false],
    ['read', false],
    ['read_write', true],
  ])
  const servers = projects.flatMap(
    (project: { token: string }) => speak(simulator, project.token).get('/servers').body.servers,
  )
  const values = (pick: (server: any) => string): Set<string> => new Set(servers.map(pick)) // oxlint-disable-line typescript/no-explicit-any
  expect(values((server) => server.location.name).size).toBe(4)
  expect(values((server) => server.status)).toEqual(new Set(['running', 'off']))
  expect(values((server) => server.server_type.name)).toContain('cx22')
  expect(
    servers.every((server: { labels: object }) => Object.keys(server.labels).join() === 'env,team,role,service'),
  ).toBe(true)
  expect(servers.some((server: { protection: { delete: boolean } }) => server.protection.delete)).toBe(true)
  expect(servers.some((server: { backup_window: string | null }) => server.backup_window)).toBe(true)
})

test('a retired type is not offered, but the server that has it still shows its price', () => {
  const simulator = new SimulatorCore()
  const { token } = call(simulator, 'GET', '/control/projects').body.projects[0]
  const { get } = speak(simulator, token as string)
  expect(get('/server_types?name=cx22').body.server_types).toEqual([])
  const [mail] = get('/servers?name=mail-1').body.servers
  expect(mail.server_type).toMatchObject({ name: 'cx22', deprecated: true })
  expect(mail.server_type.prices[0].price_monthly.net).toBe('4.4900000000')
})

test('prices: the hourly net is the monthly over 624, the gross adds the VAT', () => {
  const world = createTestWorld()
  const { pricing } = world.get('/pricing').body
  const cx23 = pricing.server_types.find(({ name }: { name: string }) => name === 'cx23')
  expect(cx23.prices[0]).toMatchObject({
    location: 'fsn1',
    price_hourly: { net: '0.0088000000', gross: '0.0104720000000000' },
    price_monthly: { net: '5.4900000000', gross: '6.5331000000000000' },
    included_traffic: 21_990_232_555_520,
  })
  expect(pricing).toMatchObject({ currency: 'EUR', vat_rate: '19.00', server_backup: { percentage: '20.00' } })
})

test('a restart in the middle of an action changes nothing', () => {
  const store = createMemoryStore()
  const before = createTestWorld({ store })
  const id = before.server('s')
  const { action } = before.post(`/servers/${id}/actions/reboot`).body
  const simulator = new SimulatorCore({ store })
  const after = speak(simulator, before.token)
  expect(after.get(`/actions/${action.id}`).body.action.status).toBe('running')
  expect(after.post(`/servers/${id}/actions/poweroff`).status).toBe(423)
  after.advance(10)
  expect(after.get(`/actions/${action.id}`).body.action.status).toBe('success')
  expect(after.get(`/servers/${id}`).body.server).toMatchObject({ status: 'running', locked: false })
  expect(call(simulator, 'GET', '/control/writes?path=reboot').body.writes).toHaveLength(1)
  expect(after.server('next')).toBeGreaterThan(id)
})

test('a refused request writes nothing but its own record', () => {
  let rows: string[] = []
  const memory = createMemoryStore()
  const world = createTestWorld({
    store: {
      ...memory,
      write: (puts, deletes) => (rows = puts.map(({ kind }) => kind)) && memory.write(puts, deletes),
    },
  })
  const id = world.server('s')
  world.get('/servers')
  rows = []
  world.get('/servers')
  world.get(`/servers/${id}`)
  expect(rows).toEqual([])
  world.post(`/servers/${id}/actions/change_type`, { server_type: 'cpx32', upgrade_disk: true })
  expect(new Set(rows)).toEqual(new Set(['writes', 'meta']))
})

test('a reset starts over with new tokens; a big fleet is seeded at once', () => {
  const simulator = new SimulatorCore()
  const first = call(simulator, 'GET', '/control/projects').body.projects[0].token
  const again = call(simulator, 'POST', '/control/reset').body.projects[0].token
  expect(again).not.toBe(first)
  expect(speak(simulator, first as string).get('/servers').status).toBe(401)
  call(simulator, 'POST', '/control/seed', { project: 'shop', servers: 1_000 })
  expect(speak(simulator, again as string).get('/servers').body.meta.pagination.total_entries).toBe(1_020)
})

test('unknown controls and methods are refused', () => {
  const { control } = createTestWorld()
  expect(control('GET', '/nonsense').status).toBe(404)
  expect(control('DELETE', '/time').status).toBe(405)
  expect(control('PUT', '/time', { scale: -1 }).status).toBe(422)
  expect(control('POST', '/seed', { project: 'nobody', servers: 1 }).status).toBe(404)
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiOwner } from '../e2e/support/api-owner.ts'
import { startProduct, type Product } from '../e2e/support/product.ts'

interface Server {
  id: string
  name: string
}
interface Operation {
  id: string
  serverId: string
  status: string
  errorCode: string | null
}
interface AuditEntry {
  operationId: string
  phase: string
}
interface Write {
  path: string
  performed: boolean
}

const kills = 20
/** Long enough after the last kill for everything to have found its end: nothing under way takes longer than 60 s. */
const settledWithinMs = 120_000

let product: Product
let owner: ApiOwner
let servers: Server[]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const performed = async () =>
  (await product.control<{ writes: Write[] }>('GET', '/writes?performed=true&path=%2Factions%2Freboot')).writes
const openOperations = () => owner.list<Operation>('/operations?open=true')

/** Resolves once no operation is open any more. */
async function settle(withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if ((await openOperations()).length === 0) return
    await pause(1_000)
  }
  throw new Error(`still open: ${JSON.stringify(await openOperations())}`)
}

beforeAll(async () => {
  product = await startProduct()
  owner = new ApiOwner(product)
  await owner.claim()
  for (const { name, token } of product.projects) {
    const { id } = await owner.call<{ id: string }>('POST', '/accounts', { provider: 'hetzner', name, token })
    await owner.call('POST', `/accounts/${id}/sync`)
  }
  servers = (await owner.list<Server>('/servers?status=running&limit=100')).slice(0, kills)
  expect(servers.length).toBe(kills)
}, 120_000)

afterAll(() => product?.stop(), 30_000)

describe('workerd killed hard in the middle of a power action, 20 times in a row', () => {
  const answered = new Map<string, number>()

  test('starts again each time', async () => {
    // The provider acts at once and answers late, so that the kills fall before, while and after it acts.
    await product.control('POST', '/faults', {
      kind: 'latency',
      ms: 250,
      method: 'POST',
      path: '/actions/',
      times: null,
    })
    for (const [index, server] of servers.entries()) {
      const request = owner.send('POST', `/servers/${server.id}/actions`, { action: 'reboot' }).then(
        (response) => void answered.set(server.id, response.status),
        () => undefined,
      )
      await pause(index * 22)
      await product.kill9()
      await request
      await product.restart()
    }
    await product.control('DELETE', '/faults')
  }, 400_000)

  test(
    'leaves no operation without an end',
    async () => {
      await settle(settledWithinMs)
      const operations = await owner.list<Operation>('/operations?limit=200')
      for (const operation of operations) expect(['succeeded', 'failed', 'unknown']).toContain(operation.status)
    },
    settledWithinMs + 10_000,
  )

  test('loses no row of the record: whatever began has its end there', async () => {
    const operations = await owner.list<Operation>('/operations?limit=200')
    for (const { id, status } of operations) {
      const { items } = await owner.call<{ items: AuditEntry[] }>('GET', `/audit/operations/${id}`)
      const phases = items.map((row) => row.phase)
      expect(phases[0]).toBe('started')
      expect(phases.filter((phase) => phase === 'started')).toHaveLength(1)
      expect(phases.filter((phase) => phase === status)).toHaveLength(1)
      expect(phases.at(-1)).toBe(status)
    }
    const recorded = await owner.list<AuditEntry>('/audit?action=server.reboot&limit=200')
    const ids = new Set(operations.map((operation) => operation.id))
    for (const row of recorded) expect(ids).toContain(row.operationId)
    for (const [serverId, status] of answered) {
      if (status === 202) expect(operations.some((operation) => operation.serverId === serverId)).toBe(true)
    }
  })

  test('repeats nothing at the provider, and the record tells what was done there', async () => {
    const writes = await performed()
    const paths = writes.map((write) => write.path)
    expect(new Set(paths).size).toBe(paths.length)
    const operations = await owner.list<Operation>('/operations?limit=200')
    const done = operations.filter((operation) => operation.status === 'succeeded')
    expect(done).toHaveLength(writes.length)
    for (const operation of operations.filter((each) => each.status === 'failed')) {
      expect(operation.errorCode).toBe('not_carried_out')
    }
    // The kills met every part of the way: some before the provider acted, some after.
    expect(writes.length).toBeGreaterThan(0)
    expect(writes.length).toBeLessThanOrEqual(kills)
  })

  test('leaves no lock: the next action on each server works', async () => {
    for (const server of servers) {
      const operation = await owner.call<Operation>('POST', `/servers/${server.id}/actions`, { action: 'reboot' })
      expect(operation.status).toBe('running')
    }
    await settle(60_000)
    const operations = await owner.list<Operation>('/operations?limit=200')
    for (const server of servers) {
      expect(operations.find((operation) => operation.serverId === server.id)?.status).toBe('succeeded')
    }
  }, 90_000)
})

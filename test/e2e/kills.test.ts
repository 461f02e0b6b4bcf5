import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './support/api.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { setUpOwner } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf } from './support/words.ts'

const KILLS = 20

interface Server {
  id: string
  name: string
  status: string
}
interface AuditRow {
  operationId: string
  phase: string
  target: { id: string }
}
interface Write {
  method: string
  path: string
  performed: boolean
}

let browser: Awaited<ReturnType<typeof openBrowser>>
let device: Device
let product: Product

beforeAll(async () => {
  product = await startProduct({ port: 8850, fleet: 30, timeScale: 0.1 })
  browser = await openBrowser()
  device = await browser.newDesktop()
  await setUpOwner(device, product, wordsOf('en'))
  // Only the API is used from here on: no page shall ask while nothing runs.
  await device.page.goto('about:blank')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** The simulator's own ids, by name. */
async function idsAtProvider(): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (let page = 1, more = true; more; page++) {
    const response = await fetch(`${product.origin}/simulator/v1/servers?per_page=50&page=${page}`, {
      headers: { authorization: `Bearer ${product.tokens[0]}` },
    })
    const { servers } = (await response.json()) as { servers: { id: number; name: string }[] }
    for (const { id, name } of servers) ids.set(name, id)
    more = servers.length === 50
  }
  return ids
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test(
  `workerd killed in the middle of an action, ${KILLS} times in a row: no row lost, nothing done twice, no lock left`,
  { timeout: 400_000 },
  async () => {
    const api = apiOf(device, product)
    const servers = (await api.all<Server>('/servers?limit=200')).filter(({ status }) => status === 'running')
    const victims = servers.slice(0, KILLS)
    expect(victims).toHaveLength(KILLS)

    const ids = await idsAtProvider()

    const answered: string[] = []
    for (const [at, server] of victims.entries()) {
      const sent = api
        .call<{ id: string }>('POST', `/servers/${server.id}/actions`, { action: 'reboot' })
        .then((answer) => (answer.status === 202 ? answered.push(answer.body.id) : 0))
        .catch(() => 0)
      // From before the first row is written to well after the provider has answered.
      await sleep(at * 8)
      await product.kill9()
      await sent
      await product.start()
    }

    await expect
      .poll(async () => (await api.all<unknown>('/operations?open=true')).length, { timeout: 180_000, interval: 2000 })
      .toBe(0)

    const rows = await api.all<AuditRow>('/audit?view=rows&action=server.reboot&limit=200')
    const operations = Map.groupBy(rows, (row) => row.operationId)
    const { writes } = await product.control<{ writes: Write[] }>('GET', '/writes?method=POST&path=actions/reboot')

    // Every operation has its beginning and exactly one end.
    for (const [id, own] of operations) {
      const count = (...phases: string[]) => own.filter((row) => phases.includes(row.phase)).length
      expect(count('started'), `${id} began once`).toBe(1)
      expect(count('accepted'), `${id} was accepted at most once`).toBeLessThanOrEqual(1)
      expect(count('succeeded', 'failed', 'unknown'), `${id} ended once`).toBe(1)
    }
    // Whoever got an answer finds it on the record.
    for (const id of answered) expect(operations.has(id), `${id} is on the record`).toBe(true)
    // Nothing happened at the provider without a row here, and nothing twice.
    for (const server of victims) {
      const done = writes.filter(
        ({ path, performed }) => performed && path.includes(`/${ids.get(server.name)}/`),
      ).length
      const recorded = [...operations.values()].filter(([row]) => row?.target.id === server.id)
      expect(recorded.length, `${server.name} is on the record at most once`).toBeLessThanOrEqual(1)
      expect(done, `${server.name} was rebooted at most once`).toBeLessThanOrEqual(recorded.length)
      const succeeded = recorded.flat().some((row) => row.phase === 'succeeded')
      if (succeeded) expect(done, `${server.name} succeeded because it was done`).toBe(1)
    }
    // The kills met actions on their way, not only ones that never began.
    expect(operations.size).toBeGreaterThan(KILLS / 4)
    expect(answered.length).toBeLessThan(KILLS)

    // No lock is left: every server takes its next action.
    const { body } = await api.call<{ items: { ok: boolean; error?: unknown }[] }>('POST', '/servers/actions', {
      action: 'reboot',
      serverIds: victims.map(({ id }) => id),
      confirm: String(KILLS),
    })
    expect(body.items.filter(({ ok }) => !ok)).toEqual([])
  },
)

import { otherKinds } from '../../worker/provider/provider.ts'
import type { BenchProduct } from './lib/bench-product.ts'
import type { Counts } from './lib/counted-db.ts'
import { row, type Section } from './lib/report.ts'

/** Cloudflare's free plan, a day (Workers requests, D1 rows, Durable Object requests). */
const plan = { requests: 100_000, rowsRead: 5_000_000, rowsWritten: 100_000, objectRequests: 100_000 }

/** One normal day: 100 servers, a minute's sync, a look at everything else every five, five people. */
const day = { ticks: 1_440, looks: 288, people: 5, pagesEach: 60, actions: 40 }
/** Requests the dashboard makes for one page, and Durable Object calls for each of them (the rate limit). */
const requestsAPage = 4
/** The provider's limit, for each of the lists. */
const objectCallsALook = 2 * otherKinds.length
/** Lock, follow, alarms, budget and events of one action. */
const objectCallsAnAction = 12

/** The sum for the free plan, from metered rows and queries, not from belief. */
export async function benchFreePlan(product: BenchProduct): Promise<Section> {
  await product.control('POST', '/reset', { seed: 'empty' })
  const { project } = await product.control<{ project: { token: string } }>('POST', '/projects', { name: 'day' })
  await product.control('POST', '/seed', { project: 'day', servers: 100 })
  const { body: account } = await product.api<{ id: string }>('POST', '/accounts', {
    provider: 'hetzner',
    name: 'day',
    token: project.token,
  })
  await product.api('POST', `/accounts/${account.id}/sync`)
  await product.runtime.execute(['UPDATE accounts SET next_sync_at = 0'])
  const tick = await meter(product, `/api/bench/cron?cron=${encodeURIComponent('* * * * *')}`)
  const look = await meter(product, `/api/bench/cron?cron=${encodeURIComponent('*/5 * * * *')}`)
  const page = await meter(product, '/api/v1/servers?limit=50')
  const rowsRead =
    day.ticks * tick.rowsRead + day.looks * look.rowsRead + day.people * day.pagesEach * requestsAPage * page.rowsRead
  const rowsWritten = day.ticks * tick.rowsWritten + day.looks * look.rowsWritten + day.actions * 40
  const requests = day.ticks + day.looks + day.people * day.pagesEach * requestsAPage + day.actions * 3
  const objects =
    day.ticks * 3 +
    day.looks * objectCallsALook +
    day.people * day.pagesEach * requestsAPage +
    day.actions * objectCallsAnAction
  const line = (name: string, value: number, limit: number) =>
    row(name, value.toLocaleString('en'), limit.toLocaleString('en'), `${((100 * value) / limit).toFixed(0)} %`)
  const lines = [
    line('Worker requests', requests, plan.requests),
    line('D1 rows read', rowsRead, plan.rowsRead),
    line('D1 rows written', rowsWritten, plan.rowsWritten),
    line('Durable Object requests', objects, plan.objectRequests),
  ]
  const fits =
    requests <= plan.requests &&
    rowsRead <= plan.rowsRead &&
    rowsWritten <= plan.rowsWritten &&
    objects <= plan.objectRequests
  return {
    title: 'Inside the free plan',
    text:
      `A day of 100 servers read every minute, ${day.people} people who open ${day.pagesEach} pages each, ${day.actions} power actions. Metered here: ` +
      `one minute's jobs send ${tick.queries} queries, read ${tick.rowsRead} rows and write ${tick.rowsWritten}; one page of the server list sends ` +
      `${page.queries}, reads ${page.rowsRead} and writes ${page.rowsWritten}; one look around sends ${look.queries}, reads ` +
      `${look.rowsRead} and writes ${look.rowsWritten}.`,
    head: ['a day', 'used', 'free plan', 'share'],
    rows: lines,
    budgets: [
      { name: 'a normal fleet fits the free plan', value: fits ? 'fits' : 'does not fit', held: fits },
      {
        name: '≤ 50 queries an invocation',
        value: String(Math.max(tick.queries, look.queries, page.queries)),
        held: Math.max(tick.queries, look.queries, page.queries) <= 50,
      },
    ],
  }
}

async function meter(product: BenchProduct, path: string): Promise<Counts> {
  const response = await fetch(`${product.origin}${path}`, { headers: { ...product.headers, 'x-bench-count': '1' } })
  await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return JSON.parse(response.headers.get('x-bench-count') ?? '{}') as Counts
}

import type { BenchProduct } from './lib/bench-product.ts'
import { connectProject } from './lib/connect-project.ts'
import { send } from './lib/measure.ts'
import { row, type Budget, type Section } from './lib/report.ts'
import type { Counts } from './lib/counted-db.ts'

interface Report {
  result: string
  changed: number
  servers: number
  requests: number
}

/** Syncs and lists at two sizes of fleet, each in a project of its own. */
export async function benchFleet(product: BenchProduct): Promise<Section[]> {
  const syncs: string[][] = []
  const lists: string[][] = []
  const budgets: Budget[] = []
  for (const size of [1_000, 10_000]) {
    const { accountId } = await connectProject(product, `bench-${size}`, size)
    const pass = async (name: string) => {
      const started = performance.now()
      const { body, headers } = await product.api<Report>('POST', `/accounts/${accountId}/sync`, undefined, {
        'x-bench-count': '1',
      })
      const counts = JSON.parse(headers.get('x-bench-count') ?? '{}') as Counts
      syncs.push(
        row(
          `${size.toLocaleString('en')}: ${name}`,
          `${(performance.now() - started).toFixed(0)} ms`,
          String(body.changed),
          String(counts.rowsWritten),
          String(counts.queries),
          String(body.requests),
        ),
      )
      return { ...body, ...counts }
    }
    await pass('first')
    const idle = await pass('nothing changed')
    const { body: ten } = await product.api<{ items: { name: string }[] }>(
      'GET',
      `/servers?accountId=${accountId}&limit=10`,
    )
    for (const { name } of ten.items) {
      await product.control('PUT', `/projects/bench-${size}/servers/${name}`, { labels: { touched: 'yes' } })
    }
    const some = await pass('10 changed')
    budgets.push(
      {
        name: `${size}: nothing changed, no server is written`,
        value: `${idle.changed} changed`,
        held: idle.changed === 0,
      },
      { name: `${size}: 10 changed, 10 are written`, value: `${some.changed} changed`, held: some.changed === 10 },
      {
        name: `${size}: provider requests = pages`,
        value: `${idle.requests} for ${Math.ceil(size / 50)} pages`,
        held: idle.requests <= Math.ceil(size / 50) + 1,
      },
    )
    lists.push(...(await benchLists(product, size, accountId, budgets)))
  }
  return [
    {
      title: 'Sync',
      text: 'One pass over the simulated provider, metered at D1: rows written include index entries, the pass’s own bookkeeping and its audit rows.',
      head: ['fleet', 'pass', 'servers changed', 'rows written', 'queries', 'provider requests'],
      rows: syncs,
      budgets: budgets.filter((each) => !each.name.includes('list')),
    },
    {
      title: 'Lists',
      text: 'One page of 50 over HTTP, median of 20, nothing cached.',
      head: ['fleet', 'median', 'slowest', 'size'],
      rows: lists,
      budgets: budgets.filter((each) => each.name.includes('list')),
    },
  ]
}

async function benchLists(
  product: BenchProduct,
  size: number,
  accountId: string,
  budgets: Budget[],
): Promise<string[][]> {
  const cursor = await deepCursor(product, accountId)
  const cases: Record<string, string> = {
    'first page': '',
    'a page in the middle': `&cursor=${encodeURIComponent(cursor)}`,
    'by status': '&status=off',
    'search in names': '&q=99',
    'by price, descending': '&sort=-monthly',
    'deserves a look': '&attention=true',
  }
  const rows: string[][] = []
  for (const [name, query] of Object.entries(cases)) {
    const times: number[] = []
    let bytes = 0
    for (let i = 0; i < 21; i++) {
      const started = performance.now()
      const answer = await send(product.port, {
        path: `/api/v1/servers?accountId=${accountId}&limit=50${query}`,
        headers: product.headers,
      })
      if (answer.status !== 200) throw new Error(`list answered ${answer.status}`)
      if (i > 0) times.push(performance.now() - started)
      bytes = answer.bytes
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    times.sort((a, b) => a - b)
    const [median = 0, slowest = 0] = [times[10], times.at(-1)]
    rows.push(
      row(
        `${size.toLocaleString('en')}: ${name}`,
        `${median.toFixed(0)} ms`,
        `${slowest.toFixed(0)} ms`,
        `${(bytes / 1_024).toFixed(0)} KiB`,
      ),
    )
    if (size === 1_000)
      budgets.push({ name: `list at 1,000, ${name}: < 100 ms`, value: `${median.toFixed(0)} ms`, held: median < 100 })
  }
  return rows
}

async function deepCursor(product: BenchProduct, accountId: string): Promise<string> {
  let cursor = ''
  for (let i = 0; i < 2; i++) {
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const { body } = await product.api<{ nextCursor: string }>(
      'GET',
      `/servers?accountId=${accountId}&limit=200${more}`,
    )
    cursor = body.nextCursor
  }
  return cursor
}

import type { BenchProduct } from './lib/bench-product.ts'
import { connectProject } from './lib/connect-project.ts'
import { compare, send, type Target } from './lib/measure.ts'
import { ratio, row, type Section } from './lib/report.ts'

const fleet = 1_000
const pageSize = 50
const pages = fleet / pageSize
/** What a provider's answer takes on its way, ms: without it the simulator in the same process answers at once. */
const wayMs = 50
const tools = 20

interface Bench {
  product: BenchProduct
  project: string
  direct: (path: string) => Pick<Target, 'path' | 'headers'>
  /** With one key, as a tool has one: it may make 600 requests at once. */
  asTool: (path: string) => Pick<Target, 'path' | 'headers'>
  /** Each time with another key, for more requests than that. */
  through: (path: string) => Pick<Target, 'path' | 'headers'>
}

/** The gateway against the simulator asked directly: the mirror, a forwarded call, and many tools at once. */
export async function benchGateway(product: BenchProduct): Promise<Section> {
  const bench = await prepare(product)
  const lists = await compareLists(bench)
  const calls = await compareCalls(bench)
  const polls = await countPolls(bench)
  const ms = (value: number) => `${value.toFixed(1)} ms`
  return {
    title: 'Gateway',
    text:
      `A project of ${fleet} servers, asked directly at the simulator and through the gateway with a key. The list is all ` +
      `${pages} pages, one after the other, as hcloud reads them, from the mirror; calls go past the mirror. “On its way”: the ` +
      `simulator, which is in the same process, answers ${wayMs} ms later.`,
    head: ['what', 'directly', 'through the gateway', 'ratio'],
    rows: [
      row(`list of ${fleet} servers`, ms(lists.direct), ms(lists.through), ratio(lists.through / lists.direct)),
      row(
        `list of ${fleet} servers, on its way`,
        ms(lists.directFar),
        ms(lists.throughFar),
        ratio(lists.throughFar / lists.directFar),
      ),
      row('one server', ms(calls.direct), ms(calls.through), ratio(calls.through / calls.direct)),
      row(
        'one server, on its way',
        ms(calls.directFar),
        ms(calls.throughFar),
        ratio(calls.throughFar / calls.directFar),
      ),
      row('CPU of one server', ms(calls.cpuDirect), ms(calls.cpuThrough), ratio(calls.cpuThrough / calls.cpuDirect)),
      row(
        `${tools} tools that poll one action`,
        `${polls.asked} calls`,
        `${polls.sent} calls`,
        ratio(polls.sent / polls.asked),
      ),
    ],
    budgets: [
      atMost('a list from the mirror is at least as fast', lists.through / lists.direct, 1),
      atMost('the same, on its way', lists.throughFar / lists.directFar, 1),
      atMost('a forwarded call ≤ 1.3 × a direct one', calls.through / calls.direct, 1.3),
      atMost('the same, on its way', calls.throughFar / calls.directFar, 1.3),
      {
        name: `${tools} tools at once cost no more calls than one`,
        value: `${polls.sent} for ${polls.asked}, one alone ${polls.alone}`,
        held: polls.sent <= polls.alone + 2,
      },
    ],
  }
}

const atMost = (name: string, measured: number, most: number) => ({
  name,
  value: ratio(measured),
  held: measured <= most,
})

async function prepare(product: BenchProduct): Promise<Bench> {
  const project = 'gateway'
  const { accountId, token } = await connectProject(product, project, fleet)
  const secrets: string[] = []
  for (let i = 0; i <= tools; i++) {
    const input = { name: `tool ${i}`, permissions: await permissionsOf(product), accountId }
    secrets.push((await product.api<{ secret: string }>('POST', '/me/api-keys', input)).body.secret)
  }
  const [one, ...others] = secrets
  let next = 0
  const to = (base: string, secret: string | undefined) => (path: string) => ({
    path: `${base}${path}`,
    headers: { authorization: `Bearer ${secret}` },
  })
  return {
    product,
    project,
    direct: to('/simulator/v1', token),
    asTool: to('/hetzner/v1', one),
    through: (path) => to('/hetzner/v1', others[next++ % others.length])(path),
  }
}

async function permissionsOf(product: BenchProduct): Promise<string[]> {
  const { body } = await product.api<{ permissions: string[] }>('GET', '/me')
  return body.permissions.filter((name) => name !== 'api-keys:use')
}

/** The provider's answers take their time from here on, or at once again. */
async function setWay(product: BenchProduct, ms: number): Promise<void> {
  await product.control('DELETE', '/faults')
  if (ms > 0) await product.control('POST', '/faults', { kind: 'latency', path: '.*', ms, times: null })
}

async function compareLists({ product, direct, asTool }: Bench) {
  const all = async (to: Bench['direct']) => {
    const started = performance.now()
    for (let page = 1; page <= pages; page++) {
      const { status } = await send(product.port, to(`/servers?page=${page}&per_page=${pageSize}`))
      if (status !== 200) throw new Error(`page ${page} answered ${status}`)
    }
    return performance.now() - started
  }
  const near = await alternately(
    7,
    () => all(direct),
    () => all(asTool),
  )
  await setWay(product, wayMs)
  const far = await alternately(
    3,
    () => all(direct),
    () => all(asTool),
  )
  await setWay(product, 0)
  return { direct: near[0], through: near[1], directFar: far[0], throughFar: far[1] }
}

async function compareCalls({ product, direct, through }: Bench) {
  const { servers } = await ask<{ servers: { id: number }[] }>(product, direct('/servers?per_page=1'))
  const path = `/servers/${servers[0]?.id}`
  const past = (target: Pick<Target, 'path' | 'headers'>) => ({
    ...target,
    headers: { ...target.headers, 'cache-control': 'no-cache' },
    expect: 200,
    count: 60,
  })
  const rounds = () =>
    compare(
      product.port,
      product.pid,
      { direct: past(direct(path)), through: past(through(path)) },
      { rounds: 6, parallel: 1 },
    )
  const near = await rounds()
  await setWay(product, wayMs)
  const far = await rounds()
  await setWay(product, 0)
  return {
    direct: near.direct.p50,
    through: near.through.p50,
    cpuDirect: near.direct.cpu,
    cpuThrough: near.through.cpu,
    directFar: far.direct.p50,
    throughFar: far.through.p50,
  }
}

/** Every tool asks twice a second, as hcloud does, while the action runs. */
async function countPolls({ product, project, direct, through }: Bench) {
  const { servers } = await ask<{ servers: { id: number }[] }>(product, direct('/servers?per_page=1'))
  await product.control('PUT', '/time', { scale: 1_000 })
  const reboot = await fetch(`${product.origin}/hetzner/v1/servers/${servers[0]?.id}/actions/reboot`, {
    method: 'POST',
    headers: through('').headers ?? {},
  })
  const { action } = (await reboot.json()) as { action: { id: number } }
  const poll = async () => {
    for (let i = 0; i < 10; i++) {
      await ask(product, through(`/actions/${action.id}`))
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  const counted = async (work: () => Promise<unknown>) => {
    const before = await countOf(product, project)
    await work()
    return (await countOf(product, project)) - before
  }
  const alone = await counted(poll)
  const sent = await counted(() => Promise.all(Array.from({ length: tools }, poll)))
  await product.control('PUT', '/time', { scale: 1 })
  return { alone, sent, asked: tools * 10 }
}

async function countOf(product: BenchProduct, project: string): Promise<number> {
  const { counters } = await product.control<{ counters: { route: string; count: number }[] }>(
    'GET',
    `/counters?project=${project}&method=GET`,
  )
  return counters.filter(({ route }) => /\/actions\b/.test(route)).reduce((sum, { count }) => sum + count, 0)
}

async function ask<T>(product: BenchProduct, { path, headers }: Pick<Target, 'path' | 'headers'>): Promise<T> {
  const response = await fetch(`${product.origin}${path}`, { headers: headers ?? {} })
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Medians of as many rounds of each, after one of each to warm up. */
async function alternately(rounds: number, one: () => Promise<number>, other: () => Promise<number>) {
  const times: [number[], number[]] = [[], []]
  for (let i = 0; i <= rounds; i++) {
    const pair = [await one(), await other()] as const
    if (i > 0) for (const side of [0, 1] as const) times[side].push(pair[side])
  }
  return times.map((list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0) as [number, number]
}

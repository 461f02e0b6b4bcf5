import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../../worker/context.ts'
import { createDb } from '../../../worker/db/index.ts'
import { listProviderLog, recordProviderFailure } from '../../../worker/features/provider-log/index.ts'
import { newId } from '../../../worker/kernel/id.ts'
import type { Priority, ProviderErrorKind } from '../../../worker/provider/provider.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { failureOf, providerHarness, silentLog } from '../../support/provider-harness.ts'

const origin = 'http://simulator.internal'
const db = createDb(env.DB, null)
const network = simulatorFetch(env)
const ctx = { db, log: silentLog, actor: { kind: 'system', name: 'cron' } } as unknown as Ctx

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await network(`${origin}/control${path}`, { method, body: body ? JSON.stringify(body) : null })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json<T>()
}

interface Project {
  id: number
  tokens: { token: string }[]
}

/** A project of its own with servers, and a provider that speaks to it and records into the database. */
async function setUp({ servers = 3, access = 'read_write', priority = 'person' as Priority } = {}) {
  const name = newId('acc')
  const { project } = await control<{ project: Project }>('POST', '/projects', { name })
  if (servers > 0) await control('POST', '/seed', { project: project.id, servers })
  const { token } = await control<{ token: { id: number; token: string } }>('POST', `/projects/${project.id}/tokens`, {
    access,
  })
  const accountId = newId('acc')
  const harness = providerHarness({
    fetch: network,
    baseUrl: `${origin}/v1`,
    accountId,
    priority,
    token: token.token,
    timeouts: { readMs: 150, writeMs: 150 },
    record: (failure) => recordProviderFailure({ db, log: silentLog }, failure),
  })
  return {
    ...harness,
    project,
    token,
    addFault: (kind: string, options: object = {}) =>
      control('POST', '/faults', { kind, project: project.id, times: null, ...options }),
    limit: (limits: object) => control('PUT', `/projects/${project.id}/limits`, limits),
    /** What stands in the provider log, oldest first. */
    logged: async () => (await listProviderLog(ctx, { accountId })).items.toReversed(),
    firstServer: async () => (await harness.provider.listServers(1)).servers[0]?.providerId ?? 'none',
  }
}

beforeEach(async () => {
  await control('DELETE', '/faults')
})

describe('the provider, undisturbed', () => {
  it('pages through a fleet and reads every server whole', async () => {
    const { provider, logged } = await setUp({ servers: 120 })
    const first = await provider.listServers(1)
    expect(first).toMatchObject({ page: 1, lastPage: 3, total: 120, skipped: 0 })
    const rest = await Promise.all([2, 3].map((page) => provider.listServers(page)))
    const all = [first, ...rest].flatMap((page) => page.servers)
    expect(new Set(all.map(({ providerId }) => providerId)).size).toBe(120)
    for (const server of all) {
      expect(server).toMatchObject({ country: expect.stringMatching(/^[A-Z]{2}$/), monthlyNet: expect.any(String) })
      expect(server.status).not.toBe('unknown')
      expect(server.memoryMb).toBeGreaterThan(0)
      expect(server.createdAt).toBeGreaterThan(0)
    }
    expect(await logged()).toEqual([])
  })

  it('carries out a power action and follows it to its end', async () => {
    const { provider, firstServer } = await setUp()
    const id = await firstServer()
    const started = await provider.power(id, 'reboot')
    expect(started).toMatchObject({ power: 'reboot', serverIds: [id] })
    await control('POST', '/time/advance', { seconds: 120 })
    expect(await provider.getActions([started.providerActionId, '999999999'])).toMatchObject([
      { providerActionId: started.providerActionId, status: 'succeeded', progress: 100, error: null },
    ])
    expect((await provider.listServerActions(id, 5))[0]?.providerActionId).toBe(started.providerActionId)
    expect((await provider.listRecentActions('server', 5))[0]?.providerActionId).toBe(started.providerActionId)
    expect((await provider.getServer(id)).status).toBe('running')
  })

  it('gives metrics in our names and prices as plain decimals', async () => {
    const { provider, firstServer } = await setUp()
    const end = Date.now()
    const metrics = await provider.getMetrics(await firstServer(), ['cpu', 'disk', 'network'], end - 3_600_000, end)
    expect(metrics.series.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cpu', 'disk.read_ops', 'network.in_bytes', 'network.out_packets']),
    )
    const prices = await provider.getPrices()
    expect(prices.serverTypes.length).toBeGreaterThan(10)
    for (const { hourlyNet, monthlyNet } of [...prices.serverTypes, ...prices.ipv4]) {
      expect(`${hourlyNet} ${monthlyNet}`).toMatch(/^\d+(\.\d*[1-9])? \d+(\.\d*[1-9])?$/)
    }
  })
})

describe('a token', () => {
  it('that is good passes, and its access is found out without a trace', async () => {
    const writer = await setUp()
    await writer.provider.checkToken()
    expect(await writer.provider.probeAccess()).toBe('read_write')
    expect(await writer.logged()).toEqual([])
    const reader = await setUp({ access: 'read' })
    await reader.provider.checkToken()
    expect(await reader.provider.probeAccess()).toBe('read_only')
    expect(await reader.logged()).toEqual([])
  })

  it('that was revoked is rejected', async () => {
    const { provider, token, logged } = await setUp()
    await control('POST', `/tokens/${token.id}/revoke`)
    expect((await failureOf(provider.checkToken())).kind).toBe('token_rejected')
    expect(await logged()).toMatchObject([{ kind: 'token_rejected', status: 401, attempt: 1 }])
  })

  it('that may only read cannot change anything, and is not taken for a dead one', async () => {
    const { provider, firstServer, logged } = await setUp({ access: 'read' })
    const error = await failureOf(provider.power(await firstServer(), 'start'))
    expect(error).toMatchObject({ kind: 'token_read_only', facts: { maybeSent: false } })
    expect(await logged()).toMatchObject([{ kind: 'token_read_only' }])
  })
})

describe('a read that meets', () => {
  const table: [string, object, ProviderErrorKind, number][] = [
    ['a 401', { status: 401 }, 'token_rejected', 1],
    ['a 403', { status: 403 }, 'forbidden', 1],
    ['a 404', { status: 404 }, 'not_found', 1],
    ['a 409', { status: 409 }, 'conflict', 3],
    ['a 423', { status: 423 }, 'locked', 1],
    ['a 429', { status: 429 }, 'rate_limited', 3],
    ['a 500', { status: 500 }, 'unavailable', 3],
    ['a 502 that is a web page', { status: 502, body: '<html>bad gateway</html>' }, 'unavailable', 3],
    ['a 503', { status: 503 }, 'unavailable', 3],
    ['a 504', { status: 504 }, 'unavailable', 3],
  ]
  it.each(table)('%s fails in our words, and every attempt is in the log', async (_, options, kind, attempts) => {
    const { provider, addFault, logged } = await setUp({ servers: 0 })
    await addFault('status', options)
    expect((await failureOf(provider.listServers(1))).kind).toBe(kind)
    expect((await logged()).map((entry) => [entry.kind, entry.attempt])).toEqual(
      Array.from({ length: attempts }, (__, i) => [kind, i + 1]),
    )
  })

  it.each([
    ['a maintenance', 'maintenance', {}, 'maintenance', 1],
    ['a cut connection', 'cut', {}, 'unreachable', 3],
    ['an answer lost on the way', 'lost_reply', {}, 'unreachable', 3],
    ['an answer that comes too late', 'latency', { ms: 400 }, 'timeout', 2],
    ['a body that is no JSON', 'malformed_body', {}, 'malformed', 1],
    ['a body cut in the middle', 'truncated_body', {}, 'malformed', 1],
    ['a body without what was asked for', 'malformed_body', { body: '{"ok":true}' }, 'malformed', 1],
  ] as const)('%s fails in our words, and every attempt is in the log', async (_, name, options, kind, attempts) => {
    const { provider, addFault, logged } = await setUp()
    await addFault(name, options)
    expect((await failureOf(provider.listServers(1))).kind).toBe(kind)
    expect((await logged()).map((entry) => entry.kind)).toEqual(Array.from({ length: attempts }, () => kind))
  })

  it('a passing trouble succeeds, and the trouble is in the log', async () => {
    const { provider, addFault, logged } = await setUp()
    await addFault('cut', { times: 1 })
    await addFault('status', { status: 503, times: 1 })
    expect((await provider.listServers(1)).servers).toHaveLength(3)
    expect((await logged()).length).toBeGreaterThan(0)
  })

  it('a status word nobody knows shows the server as unknown', async () => {
    const { provider, addFault } = await setUp()
    await addFault('unknown_status')
    const { servers, skipped } = await provider.listServers(1)
    expect(servers.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(skipped).toBe(0)
  })

  it('servers without a location keeps every one of them', async () => {
    const { provider, addFault } = await setUp()
    await addFault('missing_field', { field: 'location' })
    const { servers, skipped } = await provider.listServers(1)
    expect(servers.map(({ location, country }) => location + country)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(skipped).toBe(0)
  })

  it('servers without an id counts them as skipped and says so in the log', async () => {
    const { provider, addFault, logged } = await setUp()
    await addFault('missing_field', { field: 'id' })
    expect(await provider.listServers(1)).toMatchObject({ servers: [], skipped: 3, total: 3 })
    expect(await logged()).toMatchObject([{ kind: 'malformed', detail: 'page 1: 3 of 3 servers could not be read' }])
  })
})

const performed = async (project: Project) =>
  (await control<{ writes: unknown[] }>('GET', `/writes?project=${project.id}&performed=true`)).writes.length

describe('a write that meets', () => {
  it.each([
    { what: 'a refusal', fault: { kind: 'status', status: 422 }, kind: 'rejected', maybeSent: false, carriedOut: 0 },
    { what: 'a lock', fault: { kind: 'status', status: 423 }, kind: 'locked', maybeSent: false, carriedOut: 0 },
    {
      what: 'a closed door',
      fault: { kind: 'status', status: 503 },
      kind: 'unavailable',
      maybeSent: false,
      carriedOut: 0,
    },
    {
      what: 'an error behind the door',
      fault: { kind: 'status', status: 500 },
      kind: 'unavailable',
      maybeSent: true,
      carriedOut: 0,
    },
    {
      what: 'a gateway that lost it',
      fault: { kind: 'status', status: 502 },
      kind: 'unavailable',
      maybeSent: true,
      carriedOut: 0,
    },
    { what: 'a cut connection', fault: { kind: 'cut' }, kind: 'unreachable', maybeSent: true, carriedOut: 0 },
    { what: 'a lost answer', fault: { kind: 'lost_reply' }, kind: 'unreachable', maybeSent: true, carriedOut: 1 },
    {
      what: 'a wait before it was carried out',
      fault: { kind: 'cut', ms: 400 },
      kind: 'timeout',
      maybeSent: true,
      carriedOut: 0,
    },
    {
      what: 'a wait after it was carried out',
      fault: { kind: 'latency', ms: 400 },
      kind: 'timeout',
      maybeSent: true,
      carriedOut: 1,
    },
    {
      what: 'an answer cut in the middle',
      fault: { kind: 'truncated_body' },
      kind: 'malformed',
      maybeSent: true,
      carriedOut: 1,
    },
  ])('$what is sent once, and says whether it may have arrived', async ({ fault, kind, maybeSent, carriedOut }) => {
    const { provider, addFault, logged, project, firstServer } = await setUp()
    const id = await firstServer()
    const before = await performed(project)
    await addFault(fault.kind, { method: 'POST', ...fault })
    const error = await failureOf(provider.power(id, 'reset'))
    expect(error).toMatchObject({ kind, facts: { maybeSent, method: 'POST' } })
    expect(await logged()).toMatchObject([{ kind, method: 'POST', path: `/servers/${id}/actions/reset` }])
    expect((await performed(project)) - before).toBe(carriedOut)
  })

  it('a busy server is refused as locked, not repeated', async () => {
    const { provider, firstServer, logged } = await setUp()
    const id = await firstServer()
    await control('PUT', '/time', { frozen: true })
    try {
      await provider.power(id, 'reboot')
      expect(await failureOf(provider.power(id, 'reboot'))).toMatchObject({
        kind: 'locked',
        facts: { maybeSent: false },
      })
      expect(await logged()).toHaveLength(1)
    } finally {
      await control('PUT', '/time', { frozen: false })
    }
  })
})

describe('the rate limit', () => {
  it('reached by other tools is waited for by a person and left alone by background work', async () => {
    const person = await setUp()
    await person.addFault('rate_limited', { times: 1 })
    expect((await person.provider.listServers(1)).servers).toHaveLength(3)
    expect(person.waits[0]).toBeGreaterThanOrEqual(1_000)
    const background = await setUp({ priority: 'background' })
    await background.addFault('rate_limited', { times: 1 })
    expect((await failureOf(background.provider.listServers(1))).kind).toBe('rate_limited')
    expect(background.waits).toEqual([])
  })
})

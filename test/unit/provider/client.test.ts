import { describe, expect, it } from 'vitest'
import { orderedFetch, type Expected } from '../../support/ordered-fetch.ts'
import { wireActionFixture, wireMeta, wireServerFixture } from '../../support/hetzner-fixtures.ts'
import {
  failureOf,
  openBudget,
  providerHarness,
  testToken,
  type HarnessOptions,
} from '../../support/provider-harness.ts'

const base = 'https://provider.test/v1'
const page1 = '/servers?page=1&per_page=50&sort=id%3Aasc'
const list = (reply: Expected['reply']): Expected => ({ method: 'GET', url: page1, reply })
const error = (status: number, code: string): Expected['reply'] => ({
  status,
  json: { error: { code, message: code } },
})
const fine: Expected['reply'] = { json: { servers: [wireServerFixture()], meta: wireMeta(1, 1, 1) } }
const post = (name: string, reply: Expected['reply']): Expected => ({
  method: 'POST',
  url: `/servers/42/actions/${name}`,
  reply,
})
const done: Expected['reply'] = { status: 201, json: { action: wireActionFixture() } }

const away = () => Promise.reject(new Error('away'))

function setUp(expected: Expected[], options: Partial<HarnessOptions> = {}) {
  const ordered = orderedFetch(base, expected)
  return { ...ordered, ...providerHarness({ fetch: ordered.fetch, ...options }) }
}

describe('a request', () => {
  it('carries the token, our name and no body where there is none', async () => {
    const { provider, sent, verify } = setUp([post('poweron', done)], { baseUrl: `${base}/` })
    await provider.power('42', 'start')
    verify()
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${testToken}`)
    expect(sent[0]?.headers.get('user-agent')).toMatch(/^webnova\//)
    expect(sent[0]?.headers.has('content-type')).toBe(false)
    expect(sent[0]?.body).toBeNull()
  })

  it.each(['', '.', '..'])('refuses %j as an id before anything is sent', async (id) => {
    const { provider, sent } = setUp([])
    await expect(provider.getServer(id)).rejects.toThrow('needs a valid id')
    expect(sent).toEqual([])
  })

  it('cannot be led to another path by an id', async () => {
    const url = '/servers/1%2F..%2Fssh_keys%3Fx'
    const { provider, verify } = setUp([{ method: 'GET', url, reply: { json: { server: wireServerFixture() } } }])
    await provider.getServer('1/../ssh_keys?x')
    verify()
  })
})

describe('an attempt that fails', () => {
  it('is repeated for a read, and each one is recorded', async () => {
    const { provider, verify, failures, waits } = setUp([
      list(error(503, 'unavailable')),
      list(new TypeError('connection reset')),
      list(fine),
    ])
    expect((await provider.listServers(1)).servers).toHaveLength(1)
    verify()
    expect(failures.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['unavailable', 1],
      ['unreachable', 2],
    ])
    expect(waits).toHaveLength(2)
  })

  it('is not repeated for a write that might be done twice', async () => {
    const { provider, verify, failures } = setUp([post('reboot', { status: 502, text: 'bad gateway' })])
    expect(await failureOf(provider.power('42', 'reboot'))).toMatchObject({
      kind: 'unavailable',
      facts: { maybeSent: true },
    })
    verify()
    expect(failures).toHaveLength(1)
  })

  it('is repeated for a write that is the same done twice', async () => {
    const { provider, verify } = setUp([post('poweron', error(504, 'timeout')), post('poweron', done)])
    expect(await provider.power('42', 'start')).toMatchObject({ power: 'start', status: 'running' })
    verify()
  })

  it('stays "may have arrived" when a later answer is a refusal', async () => {
    const { provider, verify } = setUp([post('poweron', error(504, 'timeout')), post('poweron', error(423, 'locked'))])
    expect(await failureOf(provider.power('42', 'start'))).toMatchObject({ kind: 'locked', facts: { maybeSent: true } })
    verify()
  })

  it('is not repeated while the server is locked', async () => {
    const { provider, verify } = setUp([post('poweron', error(423, 'locked'))])
    expect(await failureOf(provider.power('42', 'start'))).toMatchObject({
      kind: 'locked',
      facts: { maybeSent: false },
    })
    verify()
  })

  it('ends as itself when it cannot be recorded', async () => {
    const { provider } = setUp([list(error(401, 'unauthorized'))], { record: away })
    expect((await failureOf(provider.listServers(1))).kind).toBe('token_rejected')
  })
})

describe('a list of servers', () => {
  it('keeps what can be read, counts the rest and leaves a record of it', async () => {
    const servers = [wireServerFixture(), { name: 'no id' }, wireServerFixture({ id: 43, location: undefined })]
    const { provider, failures, verify } = setUp([list({ json: { servers, meta: wireMeta(1, 1, 3) } })])
    const page = await provider.listServers(1)
    verify()
    expect(page).toMatchObject({ page: 1, lastPage: 1, total: 3, skipped: 1 })
    expect(page.servers.map(({ providerId, location }) => [providerId, location])).toEqual([
      ['42', 'fsn1'],
      ['43', 'unknown'],
    ])
    expect(failures).toMatchObject([
      { kind: 'malformed', facts: { detail: 'page 1: 1 of 3 servers could not be read' } },
    ])
  })

  it('is a single page when nothing is said about pages', async () => {
    const { provider } = setUp([list({ json: { servers: [] } })])
    expect(await provider.listServers(1)).toEqual({ servers: [], skipped: 0, page: 1, lastPage: 1, total: 0 })
  })

  it.each([
    ['cut off', { text: '{"servers":[{"id":1,' }],
    ['no JSON', { text: '<html>' }],
    ['empty', { text: '' }],
    ['without servers', { json: { items: [] } }],
    ['with unreadable page numbers', { json: { servers: [], meta: { pagination: { page: 'first' } } } }],
  ])('is malformed when %s', async (_, reply) => {
    const { provider, failures, verify } = setUp([list(reply)])
    expect((await failureOf(provider.listServers(1))).kind).toBe('malformed')
    verify()
    expect(failures).toHaveLength(1)
  })
})

const actionsUrl = (part: string[]) => `/actions?${part.map((id) => `id=${id}`).join('&')}&page=1&per_page=50`
const actionsReply = (part: string[]) => ({
  json: { actions: part.map((id) => wireActionFixture({ id: Number(id) })) },
})

describe('actions', () => {
  it('are asked for 25 at a time, each id once', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => String(i + 1))
    const parts = [ids.slice(0, 25), ids.slice(25)]
    const { provider, verify } = setUp(
      parts.map((part) => ({ method: 'GET', url: actionsUrl(part), reply: actionsReply(part) })),
    )
    expect((await provider.getActions([...ids, '1'])).map((action) => action.providerActionId)).toEqual(ids)
    verify()
  })

  it('are not asked for when there are none', async () => {
    const { provider, verify } = setUp([])
    expect(await provider.getActions([])).toEqual([])
    verify()
  })

  it('come newest first, for a server and for the project', async () => {
    const reply = { json: { actions: [wireActionFixture(), { odd: true }] } }
    const { provider, verify } = setUp([
      { method: 'GET', url: '/servers/42/actions?sort=id%3Adesc&page=1&per_page=10', reply },
      { method: 'GET', url: '/servers/actions?sort=id%3Adesc&page=1&per_page=50', reply },
      { method: 'GET', url: '/zones/actions?sort=id%3Adesc&page=1&per_page=50', reply },
    ])
    expect(await provider.listServerActions('42', 10)).toHaveLength(1)
    expect(await provider.listRecentActions('server', 500)).toHaveLength(1)
    expect(await provider.listRecentActions('zone', 500)).toHaveLength(1)
    verify()
  })
})

describe('the access of a token', () => {
  it.each([
    [404, 'not_found', 'read_write'],
    [401, 'token_readonly', 'read_only'],
    [403, 'forbidden', 'read_only'],
    [422, 'invalid_input', 'unknown'],
    [401, 'unauthorized', 'unknown'],
    [503, 'unavailable', 'unknown'],
  ])('%i %s tells %s', async (status, code, access) => {
    const probe: Expected = { method: 'PUT', url: '/ssh_keys/0', reply: error(status, code) }
    const { provider, verify, failures, sent } = setUp([probe])
    expect(await provider.probeAccess()).toBe(access)
    verify()
    expect(sent[0]?.body).toBe('{"name":"webnova-access-probe"}')
    expect(failures).toHaveLength(access === 'unknown' ? 1 : 0)
  })
})

const left = (n: number): Expected['reply'] => ({
  json: { servers: [] },
  headers: { 'RateLimit-Limit': '3600', 'RateLimit-Remaining': String(n) },
})

describe('the rate budget', () => {
  it('keeps background work from what people may need, and sends nothing', async () => {
    const budget = openBudget(600)
    const { provider, verify, failures } = setUp([], { budget: budget.port, priority: 'background' })
    expect((await failureOf(provider.listServers(1))).kind).toBe('budget_exhausted')
    verify()
    expect(failures).toHaveLength(1)
    expect(budget.calls).toEqual(['take account:acc_1 1 600'])
  })

  it('never holds a person back', async () => {
    const budget = openBudget(0)
    const { provider, verify } = setUp([list(left(0))], { budget: budget.port })
    await provider.listServers(1)
    verify()
    expect(budget.calls).toEqual(['take account:acc_1 1 0'])
  })

  it('learns what other tools used, but not every little difference', async () => {
    const budget = openBudget(3_000)
    const { provider, verify } = setUp([list(left(2_990)), list(left(1_200))], { budget: budget.port })
    await provider.listServers(1)
    await provider.listServers(1)
    verify()
    expect(budget.calls.filter((call) => call.startsWith('observe'))).toEqual(['observe account:acc_1 1200'])
  })

  it('learns from a refusal for good', async () => {
    const budget = openBudget(20)
    const refused: Expected['reply'] = { status: 429, headers: { 'RateLimit-Remaining': '0' }, text: '' }
    const { provider, verify, waits } = setUp([list(refused), list(left(20))], { budget: budget.port })
    await provider.listServers(1)
    verify()
    expect(budget.calls).toContain('observe account:acc_1 0')
    expect(waits[0]).toBeGreaterThanOrEqual(1_000)
  })

  it('is not asked for a token that belongs to no account yet', async () => {
    const budget = openBudget()
    const checks: Expected = { method: 'GET', url: '/servers?per_page=1', reply: { json: { servers: [] } } }
    const { provider, verify } = setUp([checks], { accountId: null, budget: budget.port })
    await provider.checkToken()
    verify()
    expect(budget.calls).toEqual([])
  })

  it.each(['person', 'background'] as const)('holds nobody back when it cannot be asked: %s', async (priority) => {
    const { provider, verify } = setUp([list(left(1))], { priority, budget: { take: away, observe: away } })
    expect((await provider.listServers(1)).servers).toEqual([])
    verify()
  })
})

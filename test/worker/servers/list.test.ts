import { beforeAll, describe, expect, it } from 'vitest'
import { listServersInput } from '../../../worker/features/servers/inputs.ts'
import { listServers } from '../../../worker/features/servers/list.ts'
import { serverSorts } from '../../../worker/features/servers/rules.ts'
import type { Server, ServerPage } from '../../../worker/features/servers/schemas.ts'
import { encodeCursor } from '../../../worker/kernel/page.ts'
import { testCtx } from '../../support/ctx.ts'
import { queryFirst } from '../../support/database.ts'
import { insertAccount, insertServer } from '../../support/fleet.ts'

const list = (query: object = {}): Promise<ServerPage> => listServers(testCtx(), listServersInput.parse(query))
const namesOf = async (query: object) => (await list(query)).items.map((server) => server.name)

const deprecated = { type_deprecated_at: Date.UTC(2026, 5, 1) }
const ids: Record<string, string> = {}
let [shop, lab, lost] = ['', '', '']

beforeAll(async () => {
  shop = await insertAccount({ name: 'Shop' })
  lab = await insertAccount({ name: 'Lab' })
  lost = await insertAccount({ name: 'Lost', state: 'revoked' })
  const add = async (name: string, account: string, columns: object = {}, extra: object = {}) => {
    ids[name] = await insertServer(account, { name, ...columns }, extra)
  }
  await add('web-1', shop, { ipv4: '203.0.113.7' }, { project: 'Shop', environment: 'live', tags: ['web', 'eu'] })
  await add('web_2', shop, { status: 'off' }, { project: 'Shop', environment: 'test', tags: ['web'] })
  await add('100%', shop, { location: 'hel1' }, { labels: { role: 'db', team: 'a,b' } })
  await add('lab-1', lab, { type_name: 'cax11' }, { displayName: 'Measuring Bench', labels: { role: 'web' } })
  await add('lab-2', lab, deprecated, { privateIps: ['10.9.8.7'] })
  await add('lab-3', lab, { rescue: 1, ipv6: '2001:db8:77::/64' }, { project: "O'Brien; DROP TABLE servers--" })
  await add('lab-4', lab, { status: 'unknown', provider_id: '424242' })
  await add('lost-1', lost)
  await add('gone', shop, { deleted_at: Date.UTC(2026, 2, 3) }, { tags: ['web'] })
})

const all = ['100%', 'lab-1', 'lab-2', 'lab-3', 'lab-4', 'lost-1', 'web-1', 'web_2']

describe('filters', () => {
  it.each<[object, string[]]>([
    [{}, all],
    [{ status: 'off' }, ['web_2']],
    [{ status: 'off,unknown' }, ['lab-4', 'web_2']],
    [{ location: 'hel1' }, ['100%']],
    [{ location: 'hel1,nowhere' }, ['100%']],
    [{ type: 'cax11' }, ['lab-1']],
    [{ project: 'Shop' }, ['web-1', 'web_2']],
    [{ project: '' }, ['100%', 'lab-1', 'lab-2', 'lab-4', 'lost-1']],
    [{ project: ['', 'Shop'] }, all.filter((name) => name !== 'lab-3')],
    [{ environment: 'live' }, ['web-1']],
    [{ project: 'Shop', environment: 'test' }, ['web_2']],
    [{ tag: 'web' }, ['web-1', 'web_2']],
    [{ tag: ' WEB ' }, ['web-1', 'web_2']],
    [{ tag: ['web', 'eu'] }, ['web-1']],
    [{ tag: 'we' }, []],
    [{ label: 'role' }, ['100%', 'lab-1']],
    [{ label: 'role=web' }, ['lab-1']],
    [{ label: ['role', 'team=a,b'] }, ['100%']],
    [{ label: 'role=' }, []],
    [{ attention: 'true' }, ['lab-2', 'lab-3', 'lab-4', 'lost-1', 'web_2']],
    [{ attention: 'false' }, all],
    [{ deleted: 'true' }, ['gone']],
    [{ deleted: 'true', tag: 'eu' }, []],
  ])('%j', async (query, names) => {
    const page = await list(query)
    expect(page.items.map((server) => server.name)).toEqual(names)
    expect(page.total).toBe(names.length)
  })

  it('by project of the provider and by id', async () => {
    expect(await namesOf({ accountId: `${lost},${lab}`, status: 'running' })).toEqual([
      'lab-1',
      'lab-2',
      'lab-3',
      'lost-1',
    ])
    expect(await namesOf({ id: `${ids['web-1']},${ids['lab-1']},srv_unknown` })).toEqual(['lab-1', 'web-1'])
    expect(await namesOf({ id: ids['gone'] })).toEqual([])
  })

  it('a filter of a hundred values is one parameter', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `nowhere${i}`)
    const query = { location: many, type: many, id: many, accountId: many, project: many, tag: many, label: many }
    expect((await list(query)).total).toBe(0)
  })

  it('attention says the same in the filter and in the servers', async () => {
    const { items } = await list()
    const wanted = items.filter((server) => server.attention.length > 0).map((server) => server.name)
    expect(wanted).toEqual(await namesOf({ attention: 'true' }))
  })
})

describe('search', () => {
  it.each<[string, string[]]>([
    ['WEB-', ['web-1']],
    ['%', ['100%']],
    ['_', ['web_2']],
    ['web_2', ['web_2']],
    ['w%b', []],
    ['measuring', ['lab-1']],
    ['eu', ['web-1']],
    ['role=d', ['100%']],
    ['203.0.113', ['web-1']],
    ['10.9.8.7', ['lab-2']],
    ['2001:DB8:77', ['lab-3']],
    ['424242', ['lab-4']],
    ['4242', []],
    ['gone', []],
    ["' OR 1=1 --", []],
    ['"; DROP TABLE servers; --', []],
    ['\\', []],
    ['\u0000', []],
    ['x'.repeat(200), []],
  ])('%j', async (q, names) => expect(await namesOf({ q })).toEqual(names))

  it('finds a server by its id', async () => {
    expect(await namesOf({ q: ids['lab-1'] })).toEqual(['lab-1'])
  })

  it('what looks like SQL is text in every filter', async () => {
    const evil = "') OR 1=1; DROP TABLE servers; --"
    for (const key of ['q', 'location', 'type', 'accountId', 'project', 'environment', 'tag', 'label', 'id']) {
      expect((await list({ [key]: evil })).items, key).toEqual([])
    }
    expect(await namesOf({ project: "O'Brien; DROP TABLE servers--" })).toEqual(['lab-3'])
    expect(await queryFirst('SELECT count(*) AS n FROM servers')).toEqual({ n: all.length + 1 })
  })
})

describe('a row', () => {
  it('keeps its own columns beside those of its project and metadata', async () => {
    const [server] = (await list({ id: ids['web-1'] })).items
    expect(server).toMatchObject({
      id: ids['web-1'],
      name: 'web-1',
      displayName: null,
      status: 'running',
      attention: [],
      account: { id: shop, name: 'Shop' },
      provider: { id: 'hetzner', name: 'Hetzner Cloud' },
      ipv4: '203.0.113.7',
      project: 'Shop',
      environment: 'live',
      tags: ['web', 'eu'],
      backups: false,
      deletedAt: null,
      operation: null,
    })
    expect(server).not.toHaveProperty('sortValue')
    expect(server).not.toHaveProperty('digest')
  })
})

describe('order', () => {
  let account = ''
  beforeAll(async () => {
    account = await insertAccount({ name: 'Many' })
    for (let i = 0; i < 14; i++) {
      const columns = {
        // Every value twice or more, so that only the id tells two apart.
        name: `n-${i % 5}`,
        status: ['running', 'off', 'starting'][i % 3] ?? '',
        type_name: `cx${i % 4}`,
        location: ['fsn1', 'hel1'][i % 2] ?? '',
        monthly_net: [null, '3.49', '10.99', '0.1', '0.30000000000000004'][i % 5] ?? null,
        provider_created_at: Date.UTC(2026, 0, 1 + (i % 4)),
        changed_at: Date.UTC(2026, 1, 1 + (i % 3)),
      }
      await insertServer(account, columns, i % 3 === 0 ? {} : { project: ['Öl "x"', '日本'][i % 2] ?? null })
    }
  })

  const valueOf: Record<string, (server: Server) => string | number> = {
    name: (server) => server.name,
    status: (server) => server.status,
    type: (server) => server.typeName,
    location: (server) => server.location,
    project: (server) => server.project ?? '',
    monthly: (server) => (server.monthlyNet === null ? -1 : Number(server.monthlyNet)),
    created: (server) => server.createdAt,
    changed: (server) => server.changedAt,
  }

  it.each(serverSorts)('%s holds over all pages, none lost, none twice', async (sort) => {
    const seen: Server[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: ServerPage = await list({ accountId: account, sort, limit: '3', ...(cursor ? { cursor } : {}) })
      expect(page.total).toBe(14)
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(new Set(seen.map((server) => server.id)).size).toBe(14)
    expect(seen).toHaveLength(14)
    const value = valueOf[sort.replace('-', '')]
    const values = seen.map((server) => [value?.(server) ?? '', server.id] as const)
    const sorted = values.toSorted(([a, idA], [b, idB]) => (a === b ? (idA < idB ? -1 : 1) : a < b ? -1 : 1))
    expect(values).toEqual(sort.startsWith('-') ? sorted.toReversed() : sorted)
  })

  it.each([
    ['of another order', encodeCursor(['-name', 'a', 'srv_1'])],
    ['with a number for a name', encodeCursor(['name', 1, 'srv_1'])],
    ['without an id', encodeCursor(['name', 'a', null])],
    ['too short', encodeCursor(['name', 'a'])],
    ['of no list at all', encodeCursor([])],
    ['no JSON', 'bm9wZQ'],
    ['no base64', '%%%'],
  ])('a cursor %s is refused', async (_name, cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('a cursor made for text is refused where numbers are compared', async () => {
    const query = { sort: 'monthly', cursor: encodeCursor(['monthly', 'x', 'srv_1']) }
    await expect(list(query)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('SQL in a cursor is text', async () => {
    const cursor = encodeCursor(['name', "'; DROP TABLE servers; --", "' OR 1=1 --"])
    expect((await list({ accountId: account, cursor })).items).toHaveLength(14)
  })
})

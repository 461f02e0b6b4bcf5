import { beforeAll, describe, expect, it } from 'vitest'
import { operations, type Operation } from '../../../worker/provider/hetzner/operations/index.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { outside } from '../../support/accounts.ts'
import { testCtx } from '../../support/ctx.ts'
import { execute } from '../../support/database.ts'
import { randomIp, signInAs } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { createFleet, keepFleets, kindOf, one, type Fleet, type Side } from './fleet.ts'
import { canariesOf, leaksOf } from './judge.ts'
import { samples } from './operation-samples.ts'
import { labelScope, serverScope, type Scope } from './scopes.ts'
import { labelled, toolKey, withoutLocks } from './support.ts'
import { readPermissions } from './permissions.ts'
import type { Row } from './world.ts'

interface Key {
  secret: string
  scope: Scope
}
interface Item {
  id: number | string
  type?: string
  zone?: number
}
interface Told {
  status: number
  text: string
  body: Record<string, unknown> & { meta?: { pagination: Record<string, number | null> } }
}

let home: Fleet
let rows: ReadonlyMap<string, Row>
let keys: Record<string, Key>

beforeAll(async () => {
  home = await createFleet()
  for (let index = 0; index < 24; index++) {
    const team = ['web', 'data', 'ops'][index % 3] ?? ''
    const name = `cnry-${team}-more-${crypto.randomUUID().slice(0, 8)}`
    const labels = { team, own: name, tier: String(index % 2) }
    await outside(home.token, 'POST', '/volumes', { name, size: 10, location: 'fsn1', labels })
    if (index % 2 === 0) continue
    const body = { name: `${name}-s`, server_type: 'cpx22', image: 'debian-12', location: 'fsn1', labels }
    await outside(home.token, 'POST', '/servers', body)
  }
  await syncAccount(testCtx(), home.accountId, { reason: 'manual' })
  ;({ rows } = await keepFleets([home]))
  const owner = await signInAs('OWNER')
  const admin = await signInAs('ADMIN')
  await execute(
    "INSERT INTO grants (id, user_id, effect, permissions, scope, note, created_at, created_by) VALUES ('grt_lists', ?, 'deny', ?, ?, '', 1, '')",
    admin.me.id,
    JSON.stringify(readPermissions),
    JSON.stringify(labelled('team=data')[0]),
  )
  const label = labelScope(home, 'web', rows)
  const all = { permissions: readPermissions }
  keys = {
    'one label': { secret: (await toolKey(owner, { scopes: labelled('team=web') })).secret, scope: label },
    'one server': {
      secret: (await toolKey(owner, { scopes: [{ kind: 'server', serverId: home.serverIds.web }] })).secret,
      scope: serverScope(home, rows),
    },
    'a person without a label': { secret: (await toolKey(admin, all)).secret, scope: without('data') },
  }
})

/** Everything but what carries the label: also what carries none. */
function without(team: string): Scope {
  const hidden = (row: Row) => (row['labels'] as Record<string, string> | undefined)?.['team'] === team
  const sees = (name: string, row: Row): boolean => {
    if (name.startsWith('rrsets:')) return sees('', rows.get(`zones:${String(row['zone'])}`) ?? row)
    if (!name.startsWith('actions:')) return !hidden(row)
    return (row['resources'] as { type: string; id: number }[]).some(({ type, id }) => {
      const about = rows.get(`${type}s:${id}`)
      return about !== undefined && !hidden(about)
    })
  }
  return { sees, binds: () => false, writes: false }
}

async function ask(key: Key, method: string, path: string, body?: object): Promise<Told> {
  const response = await fetchWith({ ...withoutLimits, ...withoutLocks }, `/hetzner/${home.accountId}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key.secret}`,
      'cf-connecting-ip': randomIp(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Told['body']) }
}

const canariesFor = ({ scope }: Key) => canariesOf(rows, scope, [home.token])
const leaks = (key: Key, { text }: Told, path: string) =>
  leaksOf(text, { method: 'GET', url: path, headers: {}, body: undefined, named: [] }, canariesFor(key))

const listKeyOf = ({ answer }: Operation) => Object.entries(answer).find(([, field]) => field.is === 'many')?.[0] ?? ''
const lists = operations.filter(
  (operation) => listKeyOf(operation) !== '' && Object.values(operation.answer).some(({ is }) => is === 'paging'),
)

/** The path with what is inside every scope, where a path names something. */
const placeOf = ({ path, parameters }: Operation, side: Side): string | null => {
  const [parameter] = parameters
  if (!parameter) return path
  const found = side[parameter.kind]
  return found ? path.replace(/\{\w+\}/, String(found.id)) : null
}

function isSeen({ scope }: Key, listKey: string, item: Item, path: string): boolean {
  if (listKey === 'rrsets') return scope.sees('zones', rows.get(`zones:${item.zone}`) ?? ({} as Row))
  const kind = listKey === 'members' ? `${item.type}s` : listKey
  const name = `${kind}:${item.id}`
  const row = rows.get(name)
  // System images are no records of a project.
  return row ? scope.sees(name, row) : path.startsWith('/images')
}

async function everyPage(key: Key, path: string, query: string, listKey: string, perPage: number): Promise<Item[]> {
  const items: Item[] = []
  for (let page: number | null = 1; page !== null;) {
    const at = `${path}?${query}&per_page=${perPage}&page=${page}`
    const told = await ask(key, 'GET', at)
    expect([at, told.status]).toEqual([at, 200])
    const { meta } = told.body
    const found = told.body[listKey] as Item[]
    const next: number | null = meta?.pagination['next_page'] ?? null
    expect([at, found.length <= perPage, leaks(key, told, at)]).toEqual([at, true, []])
    expect(meta?.pagination).toMatchObject({ page, per_page: perPage, previous_page: page > 1 ? page - 1 : null })
    if (next !== null) expect(next).toBe(page + 1)
    items.push(...found)
    page = next
    if (page === null) {
      const last = Math.max(1, Math.ceil(items.length / perPage))
      expect(meta?.pagination).toMatchObject({ total_entries: items.length, last_page: last })
    }
  }
  return items
}

async function whole(path: string, query: string, listKey: string): Promise<Item[]> {
  const items: Item[] = []
  for (let page = 1; ; page++) {
    const answer = await outside<Told['body']>(home.token, 'GET', `${path}?${query}&per_page=50&page=${page}`)
    items.push(...(answer[listKey] as Item[]))
    if (typeof answer.meta?.pagination['next_page'] !== 'number') return items
  }
}

const queries = [
  '',
  'sort=name:desc',
  'sort=created:asc&sort=id:desc',
  'label_selector=tier%3D1',
  'label_selector=!tier',
]

describe.each(['one label', 'one server', 'a person without a label'])('for %s', (name) => {
  it.each(lists.map((operation) => [operation.key, operation] as const))(
    '%s in pages is the whole list without what is outside',
    async (key, operation) => {
      const who = keys[name] as Key
      const listKey = listKeyOf(operation)
      const path = placeOf(operation, home.web)
      // A key for one server sees nothing else in a path.
      const asks =
        path !== null && (operation.parameters.length === 0 || name !== 'one server' || path.startsWith('/servers/'))
      if (!asks) return expect([key, (await ask(who, 'GET', path ?? '/zones/1/rrsets')).status]).toEqual([key, 404])
      for (const [index, query] of queries.entries()) {
        const wanted = (await whole(path, query, listKey)).filter((item) => isSeen(who, listKey, item, path))
        const found = await everyPage(who, path, query, listKey, [3, 50, 7, 2, 4][index] ?? 5)
        expect([query, found.map(({ id }) => id)]).toEqual([query, wanted.map(({ id }) => id)])
      }
    },
  )

  it('no filter counts or finds what is outside', async () => {
    const who = keys[name] as Key
    const { data } = home
    const record = (kind: string, as: string) => rows.get(`${kind}:${one(data, as).id}`) ?? ({} as Row)
    const filters = [
      ...Object.entries(kindOf).flatMap(([kind, as]) => {
        const hidden = data[as]
        return hidden ? [`/${kind}?name=${hidden.name}`, `/${kind}?label_selector=own%3D${hidden.name}`] : []
      }),
      '/volumes?label_selector=team%3Ddata',
      '/servers?label_selector=team+in+(data)&status=off',
      `/ssh_keys?fingerprint=${encodeURIComponent(String(record('ssh_keys', 'ssh_key')['fingerprint']))}`,
      `/primary_ips?ip=${String(record('primary_ips', 'primary_ip')['ip'])}`,
      '/images?type=snapshot&label_selector=team%3Ddata',
    ]
    for (const path of filters) {
      const { status, body } = await ask(who, 'GET', path)
      const [list] = Object.values(body)
      expect([path, status, list, body.meta?.pagination['total_entries']]).toEqual([path, 200, [], 0])
    }
    const bound = await ask(who, 'GET', `/images?bound_to=${one(data, 'server').id}`)
    expect([bound.status, bound.text]).toEqual([404, (await ask(who, 'GET', '/images?bound_to=99999999')).text])
  })

  it('actions are told of one by one and together, or not at all, by what they are about', async () => {
    const who = keys[name] as Key
    const all = [...rows].filter(([at]) => at.startsWith('actions:'))
    const seen = all.filter(([at, row]) => who.scope.sees(at, row)).map(([, { id }]) => id)
    const found: number[] = []
    for (let from = 0; from < all.length; from += 25) {
      const ids = all.slice(from, from + 25).map(([, { id }]) => `id=${id}`)
      const told = await ask(who, 'GET', `/actions?${ids.join('&')}`)
      expect(leaks(who, told, ids.join())).toEqual([])
      found.push(...(told.body['actions'] as { id: number }[]).map(({ id }) => id))
    }
    expect(found.toSorted()).toEqual(seen.toSorted())
    const nowhere = await ask(who, 'GET', '/actions/561999999')
    for (const [at, { id }] of all) {
      const told = await ask(who, 'GET', `/actions/${id}`)
      if (seen.includes(id)) expect([at, told.status, leaks(who, told, `/actions/${id}`)]).toEqual([at, 200, []])
      else expect([at, told.status, told.text]).toEqual([at, 404, nowhere.text])
    }
  })

  it('what is inside is shown without what it is tied to outside', async () => {
    const who = keys[name] as Key
    let count = 0
    for (const [at, row] of rows) {
      const [kind = ''] = at.split(':')
      if (!(kind in kindOf) || !who.scope.sees(at, row)) continue
      const told = await ask(who, 'GET', `/${kind}/${row.id}`)
      expect([at, told.status, leaks(who, told, at)]).toEqual([at, 200, []])
      count += 1
    }
    expect(count).toBeGreaterThan(0)
  })

  it('measurements are those of what is inside, and of nothing else', async () => {
    const who = keys[name] as Key
    const at = 'metrics?type=cpu&start=2026-11-20T00:00:00Z&end=2026-11-20T01:00:00Z'
    const own = `/servers/${one(home.web, 'server').id}/${at}`
    expect((await ask(who, 'GET', own)).body).toEqual(await outside(home.token, 'GET', own))
    const [other, nowhere] = [one(home.data, 'server').id, 99_999_999]
    const told = await ask(who, 'GET', `/servers/${other}/${at}`)
    expect([told.status, told.text]).toEqual([404, (await ask(who, 'GET', `/servers/${nowhere}/${at}`)).text])
  })

  it.each(
    operations
      .filter(({ parameters }) => parameters.length > 0)
      .map((operation) => [operation.key, operation] as const),
  )('%s says of what is outside what it says of nothing at all', async (_, operation) => {
    const who = keys[name] as Key
    // Whoever only reads is refused every write alike, whatever it names.
    const { body } = samples[operation.key]?.(home.web, { team: 'web' }) ?? {}
    const [parameter] = operation.parameters
    const hidden = parameter ? home.data[parameter.kind] : undefined
    const pathFor = (id: number) =>
      operation.path
        .replace(/\{\w+\}/, String(id))
        .replace('{rr_name}', 'www')
        .replace('{rr_type}', 'A')
        .replace(/\{\w+\}/, '1')
    if (!hidden) return expect((await ask(who, operation.method, pathFor(1), body)).status).toBeGreaterThanOrEqual(200)
    const [there, nowhere] = [
      await ask(who, operation.method, pathFor(hidden.id), body),
      await ask(who, operation.method, pathFor(hidden.id + 500_000), body),
    ]
    expect([there.status >= 400, there.status, there.text]).toEqual([true, nowhere.status, nowhere.text])
  })
})

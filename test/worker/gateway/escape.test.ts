import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../worker/provider/hetzner/operations/index.ts'
import { randomIp, signInAs, type TestSession } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { attempts, type Attempt } from './attempts.ts'
import { createFleet, keepFleets, one, type Fleet, type Side } from './fleet.ts'
import { canariesOf, harmOf, leaksOf, type Canaries } from './judge.ts'
import { render, type Fill, type Rendered } from './render.ts'
import { labelScope, projectScope, readerScope, serverScope, type Scope } from './scopes.ts'
import { labelled, toolKey, withoutLocks } from './support.ts'
import { readPermissions } from './permissions.ts'
import type { Row } from './world.ts'

/** `npm run fuzz:gateway` asks for 50,000 and another seed each time; every run of the tests for some thousands. */
const { ESCAPE_RUNS = '2000', ESCAPE_SEED } = env as unknown as { ESCAPE_RUNS?: string; ESCAPE_SEED?: string }
const total = Number(ESCAPE_RUNS)

/** Fixed, so that a failure is the same one tomorrow; another one may be given to look elsewhere. */
const seed = Number(ESCAPE_SEED ?? 20_261_121)

/** How many accepted writes go by before everything is put back: what they lead to is tried as well. */
const writesBetweenRestores = 6

type Rows = ReadonlyMap<string, Row>

interface NarrowKey {
  secret: string
  scopeOf(rows: Rows): Scope
  /** Resources by kind that it is for, and others. */
  inside: Side
  outside: Side[]
}

let owner: TestSession
let home: Fleet
let away: Fleet
let kept: Awaited<ReturnType<typeof keepFleets>>
let keys: Record<string, NarrowKey>
let canaries: Record<string, Canaries>
let actionIds: { web: number[]; data: number[]; away: number[] }

beforeAll(async () => {
  owner = await signInAs('OWNER')
  home = await createFleet()
  away = await createFleet()
  kept = await keepFleets([home, away])
  const { accountId, serverIds, web, data } = home
  const others = [data, away.web, away.data]
  const make = async (
    change: Record<string, unknown>,
    scopeOf: NarrowKey['scopeOf'],
    inside: Side = web,
    outside: Side[] = others,
  ): Promise<NarrowKey> => ({ secret: (await toolKey(owner, change)).secret, scopeOf, inside, outside })
  const server = [{ kind: 'server', serverId: serverIds.web }]
  const onlyServer: Side = { server: one(web, 'server') }
  const besides = [data, { ...web, server: one(data, 'server') }, away.web]
  const notThatEnvironment = [data, { ...web, server: one(data, 'server') }, away.data]
  const production = [{ kind: 'project', project: 'shop', environment: 'production' }]
  const asServer = (rows: Rows) => serverScope(home, rows)
  const asLabel = (rows: Rows) => labelScope(home, 'web', rows)
  keys = {
    label: await make({ scopes: [{ ...labelled('team=web')[0], accountId }] }, asLabel),
    server: await make({ scopes: server }, asServer, onlyServer, besides),
    environment: await make({ scopes: production }, (rows) => bothServers(rows), onlyServer, notThatEnvironment),
    project: await make({ scopes: [{ kind: 'account', accountId }] }, () => projectScope(home), web, [
      away.web,
      away.data,
    ]),
    reader: await make({ permissions: readPermissions }, () => readerScope, web, [data]),
  }
  const secrets = [home.token, away.token]
  canaries = Object.fromEntries(
    Object.entries(keys).map(([name, { scopeOf }]) => [name, canariesOf(kept.rows, scopeOf(kept.rows), secrets)]),
  )
  const actionsOf = (scope: Scope) =>
    [...kept.rows].flatMap(([name, row]) => (name.startsWith('actions:') && scope.sees(name, row) ? [row.id] : []))
  const ofWeb = actionsOf(asLabel(kept.rows))
  actionIds = {
    web: ofWeb,
    data: actionsOf(labelScope(home, 'data', kept.rows)).filter((id) => !ofWeb.includes(id)),
    away: actionsOf(projectScope(away)),
  }
})

/** An environment is the same in every project: one server in each of them. */
function bothServers(rows: Rows): Scope {
  const [here, there] = [serverScope(home, rows), serverScope(away, rows)]
  return {
    sees: (name, row) => here.sees(name, row) || there.sees(name, row),
    binds: (name, row) => here.binds(name, row) || there.binds(name, row),
    writes: true,
  }
}

const baseOf = (base: string): string => base.replaceAll('HOME', home.accountId).replaceAll('AWAY', away.accountId)

const bases = [
  '/hetzner/HOME/v1',
  '/hetzner/AWAY/v1',
  '/hetzner/v1',
  '/hetzner//v1',
  '/hetzner/HOME/v1/../../AWAY/v1',
  '/hetzner/HOME/v1/%2e%2e/%2e%2e/AWAY/v1',
  '/hetzner/HOME%2fv1%2f..%2f..%2fAWAY/v1',
  '/hetzner/HOME,AWAY/v1',
  '/hetzner/home/v1',
  '/HETZNER/HOME/V1',
  '/hetzner/HOME/v2',
  '/hetzner/HOME//v1/',
]

/** What a token of an attempt stands for. `hides`: what is outside is replaced by what is nowhere. */
const fillFor =
  (key: NarrowKey, hides: boolean): Fill =>
  (kind, whose, index) => {
    const nowhere = (id: number, name: string) => ({ id: id + 500_000, name: name.replace('cnry', 'none') })
    const some = (side: Side) => {
      const found = Object.entries(side).filter(([name]) => name.split(':')[0] === kind)
      return found[index % Math.max(1, found.length)]?.[1] ?? { id: 99_999_999, name: 'cnry-none.example' }
    }
    if (kind === 'action') {
      const ids = whose === 'in' ? actionIds.web : key.outside.includes(home.data) ? actionIds.data : actionIds.away
      const id = ids[(index * 7) % Math.max(1, ids.length)] ?? 560_999_999
      const named = { id, name: `action-${id}` }
      return whose === 'none' || (whose === 'out' && hides) ? nowhere(id + 1_000_000, named.name) : named
    }
    if (whose === 'in') return some(key.inside)
    const found = some(key.outside[index % key.outside.length] ?? {})
    return whose === 'none' || hides ? nowhere(found.id, found.name) : found
  }

interface Told {
  status: number
  text: string
  all: string
}

async function send({ method, url, headers, body }: Rendered, { secret }: NarrowKey): Promise<Told> {
  const { cookie, ...others } = headers
  const response = await fetchWith({ ...withoutLimits, ...withoutLocks }, url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...others,
      ...(cookie === undefined ? {} : { cookie: owner.headers['cookie'] ?? '' }),
      authorization: `Bearer ${secret}`,
      'cf-connecting-ip': randomIp(),
    },
    ...(body === undefined || method === 'HEAD' || method.toUpperCase() === 'GET' ? {} : { body }),
    redirect: 'manual',
  })
  const text = await response.text()
  return { status: response.status, text, all: [text, ...[...response.headers].flat()].join('\n') }
}

/** The answer with one name for whatever was asked for, so that two of them can be compared. */
const neutral = ({ status, text }: Told, named: Rendered['named']) => {
  let plain = text.replace(/"requestId":"\w+"/, '').replace(/No operation [^"]*/, '')
  for (const { id, name } of named) {
    for (const word of [id, 2n ** 64n + BigInt(id), name, name.toUpperCase()])
      plain = plain.replaceAll(String(word), '#')
  }
  return `${status} ${plain}`
}

const changes = (rendered: Rendered, { status }: Told) =>
  status < 300 && !['GET', 'HEAD', 'OPTIONS'].includes(rendered.method.toUpperCase())

interface Outcome {
  /** In words. */
  faults: string[]
  told: Told
  changed: boolean
  now: Rows
}

/** What is wrong with how this attempt went. */
async function faultsOf(attempt: Attempt, before: Rows): Promise<Outcome> {
  const key = keys[attempt.key]
  if (!key) throw new Error(`no key ${attempt.key}`)
  const rendered = render(attempt, baseOf, fillFor(key, false))
  const told = await send(rendered, key)
  const found = canaries[attempt.key] ?? { words: [], ids: new Set<string>() }
  const faults = leaksOf(told.all, rendered, found).map((leak) => `told of ${leak}`)
  // What has not been asked to change is looked at with the next that has.
  const now = /^(get|head)$/i.test(rendered.method) ? before : await kept.now()
  faults.push(...harmOf(before, now, key.scopeOf(before), belongsTo(attempt.key, now)))
  if (told.status >= 500 && told.status !== 503) faults.push(`answered ${told.status}`)
  const changed = changes(rendered, told)
  if (rendered.named.length > 0 && !changed && attempt.key !== 'reader') {
    const twin = render(attempt, baseOf, fillFor(key, true))
    const named = [...rendered.named, ...twin.named]
    const [one, other] = [neutral(told, named), neutral(await send(twin, key), named)]
    if (one !== other) faults.push(`tells what is outside from what is nowhere: ${one} | ${other}`)
  }
  return { faults: faults.map((fault) => describeFault(fault, attempt, rendered, told)), told, changed, now }
}

const describeFault = (
  fault: string,
  { key, headers }: Attempt,
  { method, url, body }: Rendered,
  { status, text }: Told,
) =>
  `${fault.slice(0, 600)}\n  by ${key}: ${method} ${url.slice(0, 300)} ${JSON.stringify(headers)} ${String(body).slice(0, 400)}\n  ${status} ${text.slice(0, 300)}`

/** What may be there after this key's requests, besides what was outside before. */
function belongsTo(name: string, now: Rows) {
  const scope = keys[name]?.scopeOf(now)
  return (at: string, row: Row) => scope !== undefined && scope.writes && (scope.sees(at, row) || scope.binds(at, row))
}

describe(`a narrow key (seed ${seed})`, { timeout: 7_200_000 }, () => {
  it('neither changes nor learns anything outside its scope, whatever is asked', async () => {
    const generated = attempts(operations, ['label', ...Object.keys(keys)], bases)
    const seen = new Map<string, number>()
    const faults: string[] = []
    const chunk = 500
    let [writes, before] = [0, kept.rows]
    for (let done = 0; done < total && faults.length < 10; done += chunk) {
      for (const attempt of fc.sample(generated, { seed: seed + done, numRuns: Math.min(chunk, total - done) })) {
        const { faults: found, told, changed, now } = await faultsOf(attempt, before)
        faults.push(...found)
        before = now
        const outcome = changed ? 'changed' : String(told.status)
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
        if (changed) writes += 1
        if (writes >= writesBetweenRestores || found.length > 0) {
          await kept.restore()
          ;[writes, before] = [0, kept.rows]
        }
      }
    }
    console.log(`escape: ${total} tries with seed ${seed}: ${JSON.stringify([...seen].toSorted())}`)
    expect(faults).toEqual([])
    // Had everything been refused, nothing would have been tried.
    for (const outcome of ['changed', '200', '403', '404', '422']) {
      expect([outcome, (seen.get(outcome) ?? 0) > total / 200]).toEqual([outcome, true])
    }
  })
})

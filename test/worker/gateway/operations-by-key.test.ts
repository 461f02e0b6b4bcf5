import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations, type Operation } from '../../../worker/provider/hetzner/operations/index.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { createKey } from '../../support/api-keys.ts'
import { execute } from '../../support/database.ts'
import { readJson, signInAs } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { createFleet, keepFleets, type Fleet, type Side } from './fleet.ts'
import { samples, type Sample } from './operation-samples.ts'
import { columns, everywhere, operationsByKey, outcomes } from './operations-by-key.ts'
import { allPermissions, readPermissions } from './permissions.ts'
import { labelled, toolKey, withoutLocks } from './support.ts'

const address = '192.0.2.7'

let home: Fleet
let away: Fleet
let kept: Awaited<ReturnType<typeof keepFleets>>
let secrets: Record<string, string | null>
/** For each kind, an action that is about nothing but this one. */
const actions = new Map<Side, Record<string, number>>()

beforeAll(async () => {
  const owner = await signInAs('OWNER')
  home = await createFleet()
  away = await createFleet()
  for (const side of [home.web, home.data]) actions.set(side, await actionsOf(side))
  kept = await keepFleets([home, away])
  const { accountId, serverIds } = home
  const make = async (change: Record<string, unknown> = {}) => (await toolKey(owner, change)).secret
  const bound = { accountId }
  secrets = {
    full: await make(),
    reader: await make({ permissions: readPermissions }),
    server: await make({ scopes: [{ kind: 'server', serverId: serverIds.web }] }),
    label: await make({ scopes: labelled('team=web') }),
    power: await make({ permissions: ['servers:read', 'servers:power'] }),
    'one project': await make({ scopes: [{ kind: 'account', accountId }] }),
    'another project': await make({ scopes: [{ kind: 'account', accountId: away.accountId }] }),
    'bound to another project': await make({ accountId: away.accountId }),
    'from another address': await make({ ipAllowlist: ['198.51.100.0/24'], ...bound }),
    'no key': null,
  }
  const expired = await toolKey(owner)
  await execute('UPDATE api_keys SET expires_at = 1 WHERE id = ?', expired.key.id)
  const admin = await signInAs('ADMIN')
  secrets['its person suspended'] = (await createKey(admin, { permissions: allPermissions, stepUp: 'never' })).secret
  await readJson(await owner.api(`/users/${admin.me.id}/suspend`, { json: { reason: 'lost phone' } }))
  secrets['expired'] = expired.secret
})

interface Told {
  status: number
  code: string | undefined
}

const toldBy = async (response: Response): Promise<Told> => {
  const text = await response.text()
  const body = text === '' ? {} : (JSON.parse(text) as { error?: { code: string } })
  return { status: response.status, code: body.error?.code }
}

const direct = (method: string, path: string, body?: object): Promise<Response> =>
  simulatorFetch(env)(`http://simulator.internal/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${home.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const through = (secret: string | null, method: string, path: string, body?: object): Promise<Response> =>
  fetchWith({ ...withoutLimits, ...withoutLocks }, `/hetzner/${home.accountId}/v1${path}`, {
    method,
    headers: {
      'cf-connecting-ip': address,
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const collections: Record<string, string> = { ssh_key: 'ssh_keys', primary_ip: 'primary_ips' }
const withActions = ['image', 'volume', 'network', 'floating_ip', 'primary_ip', 'load_balancer', 'zone']

async function actionsOf(side: Side): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  const act = async (kind: string, path: string, body: object) => {
    if (!side[kind]) return
    const answer = await (
      await direct('POST', path, body)
    ).json<{ action?: { id: number }; actions?: { id: number }[] }>()
    found[kind] = answer.action?.id ?? answer.actions?.[0]?.id ?? 0
  }
  const id = (kind: string) => side[kind]?.id
  for (const kind of withActions) {
    const collection = collections[kind] ?? `${kind}s`
    await act(kind, `/${collection}/${id(kind)}/actions/change_protection`, { delete: false })
  }
  await act('server', `/servers/${id('server')}/actions/change_protection`, { delete: false, rebuild: false })
  await act('firewall', `/firewalls/${id('firewall:free')}/actions/set_rules`, { rules: [] })
  const certificate = await direct('GET', `/certificates/${id('certificate')}/actions`)
  const { actions: issued } = await certificate.json<{ actions?: { id: number }[] }>()
  found['certificate'] = issued?.[0]?.id ?? 0
  return found
}

const catalogue: Record<string, number> = {
  location: 1,
  server_type: 109,
  load_balancer_type: 1,
  iso: 118_640,
  datacenter: 1,
}

function pathOf({ path, parameters, key }: Operation, side: Side, sample: Sample): string {
  const [first] = parameters
  const ofActions = /^\/(\w+)\/actions\/\{id\}$/.exec(path)?.[1]
  const actionKind = ofActions ? ofActions.replace(/s$/, '') : (first?.kind ?? 'server')
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'rr_name') return 'www'
    if (name === 'rr_type') return 'A'
    const kind = parameters.find((parameter) => parameter.name === name)?.kind ?? ''
    const action = actions.get(side)?.[actionKind === 'action' ? 'server' : actionKind]
    if (kind === 'action') return String(action ?? 99_999_999)
    return String(catalogue[kind] ?? side[sample.on ?? kind]?.id ?? 99_999_999)
  })
  const query = key === 'GET /actions' ? `?id=${actions.get(side)?.['server']}` : (sample.query ?? '')
  return filled + query
}

interface Request {
  method: string
  path: string
  body: object | undefined
  first: [string, object?][]
  refused: string | undefined
}

function requestOf(operation: Operation, side: Side): Request {
  const labels = { team: side === home.web ? 'web' : 'data' }
  const sample = samples[operation.key]?.(side, labels) ?? {}
  const { body, first = [], refused } = sample
  return { method: operation.method, path: pathOf(operation, side, sample), body, first, refused }
}

/** What Hetzner itself says to the request, after what has to be done first. Everything is put back afterwards. */
async function played({ method, path, body, first }: Request, send: typeof direct): Promise<Told> {
  for (const [at, with_] of first) await (await direct('POST', at, with_ ?? {})).text()
  const told = await toldBy(await send(method, path, body))
  if (method !== 'GET' && (told.status < 300 || first.length > 0)) await kept.restore()
  return told
}

const inWords = ({ status, code }: Told) => `${status} ${code ?? ''}`

/** What a letter of the table stands for. What is allowed is answered as Hetzner itself answers it. */
const meant = (letter: string | undefined, allowed: Told): string =>
  letter === 'A' ? inWords(allowed) : (outcomes[letter ?? '']?.join(' ') ?? 'missing in the table')

describe('the table of operations by key', () => {
  it('has every operation, and no other', () => {
    expect(Object.keys(operationsByKey).toSorted()).toEqual(operations.map(({ key }) => key).toSorted())
  })

  it('has everything that a request needs which the provider accepts', () => {
    const unknown = Object.keys(samples).filter((key) => !(key in operationsByKey))
    expect(unknown).toEqual([])
  })
})

describe.each(operations.map((operation) => [operation.key, operation] as const))('%s', (key, operation) => {
  it('answers every kind of key as the table says', async () => {
    const request = requestOf(operation, home.web)
    const allowed = await played(request, direct)
    if (operation.removed === undefined) {
      expect([key, allowed.code === undefined ? undefined : `${allowed.status} ${allowed.code}`]).toEqual([
        key,
        request.refused,
      ])
    }
    const told: Record<string, string> = {}
    const wanted: Record<string, string> = {}
    const letters = operationsByKey[key]?.split(' ') ?? []
    for (const [index, column] of columns.entries()) {
      const [kind = '', where] = column.split(' ')
      const asked = where === 'out' ? requestOf(operation, home.data) : request
      const secret = secrets[kind] ?? null
      told[column] = inWords(await played(asked, (...call) => through(secret, ...call)))
      wanted[column] = meant(letters[index], allowed)
    }
    for (const [kind, letter] of Object.entries(everywhere)) {
      const secret = secrets[kind] ?? null
      told[kind] = inWords(await played(request, (...call) => through(secret, ...call)))
      const isIn = kind === 'one project' || kind.endsWith('another project')
      wanted[kind] = meant(operation.removed !== undefined && isIn ? 'G' : letter, allowed)
    }
    expect(told).toEqual(wanted)
  })
})

import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestAccount, outside, type SimulatedProject } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { signInAs, type TestSession } from '../../support/session.ts'
import { readPermissions } from './permissions.ts'
import { client, labelled, toolKey } from './support.ts'

interface Zone {
  id: number
  name: string
  labels: Record<string, string>
  primary_nameservers: { tsig_key?: string | null }[]
}

const MINE = 'mine.example'
const OTHER = 'other.example'
const RECORDS = { records: [{ value: '192.0.2.7' }] }

let owner: TestSession
let project: SimulatedProject
let accountId = ''
let base = ''
let mine: Zone
let other: Zone

const direct = <T = Record<string, unknown>>(method: string, path: string, body?: object) =>
  outside<T>(project.token, method, path, body)
const zoneAt = async (key: string | number) => (await direct<{ zone: Zone }>('GET', `/zones/${key}`)).zone

/** Creates a zone past WebNova, and waits until it is ready. */
async function addZone(name: string, body: object = {}): Promise<Zone> {
  const { zone } = await direct<{ zone: Zone }>('POST', '/zones', { name, mode: 'primary', ...body })
  const isReady = async () => expect(await zoneAt(zone.id)).toMatchObject({ status: 'ok' })
  await vi.waitFor(isReady, { timeout: 20_000 })
  return zone
}

beforeAll(async () => {
  owner = await signInAs('OWNER')
  const made = await createTestAccount({ servers: 0 })
  ;({ project, accountId } = made)
  base = `/hetzner/${accountId}/v1`
  const rrsets = [{ name: 'www', type: 'A', labels: { a: 'b' }, records: [{ value: '192.0.2.1' }] }]
  mine = await addZone(MINE, { labels: { team: 'web' }, rrsets })
  other = await addZone(OTHER, { labels: { team: 'data' }, rrsets })
})

const as = async (change: Record<string, unknown> = {}) => client((await toolKey(owner, change)).secret, base)
const forWeb = () => as({ scopes: labelled('team=web') })

/** Everything that can be said to a zone and its records. */
const requestsTo = (zone: string | number): [method: string, path: string, body?: unknown][] => [
  ['GET', `/zones/${zone}`],
  ['GET', `/zones/${zone}/zonefile`],
  ['GET', `/zones/${zone}/actions`],
  ['GET', `/zones/${zone}/rrsets`],
  ['GET', `/zones/${zone}/rrsets/www/A`],
  ['PUT', `/zones/${zone}`, { labels: { team: 'web' } }],
  ['DELETE', `/zones/${zone}`],
  ['POST', `/zones/${zone}/actions/change_ttl`, { ttl: 60 }],
  ['POST', `/zones/${zone}/actions/change_protection`, { delete: true }],
  ['POST', `/zones/${zone}/actions/import_zonefile`, { zonefile: 'x' }],
  ['POST', `/zones/${zone}/actions/change_primary_nameservers`, { primary_nameservers: [{ address: '192.0.2.1' }] }],
  ['POST', `/zones/${zone}/rrsets`, { name: 'new', type: 'A', ...RECORDS }],
  ['PUT', `/zones/${zone}/rrsets/www/A`, { labels: {} }],
  ['DELETE', `/zones/${zone}/rrsets/www/A`],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/set_records`, RECORDS],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/add_records`, RECORDS],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/remove_records`, RECORDS],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/update_records`, { records: [{ value: '192.0.2.1', comment: 'x' }] }],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/change_ttl`, { ttl: 60 }],
  ['POST', `/zones/${zone}/rrsets/www/A/actions/change_protection`, { change: true }],
]

describe('a key with all of a project', () => {
  it('gets Hetzner’s very answers about a zone, by its id and by its name', async () => {
    const tool = await as()
    for (const key of [mine.id, MINE]) {
      for (const [method, path] of requestsTo(key).filter(([method]) => method === 'GET')) {
        const through = await tool(method, path)
        expect([path, through.status, through.body]).toEqual([path, 200, await direct(method, path)])
      }
    }
    expect(await tool('GET', '/zones/nobody.example')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    })
  })

  it('changes records by name, on the record', async () => {
    const { key, secret } = await toolKey(owner)
    const tool = client(secret, base)
    const path = `/zones/${OTHER}/rrsets`
    expect((await tool('POST', path, { name: '@', type: 'A', ...RECORDS })).status).toBe(201)
    expect((await tool('GET', `${path}/@/A`)).status).toBe(200)
    expect((await tool('GET', `${path}/%40/A`)).status).toBe(200)
    expect((await tool('DELETE', `${path}/@/A`)).status).toBe(201)
    const phases = async () =>
      (await auditRows('resource.delete')).filter((row) => row.key_id === key.id).map(({ phase }) => phase)
    await expect.poll(phases, { timeout: 20_000 }).toEqual(['started', 'accepted', 'succeeded'])
  })
})

describe('a key for one label', () => {
  it('is told of its own zone by name, and of no other', async () => {
    const tool = await forWeb()
    for (const [method, path] of requestsTo(MINE).filter(([method]) => method === 'GET'))
      expect([path, (await tool(method, path)).status]).toEqual([path, 200])
    expect((await tool('GET', '/zones')).body['zones']).toMatchObject([{ id: mine.id }])
    expect((await tool('GET', `/zones?name=${OTHER}`)).body['zones']).toEqual([])
    expect((await tool('GET', `/zones/${MINE}/rrsets`)).body['rrsets']).toEqual(
      (await direct('GET', `/zones/${MINE}/rrsets`))['rrsets'],
    )
  })

  it('finds nothing behind the name or the id of another zone, whatever it asks, and leaves it as it was', async () => {
    const tool = await forWeb()
    const before = await Promise.all([zoneAt(other.id), direct('GET', `/zones/${other.id}/zonefile`)])
    for (const key of [OTHER, other.id]) {
      const nothing = requestsTo(key === OTHER ? 'nobody.example' : 999_999_999)
      for (const [index, [method, path, body]] of requestsTo(key).entries()) {
        const answer = await tool(method, path, body)
        expect([method, path, answer.status]).toEqual([method, path, 404])
        const [, nowhere = ''] = nothing[index] ?? []
        expect([path, answer.body]).toEqual([path, (await tool(method, nowhere, body)).body])
      }
    }
    expect(await Promise.all([zoneAt(other.id), direct('GET', `/zones/${other.id}/zonefile`)])).toEqual(before)
  })

  it.each([
    OTHER.toUpperCase(),
    `${OTHER}.`,
    'other%2Eexample',
    '%6Fther.example',
    `${OTHER}%00`,
    `${OTHER}%2Frrsets`,
    `./${OTHER}`,
    `/${OTHER}`,
    `${MINE}/../${OTHER}`,
    `${MINE}%2F..%2F${OTHER}`,
    ` ${OTHER}`,
    'other%E3%80%82example',
    'other．example',
  ])('finds nothing behind "%s" either', async (name) => {
    const tool = await forWeb()
    for (const [method, path, body] of requestsTo(name)) {
      const { status } = await tool(method, path, body)
      expect([method, path, status === 404 || status === 405]).toEqual([method, path, true])
    }
  })

  it('works on its own zone’s records by name', async () => {
    const tool = await forWeb()
    const path = `/zones/${MINE}/rrsets`
    expect((await tool('POST', path, { name: 'api', type: 'A', labels: { b: 'c' }, ...RECORDS })).status).toBe(201)
    const actions = await tool('GET', `/zones/${MINE}/actions`)
    expect(actions.body['actions']).toEqual(
      expect.arrayContaining([expect.objectContaining({ command: 'create_rrset' })]),
    )
    expect(
      (await tool('POST', `${path}/api/A/actions/add_records`, { records: [{ value: '192.0.2.8' }] })).status,
    ).toBe(201)
    expect((await tool('GET', `${path}/api/A`)).body['rrset']).toMatchObject({ records: [{}, {}], labels: { b: 'c' } })
    expect((await tool('DELETE', `${path}/api/A`)).status).toBe(201)
    expect((await tool('GET', `${path}/api/A`)).status).toBe(404)
  })

  it('labels records as it likes, for their labels are no fence, but not its zone, by neither name', async () => {
    const tool = await forWeb()
    const labels = { kept: 'yes' }
    for (const key of [MINE, mine.id]) {
      expect([key, (await tool('PUT', `/zones/${key}/rrsets/www/A`, { labels })).status]).toEqual([key, 200])
      for (const away of [{}, { team: 'data' }, labels])
        expect([key, (await tool('PUT', `/zones/${key}`, { labels: away })).status]).toEqual([key, 403])
      expect([key, (await tool('PUT', `/zones/${key}`, { labels: { team: 'web', ...labels } })).status]).toEqual([
        key,
        200,
      ])
    }
    expect((await zoneAt(mine.id)).labels).toEqual({ team: 'web', ...labels })
  })

  it('does not reach what has taken the name of its zone meanwhile', async () => {
    const tool = await forWeb()
    const { id } = await addZone('moved.example', { labels: { team: 'web' } })
    expect((await tool('GET', '/zones/moved.example')).body['zone']).toMatchObject({ id })
    await direct('DELETE', `/zones/${id}`)
    await expect
      .poll(async () => (await direct<{ zones: Zone[] }>('GET', '/zones?name=moved.example')).zones, {
        timeout: 20_000,
      })
      .toEqual([])
    const taken = await addZone('moved.example', { labels: { team: 'data' } })
    const before = await direct('GET', `/zones/${taken.id}/zonefile`)
    const wanted = { name: 'x', type: 'A', ...RECORDS }
    expect((await tool('POST', '/zones/moved.example/rrsets', wanted)).status).toBe(404)
    expect((await tool('DELETE', '/zones/moved.example')).status).toBe(404)
    expect(await direct('GET', `/zones/${taken.id}/zonefile`)).toEqual(before)
  })

  it('gets as many records on a page as Hetzner gives', async () => {
    const rrsets = Array.from({ length: 110 }, (_, index) => ({ name: `h${index}`, type: 'A', ...RECORDS }))
    await addZone('many.example', { labels: { team: 'web' }, rrsets })
    const tool = await forWeb()
    for (const query of ['per_page=100&sort=id', 'per_page=100&page=2&sort=id', 'per_page=500', '']) {
      const path = `/zones/many.example/rrsets?${query}`
      expect([query, (await tool('GET', path)).body]).toEqual([query, await direct('GET', path)])
    }
  })

  it('creates zones with its label only, and then has them by name', async () => {
    const tool = await forWeb()
    const refused = await tool('POST', '/zones', { name: 'new.example', mode: 'primary', labels: { team: 'data' } })
    expect(refused.status).toBe(403)
    const made = await tool('POST', '/zones', { name: 'new.example', mode: 'primary' })
    expect((made.body['zone'] as Zone).labels).toEqual({ team: 'web' })
    expect((await tool('GET', '/zones/new.example')).status).toBe(200)
    expect((await tool('POST', '/zones', { name: OTHER, mode: 'primary' })).status).toBe(409)
  })

  it('is told no key of a zone transfer', async () => {
    const nameservers = [{ address: '203.0.113.1', tsig_key: 'c2VjcmV0', tsig_algorithm: 'hmac-sha256' }]
    await addZone('transferred.example', {
      mode: 'secondary',
      primary_nameservers: nameservers,
      labels: { team: 'web' },
    })
    const told = async (tool: Awaited<ReturnType<typeof as>>) =>
      ((await tool('GET', '/zones/transferred.example')).body['zone'] as Zone).primary_nameservers[0]?.tsig_key
    expect(await told(await forWeb())).toBeNull()
    expect(await told(await as({ permissions: ['zones:read'] }))).toBeNull()
    expect(await told(await as())).toBe('c2VjcmV0')
  })
})

describe('a key for reading', () => {
  it('changes nothing by name, on the record', async () => {
    const { key, secret } = await toolKey(owner, { permissions: readPermissions })
    const tool = client(secret, base)
    for (const [method, path, body] of requestsTo(MINE)) {
      const expected = method === 'GET' ? 200 : 403
      expect([method, path, (await tool(method, path, body)).status]).toEqual([method, path, expected])
    }
    const denied = (await auditRows('resource.update')).filter((row) => row.phase === 'denied' && row.key_id === key.id)
    expect(denied).toHaveLength(2)
  })

  it('for other things is told nothing by name', async () => {
    const tool = await as({ permissions: ['servers:read'], scopes: labelled('team=web') })
    for (const key of [MINE, OTHER, 'nobody.example'])
      expect([key, (await tool('GET', `/zones/${key}`)).status]).toEqual([key, 403])
  })
})

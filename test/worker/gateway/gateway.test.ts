import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAccount, mirrorOf, outside, type SimulatedProject } from '../../support/accounts.ts'
import { forge } from '../../support/api-keys.ts'
import { auditRows } from '../../support/audit.ts'
import { execute } from '../../support/database.ts'
import { readJson, signInAs, type TestSession } from '../../support/session.ts'
import { client, labelled, toolKey } from './support.ts'
import { readPermissions } from './permissions.ts'

interface Server {
  id: number
  name: string
  labels: Record<string, string>
  volumes: number[]
}

let owner: TestSession
let project: SimulatedProject
let accountId = ''
let base = ''
let servers: Server[] = []
let mine: Server
let other: Server

const list = (answer: { body: Record<string, unknown> }, key = 'servers') => answer.body[key] as Server[]
const totalOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body['meta'] as { pagination: { total_entries: number } }).pagination.total_entries

beforeAll(async () => {
  owner = await signInAs('OWNER')
  const made = await createTestAccount({ servers: 4 })
  ;({ project, accountId } = made)
  base = `/hetzner/${accountId}/v1`
  ;({ servers } = await outside<{ servers: Server[] }>(project.token, 'GET', '/servers'))
  ;[mine, other] = servers as [Server, Server]
  await outside(project.token, 'PUT', `/servers/${mine.id}`, { labels: { team: 'web' } })
  await outside(project.token, 'PUT', `/servers/${other.id}`, { labels: { team: 'data' } })
  const { volume } = await outside<{ volume: { id: number } }>(project.token, 'POST', '/volumes', {
    name: 'books',
    size: 10,
    server: mine.id,
  })
  expect(volume.id).toBeGreaterThan(0)
  await readJson(await owner.api(`/accounts/${accountId}/sync`, { method: 'POST' }), 202)
})

const as = async (change: Record<string, unknown> = {}) => client((await toolKey(owner, change)).secret, base)
const oneServer = async () => {
  const row = (await mirrorOf(accountId)).find(({ provider_id }) => provider_id === String(mine.id))
  return [{ kind: 'server', serverId: row?.id }]
}

describe('who comes to the gateway', () => {
  it('is told of an unknown path first, then that a key is needed, in Hetzner’s form', async () => {
    const nobody = client(null, base)
    expect(await nobody('GET', '/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', details: null } },
    })
    expect(await nobody('GET', '/servers')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthorized', message: 'token is required' } },
    })
    expect(await client(owner.accessToken, base)('GET', '/servers')).toMatchObject({ status: 401 })
    expect(await client('x'.repeat(64), base)('GET', '/servers')).toMatchObject({ status: 401 })
    const tool = await as()
    expect(await tool('PATCH', '/servers')).toMatchObject({
      status: 405,
      body: { error: { code: 'method_not_allowed' } },
    })
    expect(await tool('GET', '/datacenters')).toMatchObject({ status: 410 })
  })

  it('is nobody at all with a cookie alone', async () => {
    const answer = await client(null, base)('GET', '/servers', undefined, owner.headers)
    expect(answer.status).toBe(401)
  })

  it('is refused from the moment the person is suspended, and let in again with them', async () => {
    const admin = await signInAs('ADMIN')
    const { secret } = await toolKey(admin, { permissions: ['servers:read'] })
    const tool = client(secret, base)
    expect((await tool('GET', '/servers')).status).toBe(200)
    await readJson(await owner.api(`/users/${admin.me.id}/suspend`, { json: { reason: 'lost phone' } }))
    expect(await tool('GET', '/servers')).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden', message: 'Account SUSPENDED. Access denied.' } },
    })
    await readJson(await owner.api(`/users/${admin.me.id}/reactivate`, { json: {} }))
    expect((await tool('GET', '/servers')).status).toBe(200)
  })

  it('counts against their address what may be a guess, as everywhere', async () => {
    const wrong = client(await forge((await toolKey(owner)).secret), base)
    const from = { 'cf-connecting-ip': '198.51.100.17' }
    const answers = await Promise.all(Array.from({ length: 70 }, () => wrong('GET', '/servers', undefined, from)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(62)
    expect(answers.find(({ status }) => status === 429)?.body.error?.code).toBe('rate_limit_exceeded')
  })

  it('finds no project behind a key for one that was removed', async () => {
    const gone = await createTestAccount({ servers: 1 })
    const { secret } = await toolKey(owner, { accountId: gone.accountId })
    const tool = client(secret)
    expect((await tool('GET', '/servers')).status).toBe(200)
    expect((await owner.api(`/accounts/${gone.accountId}`, { method: 'DELETE' })).status).toBe(204)
    expect(await tool('GET', '/servers')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  })
})

describe('a key with all of a project', () => {
  it('gets the very answers of Hetzner', async () => {
    const tool = await as()
    for (const path of [
      '/servers',
      `/servers/${mine.id}`,
      '/volumes',
      '/images?type=system',
      '/locations',
      '/pricing',
    ]) {
      const [through, direct] = [await tool('GET', path), await outside(project.token, 'GET', path)]
      expect([path, through.status, through.body]).toEqual([path, 200, direct])
    }
  })

  it('creates, labels, powers and deletes, each on the record with key and person', async () => {
    const { key, secret } = await toolKey(owner)
    const tool = client(secret, base)
    const created = await tool('POST', '/servers', {
      name: 'made',
      server_type: 'cpx22',
      image: 'debian-12',
      location: 'fsn1',
    })
    expect([created.status, created.body.error]).toEqual([201, undefined])
    const { id } = created.body['server'] as Server
    expect(created.body['root_password']).toBeTruthy()
    expect((await tool('GET', `/servers?name=made`)).body['servers']).toHaveLength(1)
    expect((await tool('PUT', `/servers/${id}`, { labels: { a: 'b' } })).status).toBe(200)
    const rows = await auditRows('server.create')
    expect(rows.at(-1)).toMatchObject({ phase: 'accepted', actor_id: owner.me.id, key_id: key.id, source: 'gateway' })
    expect(JSON.stringify(rows)).not.toContain(String(created.body['root_password']))
    await expect.poll(async () => (await tool('DELETE', `/servers/${id}`)).status, { timeout: 20_000 }).toBe(200)
    expect((await tool('GET', `/servers/${id}`)).status).toBe(404)
  })

  it('acts on a server that no pass has seen yet, and knows it from then on', async () => {
    const { server } = await outside<{ server: Server }>(project.token, 'POST', '/servers', {
      name: 'fresh',
      server_type: 'cpx22',
      image: 'debian-12',
    })
    const tool = await as()
    const power = async () => (await tool('POST', `/servers/${server.id}/actions/poweroff`)).status
    await expect.poll(power, { timeout: 20_000 }).toBe(201)
    expect((await mirrorOf(accountId)).map(({ name }) => name)).toContain('fresh')
    expect((await tool('POST', '/servers/999999/actions/poweroff')).status).toBe(404)
  })

  it('is told what Hetzner refuses, as Hetzner says it', async () => {
    const tool = await as()
    const answer = await tool('POST', '/servers', { name: mine.name, server_type: 'cpx22', image: 'debian-12' })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'uniqueness_error' } } })
    expect(await tool('POST', '/servers', '{"name":')).toMatchObject({
      status: 400,
      body: { error: { code: 'json_error' } },
    })
  })

  it('leaves on the record what it was to do where Hetzner refuses it, its secrets excepted', async () => {
    const tool = await as()
    const secret = '#cloud-config with a password'
    const body = { name: 'bad name!', server_type: 'cpx22', image: 'debian-12', user_data: secret }
    expect((await tool('POST', '/servers', body)).status).toBe(422)
    const [first, last] = (await auditRows('server.create')).slice(-2)
    expect([first?.phase, last?.phase]).toEqual(['started', 'failed'])
    const asked = JSON.parse(first?.after ?? '{}') as Record<string, string>
    expect(asked).toMatchObject({ operation: 'POST /servers', account: accountId })
    expect(asked['request']).toContain('bad name!')
    expect(JSON.stringify([first, last])).not.toContain(secret)
  })

  it('does not get past an owner lock', async () => {
    const tool = await as()
    const row = (await mirrorOf(accountId)).find(({ provider_id }) => provider_id === String(other.id))
    await readJson(await owner.api(`/servers/${row?.id}/lock`, { method: 'PUT', json: {} }))
    expect(await tool('DELETE', `/servers/${other.id}`)).toMatchObject({
      status: 423,
      body: { error: { code: 'protected' } },
    })
    expect((await tool('POST', `/servers/${other.id}/actions/rebuild`, { image: 'debian-12' })).status).toBe(423)
    await readJson(await owner.api(`/servers/${row?.id}/lock`, { method: 'DELETE' }))
  })
})

describe('a narrow key', () => {
  it('for one server sees and touches that one only', async () => {
    const tool = await as({ scopes: await oneServer() })
    const answer = await tool('GET', '/servers')
    expect(list(answer).map(({ id }) => id)).toEqual([mine.id])
    expect(totalOf(answer)).toBe(1)
    expect(list(answer)[0]?.volumes).toEqual([])
    expect(list(await tool('GET', '/volumes'), 'volumes')).toEqual([])
    const hidden = await tool('GET', `/servers/${other.id}`)
    expect(hidden).toMatchObject({ status: 404 })
    expect(hidden.body).toEqual((await tool('GET', '/servers/999999')).body)
    expect((await tool('POST', `/servers/${other.id}/actions/reboot`)).status).toBe(404)
    await expect
      .poll(async () => (await tool('POST', `/servers/${mine.id}/actions/reboot`)).status, { timeout: 20_000 })
      .toBe(201)
    expect((await tool('POST', '/servers', { name: 'x', server_type: 'cpx22', image: 'debian-12' })).status).toBe(403)
  })

  it('for reading changes nothing, on the record', async () => {
    const { key, secret } = await toolKey(owner, { permissions: readPermissions })
    const tool = client(secret, base)
    for (const [method, path, body] of [
      ['DELETE', `/servers/${mine.id}`],
      ['POST', `/servers/${mine.id}/actions/poweroff`],
      ['PUT', `/servers/${mine.id}`, { name: 'x' }],
      ['POST', '/volumes', { name: 'x', size: 10, location: 'fsn1' }],
    ] as const) {
      expect([method, path, (await tool(method, path, body)).status]).toEqual([method, path, 403])
    }
    const denied = (await auditRows('server.delete')).filter((row) => row.phase === 'denied' && row.key_id === key.id)
    expect(denied).toHaveLength(1)
  })

  it('for one label creates with that label only, and cannot label itself out or others in', async () => {
    const tool = await as({ scopes: labelled('team=web') })
    expect(list(await tool('GET', '/servers')).map(({ id }) => id)).toEqual([mine.id])
    const refused = await tool('POST', '/volumes', { name: 'v1', size: 10, location: 'fsn1', labels: { team: 'data' } })
    expect(refused).toMatchObject({ status: 403 })
    const made = await tool('POST', '/volumes', { name: 'v1', size: 10, location: 'fsn1' })
    expect((made.body['volume'] as Server).labels).toEqual({ team: 'web' })
    const { id } = made.body['volume'] as Server
    expect((await tool('PUT', `/volumes/${id}`, { labels: { team: 'web', more: 'x' } })).status).toBe(200)
    expect((await tool('PUT', `/volumes/${id}`, { labels: {} })).status).toBe(403)
    expect((await tool('PUT', `/servers/${other.id}`, { labels: { team: 'web' } })).status).toBe(404)
    expect((await tool('POST', `/volumes/${id}/actions/attach`, { server: other.id })).status).toBe(404)
  })

  it('sees no action of what it does not see', async () => {
    const everything = await as()
    const { body } = await everything('POST', `/servers/${other.id}/actions/poweroff`)
    const { id } = body['action'] as Server
    const tool = await as({ scopes: await oneServer() })
    expect((await tool('GET', `/actions?id=${id}`)).body['actions']).toEqual([])
    expect((await tool('GET', `/actions/${id}`)).status).toBe(404)
    expect((await everything('GET', `/actions?id=${id}`)).body['actions']).toHaveLength(1)
    expect((await tool('GET', `/servers/${other.id}/actions`)).status).toBe(404)
  })

  it('without the console is told no secret', async () => {
    const permissions = ['servers:read', 'servers:create', 'images:read', 'servers:delete']
    const tool = await as({ permissions })
    const { body } = await tool('POST', '/servers', { name: 'quiet', server_type: 'cpx22', image: 'debian-12' })
    expect(body['root_password']).toBeNull()
    expect((body['server'] as Server).name).toBe('quiet')
  })

  it('that has lost a permission with its person has lost it at once', async () => {
    const admin = await signInAs('ADMIN')
    const { secret } = await toolKey(admin, { permissions: ['servers:read', 'servers:power'] })
    const tool = client(secret, base)
    await expect
      .poll(async () => (await tool('POST', `/servers/${mine.id}/actions/reboot`)).status, { timeout: 20_000 })
      .toBe(201)
    await execute(`UPDATE users SET permissions = '["-servers:power"]' WHERE id = ?`, admin.me.id)
    expect((await tool('POST', `/servers/${mine.id}/actions/reboot`)).status).toBe(403)
    expect((await tool('GET', '/servers')).status).toBe(200)
  })
})

describe('reads', () => {
  it('that ask for the same at once ask Hetzner once, and see a write at once', async () => {
    const { secret } = await toolKey(owner)
    const tool = client(secret, base)
    await tool('GET', '/servers', undefined, { 'cache-control': 'no-cache' })
    const remaining = async () =>
      Number(
        (await tool('GET', '/locations', undefined, { 'cache-control': 'no-cache' })).headers.get(
          'ratelimit-remaining',
        ),
      )
    const before = await remaining()
    await Promise.all(Array.from({ length: 20 }, () => tool('GET', '/servers?per_page=49')))
    expect(before - (await remaining())).toBeLessThanOrEqual(3)
    expect((await tool('PUT', `/servers/${mine.id}`, { name: 'renamed' })).status).toBe(200)
    expect((await tool('GET', `/servers/${mine.id}`)).body['server']).toMatchObject({ name: 'renamed' })
  })
})

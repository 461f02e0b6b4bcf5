import { beforeAll, describe, expect, it } from 'vitest'
import { outside } from '../../support/accounts.ts'
import { execute } from '../../support/database.ts'
import { signInAs, type TestSession } from '../../support/session.ts'
import { createFleet, one, type Fleet } from './fleet.ts'
import { client, labelled, toolKey } from './support.ts'

let owner: TestSession
let home: Fleet
let away: Fleet

beforeAll(async () => {
  owner = await signInAs('OWNER')
  home = await createFleet()
  away = await createFleet()
})

const keyFor = async (change: Record<string, unknown>) => (await toolKey(owner, change)).secret
const as = async (change: Record<string, unknown>) => client(await keyFor(change), `/hetzner/${home.accountId}/v1`)
const forWeb = { scopes: labelled('team=web') }
const told = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code]
const serverOf = async (path: string): Promise<unknown> => {
  const answer = await outside<Record<string, Record<string, unknown>>>(home.token, 'GET', path)
  return Object.values(answer)[0]?.['server']
}

describe('what is tied to a server outside the scope', () => {
  it('is not taken from it, and is taken from one inside', async () => {
    const tool = await as(forWeb)
    const { id: lent } = one(home.web, 'volume:lent')
    const { id: address } = one(home.web, 'floating_ip')
    const { id: mine } = one(home.web, 'server')
    expect(told(await tool('POST', `/volumes/${lent}/actions/detach`))).toEqual([403, 'forbidden'])
    expect(told(await tool('POST', `/floating_ips/${address}/actions/unassign`))).toEqual([403, 'forbidden'])
    expect(told(await tool('POST', `/floating_ips/${address}/actions/assign`, { server: mine }))).toEqual([
      403,
      'forbidden',
    ])
    expect(await serverOf(`/floating_ips/${address}`)).toBe(one(home.data, 'server').id)
    expect(await serverOf(`/volumes/${lent}`)).toBe(one(home.data, 'server').id)
    expect(told(await tool('POST', `/volumes/${one(home.web, 'volume').id}/actions/detach`))).toEqual([201, undefined])
  })
})

describe('what names many things, or none that can be looked at', () => {
  it('is for who has the whole project: labels of servers now and later, addresses of dedicated servers', async () => {
    const [tool, everything] = [await as(forWeb), await as({})]
    const firewall = `/firewalls/${one(home.web, 'firewall:free').id}/actions/apply_to_resources`
    const balancer = `/load_balancers/${one(home.web, 'load_balancer:free').id}/actions/add_target`
    for (const selector of ['team=web', 'team=data']) {
      const target = { type: 'label_selector', label_selector: { selector } }
      expect(told(await tool('POST', firewall, { apply_to: [target] }))).toEqual([403, 'forbidden'])
      expect(told(await tool('POST', balancer, target))).toEqual([403, 'forbidden'])
    }
    const target = { type: 'ip', ip: { ip: '203.0.113.7' } }
    expect(told(await tool('POST', balancer, target))).toEqual([403, 'forbidden'])
    expect((await everything('POST', balancer, target)).status).toBe(201)
  })

  it('is unknown by its name, as by its id, where it is outside', async () => {
    const tool = await as(forWeb)
    const path = `/servers/${one(home.web, 'server').id}/actions/enable_rescue`
    const { id, name } = one(home.data, 'ssh_key')
    const nowhere = await tool('POST', path, { ssh_keys: ['nobody'] })
    for (const key of [id, String(id), name]) {
      const answer = await tool('POST', path, { ssh_keys: [one(home.web, 'ssh_key').id, key] })
      expect([key, answer.status, answer.body]).toEqual([key, 404, nowhere.body])
    }
    expect((await tool('POST', path, { ssh_keys: [one(home.web, 'ssh_key').name] })).status).toBe(201)
  })
})

describe('a private switch of dedicated servers', () => {
  it('is joined only by who has the whole project', async () => {
    const subnet = { type: 'vswitch', network_zone: 'eu-central', ip_range: '10.0.9.0/24', vswitch_id: 1_000 }
    const path = `/networks/${one(home.web, 'network').id}/actions/add_subnet`
    expect(told(await (await as(forWeb))('POST', path, subnet))).toEqual([403, 'forbidden'])
    const network = { name: 'x', ip_range: '10.0.0.0/16', subnets: [subnet] }
    expect(told(await (await as(forWeb))('POST', '/networks', network))).toEqual([403, 'forbidden'])
    expect((await (await as({}))('POST', path, subnet)).status).not.toBe(403)
  })
})

describe('a managed certificate', () => {
  it('is only for who has all zones: its names are proven in them, and say which there are', async () => {
    const asked = { name: 'shop', type: 'managed', domain_names: ['shop.example'] }
    const tool = await as(forWeb)
    expect(told(await tool('POST', '/certificates', asked))).toEqual([403, 'forbidden'])
    const uploads = await as({ permissions: ['certificates:read', 'certificates:manage'] })
    expect(told(await uploads('POST', '/certificates', asked))).toEqual([403, 'forbidden'])
    expect((await (await as({}))('POST', '/certificates', asked)).status).toBe(201)
  })
})

describe('labels', () => {
  it('that are null are none: they neither stay away from a new thing nor go from an old one', async () => {
    const tool = await as(forWeb)
    const { id } = one(home.web, 'volume:free')
    expect((await tool('PUT', `/volumes/${id}`, { labels: null })).status).toBe(200)
    const { volume } = await outside<{ volume: { labels: object } }>(home.token, 'GET', `/volumes/${id}`)
    expect(volume.labels).toMatchObject({ team: 'web' })
    const made = await tool('POST', '/placement_groups', { name: 'nulled', type: 'spread', labels: null })
    expect(made.body['placement_group']).toMatchObject({ labels: { team: 'web' } })
  })

  it('are not changed of what nobody here knows, where a rule asks for them', async () => {
    const admin = await signInAs('ADMIN')
    const rule = { kind: 'labels', selector: 'team=data', accountId: null }
    await execute(
      "INSERT INTO grants (id, user_id, effect, permissions, scope, note, created_at, created_by) VALUES (?, ?, 'deny', '[\"servers:delete\"]', ?, '', 1, '')",
      crypto.randomUUID(),
      admin.me.id,
      JSON.stringify(rule),
    )
    const tool = client((await toolKey(admin)).secret, `/hetzner/${home.accountId}/v1`)
    const path = `/servers/${one(home.data, 'server').id}`
    expect(told(await tool('PUT', path, { labels: {} }))).toEqual([403, 'forbidden'])
    expect(told(await tool('PUT', '/servers/99999999', { labels: {} }))).toEqual([404, 'not_found'])
  })
})

describe('images of the provider', () => {
  it('are seen one by one as they are in the list, and are nobody’s to change', async () => {
    const tool = await as({ scopes: [{ kind: 'server', serverId: home.serverIds.web }] })
    const { images } = (await tool('GET', '/images?name=debian-12&architecture=x86')).body as {
      images: { id: number }[]
    }
    const { id } = images[0] ?? { id: 0 }
    expect((await tool('GET', `/images/${id}`)).body['image']).toMatchObject({ id, name: 'debian-12' })
    expect(told(await tool('DELETE', `/images/${id}`))).toEqual([403, 'forbidden'])
    expect(told(await tool('PUT', `/images/${id}`, { description: 'x' }))).toEqual([403, 'forbidden'])
    expect(told(await tool('GET', `/images/${one(home.web, 'image').id}`))).toEqual([404, 'not_found'])
  })
})

describe('a project that a key has nothing to do with', () => {
  it('is as unknown as one that never was', async () => {
    const secret = await keyFor({ scopes: [{ kind: 'account', accountId: home.accountId }] })
    const there = await client(secret, `/hetzner/${away.accountId}/v1`)('GET', '/servers')
    const nowhere = await client(secret, '/hetzner/acc_nowhere/v1')('GET', '/servers')
    expect([there.status, there.body]).toEqual([nowhere.status, nowhere.body])
    expect(told(there)).toEqual([404, 'not_found'])
  })
})

describe('a key that works no more', () => {
  it('is answered as Hetzner answers a token that does not', async () => {
    const { key, secret } = await toolKey(owner)
    const tool = client(secret, `/hetzner/${home.accountId}/v1`)
    expect((await tool('GET', '/servers')).status).toBe(200)
    await execute('UPDATE api_keys SET expires_at = 1 WHERE id = ?', key.id)
    expect(told(await tool('GET', '/servers'))).toEqual([401, 'unauthorized'])
    await execute('UPDATE api_keys SET expires_at = NULL, revoked_at = 1 WHERE id = ?', key.id)
    expect(told(await tool('GET', '/servers'))).toEqual([401, 'unauthorized'])
  })
})

import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { execute } from '../../support/database.ts'
import { signInAs, type TestSession } from '../../support/session.ts'
import * as fleets from '../actions/support.ts'
import { client, labelled, toolKey } from './support.ts'

interface Action {
  id: number
  status: string
}

let owner: TestSession
let secret = ''

beforeAll(async () => {
  owner = await signInAs('OWNER')
  ;({ secret } = await toolKey(owner))
})

beforeEach(async () => {
  await fleets.control('PUT', '/time', { scale: 1, frozen: true })
  await fleets.control('DELETE', '/faults')
})

// Nothing is left that follow-ups would look at for ever, in a time that stands still.
afterEach(() => execute('DELETE FROM operations'))

/** Servers that are being restarted, without our own follow-ups, and a way to count what Hetzner was asked for since. */
async function begin(servers = 1) {
  const fleet = await fleets.setUpFleet(servers)
  const base = `/hetzner/${fleet.accountId}/v1`
  const tool = client(secret, base)
  const actions: number[] = []
  for (const server of fleet.servers) {
    const { body } = await tool('POST', `/servers/${server.providerId}/actions/reboot`)
    actions.push((body['action'] as Action).id)
    await fleets.hush(server)
  }
  await fleets.control('DELETE', '/requests')
  // Only what was asked about actions: a changed server is read once more behind the answer.
  const asked = async () => (await fleet.requests('/actions')).map(({ path: at }) => at)
  const since = Date.now()
  /** What a young action may have cost by now, at its pace; a slow machine takes its time. */
  const most = () => 1 + Math.ceil((Date.now() - since) / 500)
  return { ...fleet, base, tool, actions, asked, most }
}

describe('twenty tools that wait for the same action', () => {
  it('by whatever address, cost one request, and every one gets its own form', async () => {
    const { tool, server, actions, asked, most, project } = await begin()
    const [id = 0] = actions
    const ways = [
      `/actions/${id}`,
      `/servers/actions/${id}`,
      `/servers/${server.providerId}/actions/${id}`,
      `/actions?id=${id}`,
      `/actions?id=${id}&page=1&sort=status&sort=id`,
    ]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => tool('GET', ways[at % ways.length] ?? '')))
    expect((await asked()).length).toBeLessThan(most())
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    for (const [at, { body, headers }] of answers.slice(0, ways.length).entries()) {
      const direct = await fetchDirect(project.token, ways[at] ?? '')
      expect(body).toEqual(direct)
      expect(headers.get('ratelimit-limit')).toBe('3600')
      expect(headers.get('content-type')).toMatch(/^application\/json/)
    }
  })

  it('are told what is new after half a second, and nobody is asked once it has ended', async () => {
    const { tool, actions, asked, most } = await begin()
    const at = `/actions/${actions[0]}`
    expect((await tool('GET', at)).body).toMatchObject({ action: { status: 'running' } })
    await fleets.advance(60)
    await expect
      .poll(async () => ((await tool('GET', at)).body['action'] as Action).status, { timeout: 10_000, interval: 50 })
      .toBe('success')
    const before = (await asked()).length
    expect(before).toBeLessThanOrEqual(most())
    for (let i = 0; i < 20; i++) await tool('GET', at)
    expect(await asked()).toHaveLength(before)
  })

  it('may ask past it', async () => {
    const { tool, actions, asked } = await begin()
    const noCache = { 'cache-control': 'no-cache' }
    for (let i = 0; i < 3; i++) await tool('GET', `/actions/${actions[0]}`, undefined, noCache)
    expect(await asked()).toHaveLength(3)
  })
})

describe('tools that wait for different actions', () => {
  it('are asked for together', async () => {
    const { tool, actions, asked, most } = await begin(10)
    const poll = () => Promise.all(actions.map((id) => tool('GET', `/actions/${id}`)))
    const first = await poll()
    expect(first.map(({ body }) => (body['action'] as Action).id)).toEqual(actions)
    // One for whoever was first, one for all the others.
    expect((await asked()).length).toBeLessThanOrEqual(most())
    await fleets.advance(60)
    await expect
      .poll(async () => (await poll()).every(({ body }) => (body['action'] as Action).status === 'success'), {
        timeout: 10_000,
        interval: 50,
      })
      .toBe(true)
    expect((await asked()).length).toBeLessThanOrEqual(most() + 1)
  })

  it('are told of what is not there, or is of another, as Hetzner tells it', async () => {
    const { tool, servers, actions, project } = await begin(2)
    const [mine, other] = [servers[0]?.providerId, servers[1]?.providerId]
    for (const path of [
      '/actions/987654321',
      `/servers/${other}/actions/${actions[0]}`,
      `/volumes/actions/${actions[0]}`,
    ]) {
      const answer = await tool('GET', path)
      expect([path, answer.status, answer.body]).toEqual([path, 404, await fetchDirect(project.token, path)])
    }
    expect((await tool('GET', `/servers/${mine}/actions/${actions[0]}`)).status).toBe(200)
    expect((await tool('GET', `/actions?id=${actions[0]}&id=987654321`)).body['actions']).toHaveLength(1)
  })

  it('see only their own, also of what another has just asked for', async () => {
    const { tool, base, servers, actions } = await begin(2)
    await tool('PUT', `/servers/${servers[0]?.providerId}`, { labels: { team: 'web' } })
    const narrow = client((await toolKey(owner, { scopes: labelled('team=web') })).secret, base)
    await tool('GET', `/actions?id=${actions[0]}&id=${actions[1]}`)
    expect((await narrow('GET', `/actions/${actions[1]}`)).status).toBe(404)
    const { body } = await narrow('GET', `/actions?id=${actions[0]}&id=${actions[1]}`)
    expect((body['actions'] as Action[]).map(({ id }) => id)).toEqual([actions[0]])
  })
})

describe('whoever waited for an action', () => {
  it('sees what came of it at once, whatever was read a moment before', async () => {
    const { tool, server, actions } = await begin()
    const statusOf = async () => ((await tool('GET', `/servers/${server.providerId}`)).body['server'] as Action).status
    await tool('GET', `/actions/${actions[0]}`)
    await fleets.advance(60)
    await fleets.control('PUT', '/time', { scale: 1, frozen: true })
    const before = await tool('POST', `/servers/${server.providerId}/actions/poweroff`)
    expect(before.status).toBe(201)
    const { id } = before.body['action'] as Action
    expect(await statusOf()).not.toBe('off')
    await fleets.advance(60)
    await expect
      .poll(
        async () => {
          const { action } = (await tool('GET', `/actions/${id}`)).body as unknown as { action: Action }
          // The very next read, in the same moment.
          return action.status === 'success' ? statusOf() : 'waiting'
        },
        { timeout: 10_000, interval: 50 },
      )
      .toBe('off')
  })
})

describe('what a client has just made', () => {
  it.each([
    ['volumes', 'volume', { name: 'v', size: 10, location: 'fsn1' }],
    ['networks', 'network', { name: 'n', ip_range: '10.0.0.0/16' }],
    ['firewalls', 'firewall', { name: 'f' }],
    ['servers', 'server', { name: 's', server_type: 'cpx22', image: 'debian-12', location: 'fsn1' }],
  ] as const)(
    'it sees at once among %s, alone and in lists read before; and no longer when it is gone',
    async (collection, one, body) => {
      const { accountId } = await fleets.setUpFleet()
      const tool = client(secret, `/hetzner/${accountId}/v1`)
      const narrow = client((await toolKey(owner, { scopes: labelled('team=web') })).secret, `/hetzner/${accountId}/v1`)
      const names = async (as: typeof tool) =>
        ((await as('GET', `/${collection}?sort=id:asc`)).body[collection] as { name: string }[]).map(({ name }) => name)
      const before = await names(tool)
      await names(narrow)
      const { status, body: made } = await narrow('POST', `/${collection}`, body)
      expect(status).toBe(201)
      const { id } = made[one] as unknown as Action
      expect(await names(tool)).toEqual([...before, body.name])
      expect(await names(narrow)).toEqual([body.name])
      for (const as of [tool, narrow]) {
        expect((await as('GET', `/${collection}/${id}`)).status).toBe(200)
        expect(((await as('GET', `/${collection}?name=${body.name}`)).body[collection] as unknown[]).length).toBe(1)
      }
      await fleets.advance(120)
      const removed = await narrow('DELETE', `/${collection}/${id}`)
      expect(removed.status).toBeLessThan(300)
      for (const as of [tool, narrow]) expect((await as('GET', `/${collection}/${id}`)).status).toBe(404)
      expect(await names(tool)).toEqual(before)
    },
  )
})

async function fetchDirect(token: string, path: string): Promise<unknown> {
  const response = await simulatorFetch(env)(`http://simulator.internal/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return response.json()
}

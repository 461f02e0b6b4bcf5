import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditRows } from '../../support/audit.ts'
import { execute, queryAll } from '../../support/database.ts'
import { signInAs, type TestSession } from '../../support/session.ts'
import * as fleets from '../actions/support.ts'
import { client, toolKey } from './support.ts'

let owner: TestSession
let secret = ''

beforeAll(async () => {
  owner = await signInAs('OWNER')
  ;({ secret } = await toolKey(owner))
})

beforeEach(async () => {
  await fleets.control('PUT', '/time', { scale: 1, frozen: true })
  await fleets.control('DELETE', '/faults')
  await execute('DELETE FROM idempotency_keys')
})

// Nothing is left that follow-ups would look at for ever, in a time that stands still.
afterEach(() => execute('DELETE FROM operations'))

const web1 = { name: 'web1', server_type: 'cpx22', image: 'debian-12', location: 'fsn1' }

async function begin() {
  const fleet = await fleets.setUpFleet()
  const base = `/hetzner/${fleet.accountId}/v1`
  const tool = client(secret, base)
  const sent = async (path: string) =>
    (await fleets.control<{ writes: unknown[] }>('GET', `/writes?project=${fleet.project.id}&method=POST&path=${path}`))
      .writes.length
  const slow = (path: string) => fleet.addFault('latency', { method: 'POST', path, ms: 3_000 })
  return { ...fleet, base, tool, sent, slow, make: (body: object = web1) => tool('POST', '/servers', body) }
}

/** As the official clients do it: after `conflict`, once more. */
async function asClientsDo<T extends { status: number; body: { error?: { code: string } } }>(send: () => Promise<T>) {
  const answers = [await send()]
  while (answers.at(-1)?.body.error?.code === 'conflict') {
    await new Promise((resume) => setTimeout(resume, 100))
    answers.push(await send())
  }
  return answers
}

const idOf = ({ body }: { body: Record<string, unknown> }) => (body['server'] as { id: number } | undefined)?.id

describe('a create that is repeated while the first is under way', () => {
  it('is told to wait as Hetzner’s clients understand it, and then gets what the first has made', async () => {
    const { make, slow, sent } = await begin()
    await slow('^/servers$')
    const first = make()
    await expect
      .poll(async () => (await queryAll('SELECT id FROM idempotency_keys WHERE status IS NULL')).length, {
        timeout: 10_000,
        interval: 10,
      })
      .toBeGreaterThan(0)
    const [answer, repeats] = await Promise.all([first, asClientsDo(() => make())])
    expect(answer.status).toBe(201)
    expect(repeats[0]).toMatchObject({ status: 409, body: { error: { code: 'conflict', details: null } } })
    const last = repeats.at(-1)
    expect([last?.status, last && idOf(last)]).toEqual([201, idOf(answer)])
    expect(last?.headers.get('idempotency-replayed')).toBe('true')
    expect(answer.body['root_password']).toBeTruthy()
    expect(last?.body['root_password']).toBeNull()
    expect(
      await queryAll(
        'SELECT body FROM idempotency_keys WHERE body LIKE ?',
        `%${String(answer.body['root_password'])}%`,
      ),
    ).toEqual([])
    expect(await sent('^/servers$&performed=true')).toBe(1)
    // Who only says the same later means it, and is told what Hetzner says.
    expect((await make({ ...web1, name: 'web1', labels: { a: 'b' } })).body.error?.code).toBe('uniqueness_error')
  })

  it('is made anew where the first is gone again by then', async () => {
    const { make, slow, tool } = await begin()
    await slow('^/servers$')
    const first = make()
    await expect
      .poll(async () => (await queryAll('SELECT id FROM idempotency_keys WHERE status IS NULL')).length, {
        timeout: 10_000,
        interval: 10,
      })
      .toBeGreaterThan(0)
    expect((await make()).body.error?.code).toBe('conflict')
    const id = idOf(await first)
    await fleets.advance(120)
    expect((await tool('DELETE', `/servers/${id}`)).status).toBe(200)
    await fleets.advance(120)
    const second = await make()
    expect(second.status).toBe(201)
    expect(idOf(second)).not.toBe(id)
    expect(second.headers.get('idempotency-replayed')).toBeNull()
  })
})

describe('a create that is sent again after the first was answered', () => {
  it('is meant: Hetzner decides, and nothing is kept of it', async () => {
    const { make } = await begin()
    expect((await make()).status).toBe(201)
    expect((await make()).body.error?.code).toBe('uniqueness_error')
    expect(await queryAll('SELECT id FROM idempotency_keys')).toEqual([])
  })

  it('and has no name of its own, is made twice, also at once', async () => {
    const { tool } = await begin()
    const make = () => tool('POST', '/floating_ips', { type: 'ipv4', home_location: 'fsn1' })
    const answers = await Promise.all([make(), make()])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const ids = answers.map(({ body }) => (body['floating_ip'] as { id: number }).id)
    expect(new Set(ids).size).toBe(2)
  })

  it('after Hetzner had no answer, is told so and may come again: the name protects it', async () => {
    const { make, addFault, sent } = await begin()
    await addFault('status', { method: 'POST', path: '^/servers$', status: 504, code: 'timeout' })
    const first = await make()
    expect(first).toMatchObject({ status: 504, body: { error: { code: 'timeout' } } })
    expect((await make()).status).toBe(201)
    expect(await sent('^/servers$&performed=true')).toBe(1)
    expect((await auditRows('server.create')).map(({ phase }) => phase)).toContain('unknown')
  })
})

describe('what would be done twice', () => {
  it.each(['reboot', 'reset', 'reset_password', 'create_image'])(
    'is not told in words that make clients repeat it: %s',
    async (name) => {
      const { tool, server, addFault } = await begin()
      const path = `/servers/${server.providerId}/actions/${name}`
      for (const [status, code] of [
        [502, 'bad_gateway'],
        [504, 'timeout'],
      ] as const) {
        await addFault('status', { method: 'POST', path: `/${name}$`, status, code })
        expect(await tool('POST', path)).toMatchObject({ status: 500, body: { error: { code: 'server_error' } } })
        await fleets.hush(server)
        expect((await tool('POST', path)).status).toBe(423)
        // Nothing of it is found at Hetzner: it did not arrive.
        await execute('UPDATE operations SET started_at = started_at - 100000 WHERE server_id = ?', server.id)
        await fleets.makeDue(server)
        await fleets.ring(server)
        expect(await fleets.lockOf(server).holder()).toBeNull()
      }
      expect((await tool('POST', path)).status).toBe(201)
    },
  )

  it('may be repeated at once where that changes nothing', async () => {
    const { tool, server, addFault } = await begin()
    const path = `/servers/${server.providerId}/actions/poweroff`
    await addFault('status', { method: 'POST', path: '/poweroff$', status: 504, code: 'timeout' })
    expect((await tool('POST', path)).status).toBe(504)
    expect((await tool('POST', path)).status).toBe(201)
  })
})

describe('a request that its client calls by a key', () => {
  const named = (key: string) => ({ 'idempotency-key': key })

  it('is done once, and answered alike every time, without its secrets', async () => {
    const { tool, server, sent } = await begin()
    const path = `/servers/${server.providerId}/actions/reset_password`
    const first = await tool('POST', path, undefined, named('a'))
    const again = await tool('POST', path, undefined, named('a'))
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body['action']).toEqual(first.body['action'])
    expect([typeof first.body['root_password'], again.body['root_password']]).toEqual(['string', null])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await sent('/reset_password$')).toBe(1)
    expect(await tool('POST', `/servers/${server.providerId}/actions/reboot`, undefined, named('a'))).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_input' } },
    })
    expect(await tool('POST', path, undefined, named('x'.repeat(201)))).toMatchObject({ status: 422 })
  })

  it('is not another key’s, and a refusal is not kept', async () => {
    const { tool, base, addFault } = await begin()
    const other = client((await toolKey(owner)).secret, base)
    const make = (as: typeof tool, key: string) =>
      as('POST', '/floating_ips', { type: 'ipv4', home_location: 'fsn1' }, named(key))
    const [mine, theirs] = [await make(tool, 'b'), await make(other, 'b')]
    expect(mine.body['floating_ip']).not.toEqual(theirs.body['floating_ip'])
    await addFault('status', { method: 'POST', path: '^/floating_ips$', status: 403, code: 'resource_limit_exceeded' })
    expect((await make(tool, 'c')).status).toBe(403)
    expect((await make(tool, 'c')).status).toBe(201)
  })

  it('is not for who has lost the right to it meanwhile', async () => {
    const admin = await signInAs('ADMIN')
    const { base } = await begin()
    const tool = client((await toolKey(admin)).secret, base)
    const make = () => tool('POST', '/floating_ips', { type: 'ipv4', home_location: 'fsn1' }, named('d'))
    expect((await make()).status).toBe(201)
    await execute(`UPDATE users SET permissions = '["-ips:manage"]' WHERE id = ?`, admin.me.id)
    expect((await make()).status).toBe(403)
  })
})

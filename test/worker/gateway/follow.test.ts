import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { env } from 'cloudflare:workers'
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { sweepOperations } from '../../../worker/features/actions/index.ts'
import { auditRows, type AuditRow } from '../../support/audit.ts'
import { execute, queryAll } from '../../support/database.ts'
import { readJson, signInAs, type TestSession } from '../../support/session.ts'
import * as fleets from '../actions/support.ts'
import { client, toolKey } from './support.ts'

interface Action {
  id: number
  status: string
}

interface OperationRow {
  id: string
  action: string
  status: string
  command: string
  server_id: string | null
  provider_action_id: string | null
  also_actions: string
}

let owner: TestSession
let keyId = ''
let secret = ''

beforeAll(async () => {
  owner = await signInAs('OWNER')
  const made = await toolKey(owner, { name: 'Terraform' })
  keyId = made.key.id
  ;({ secret } = made)
})

beforeEach(async () => {
  await fleets.control('PUT', '/time', { scale: 1, frozen: true })
  await fleets.control('DELETE', '/faults')
})

// Nothing is left that follow-ups would look at for ever, in a time that stands still.
afterEach(() => execute('DELETE FROM operations'))

async function begin(servers = 1) {
  const fleet = await fleets.setUpFleet(servers)
  const tool = client(secret, `/hetzner/${fleet.accountId}/v1`)
  const at = `/servers/${fleet.server.providerId}`
  const act = (name: string, body?: object) => tool('POST', `${at}/actions/${name}`, body)
  return { ...fleet, tool, at, act }
}

const operationsOf = (accountId: string) =>
  queryAll<OperationRow>('SELECT * FROM operations WHERE account_id = ? ORDER BY id', accountId)
const trailOf = async (action: string, targetId: string) =>
  (await auditRows(action, targetId)).map(({ phase, error_code }) => (error_code ? `${phase} ${error_code}` : phase))
const parsed = (row: AuditRow | undefined): unknown => JSON.parse(row?.after ?? 'null')

/** Of an operation that holds no server. */
const followerOf = (id: string) => env.ACTION_LOCK.get(env.ACTION_LOCK.idFromName(`operation:${id}`))
const end = async (operation: OperationRow) => {
  await fleets.advance(120)
  await env.DB.prepare('UPDATE operations SET next_poll_at = 0 WHERE id = ?').bind(operation.id).run()
  await expect.poll(() => followerOf(operation.id).holder(), { timeout: 10_000 }).not.toBeNull()
  await runDurableObjectAlarm(followerOf(operation.id))
}

describe('what a tool begins on a server', () => {
  it('holds its lock until Hetzner’s action ends, and is followed to what became of it', async () => {
    const { server, accountId, act } = await begin()
    const { body, status } = await act('reboot')
    expect([status, (body['action'] as Action).status]).toEqual([201, 'running'])
    await fleets.hush(server)
    expect(await trailOf('server.reboot', server.id)).toEqual(['started', 'accepted'])
    const [operation] = await operationsOf(accountId)
    expect(operation).toMatchObject({ status: 'running', command: 'reboot_server', server_id: server.id })
    expect(await fleets.lockOf(server).holder()).toMatchObject({ operationId: operation?.id, action: 'server.reboot' })
    const shown = await readJson<{ operation: unknown }>(await owner.api(`/servers/${server.id}`))
    expect(shown.operation).toMatchObject({ id: operation?.id, action: 'server.reboot', status: 'running' })

    await fleets.follow(server)
    const rows = await auditRows('server.reboot', server.id)
    expect(rows.map(({ phase }) => phase)).toEqual(['started', 'accepted', 'succeeded'])
    expect(rows.at(-1)).toMatchObject({ key_id: keyId, actor_id: owner.me.id, source: 'system' })
    expect(parsed(rows.at(-1))).toMatchObject({
      operation: 'POST /servers/{id}/actions/reboot',
      providerActionId: String((body['action'] as Action).id),
      status: 'running',
    })
    expect(await fleets.lockOf(server).holder()).toBeNull()
    expect((await operationsOf(accountId))[0]).toMatchObject({ status: 'succeeded' })
  })

  it('refuses a second write meanwhile as Hetzner does, and says nothing of who is at work', async () => {
    const { server, act, tool, at } = await begin()
    await act('poweroff')
    await fleets.hush(server)
    const admin = await signInAs('ADMIN')
    const other = client(
      (await toolKey(admin)).secret,
      `/hetzner/${(await operationsOfServer(server.id)).account_id}/v1`,
    )
    for (const answer of [await act('poweron'), await other('POST', `${at}/actions/reset`), await tool('DELETE', at)]) {
      expect([answer.status, answer.body]).toEqual([
        423,
        { error: { code: 'locked', message: 'cannot perform operation because server is locked', details: null } },
      ])
    }
    expect((await owner.api(`/servers/${server.id}/actions`, { json: { action: 'reboot' } })).status).toBe(409)
  })

  it('does not refuse who has just seen it end at Hetzner, however long ago we looked', async () => {
    const { server, act, tool } = await begin()
    const { body } = await act('poweroff')
    await fleets.hush(server)
    expect((await act('poweron')).status).toBe(423)
    await fleets.advance(30)
    const { id } = body['action'] as Action
    expect((await tool('GET', `/actions/${id}`, undefined, { 'cache-control': 'no-cache' })).body).toMatchObject({
      action: { status: 'success' },
    })
    const next = await Promise.all([act('poweron'), act('poweron'), act('poweron')])
    expect(next.map(({ status }) => status).toSorted()).toEqual([201, 423, 423])
    expect(await trailOf('server.power_off', server.id)).toEqual(['started', 'accepted', 'succeeded'])
  })

  it('that Hetzner fails is on the record as failed', async () => {
    const { server, act, addFault } = await begin()
    await addFault('action_error', { command: 'change_server_type', code: 'action_failed', message: 'no luck' })
    await act('poweroff')
    await fleets.follow(server)
    expect((await act('change_type', { server_type: 'ccx13', upgrade_disk: false })).status).toBe(201)
    await fleets.follow(server)
    expect(await trailOf('server.resize', server.id)).toEqual(['started', 'accepted', 'failed provider_action_failed'])
    expect(await fleets.lockOf(server).holder()).toBeNull()
  })

  it('that Hetzner forgets is unknown in the end', async () => {
    const { server, act, accountId } = await begin()
    await act('reboot')
    await fleets.hush(server)
    const old = Date.now() - 3 * 3_600_000
    await env.DB.prepare(`UPDATE operations SET provider_action_id = '999999', started_at = ?, deadline_at = ?,
      next_poll_at = 0 WHERE account_id = ?`)
      .bind(old, old, accountId)
      .run()
    await fleets.ring(server)
    expect(await trailOf('server.reboot', server.id)).toEqual(['started', 'accepted', 'unknown outcome_unknown'])
  })

  it('ends with the signal where it is a shutdown: the next step of a script is not kept waiting', async () => {
    const { server, act } = await begin()
    const { body } = await act('shutdown')
    expect((body['action'] as Action).status).toBe('running')
    await fleets.hush(server)
    await fleets.advance(5)
    expect((await act('poweroff')).status).toBe(201)
    expect(await trailOf('server.stop', server.id)).toEqual(['started', 'accepted', 'succeeded'])
  })

  it('is told to open dashboards when it begins and when it ends', async () => {
    const { server, accountId, act } = await begin()
    await act('reboot')
    const listed = await readJson<{ items: unknown[] }>(await owner.api(`/operations?serverId=${server.id}`))
    expect(listed.items).toMatchObject([{ action: 'reboot', status: 'running', serverName: server.name }])
    await fleets.advance(60)
    await fleets.makeDue(server)
    await fleets.hush(server)
    const { ctx, events } = fleets.testCtx({ actor: { kind: 'system', name: 'follow-up' } })
    await env.DB.prepare('UPDATE operations SET next_poll_at = 1 WHERE account_id = ?').bind(accountId).run()
    await sweepOperations(ctx)
    const [operation] = await operationsOf(accountId)
    expect(events).toContainEqual({
      type: 'operation.changed',
      operationId: operation?.id,
      serverId: server.id,
      status: 'succeeded',
      progress: 100,
    })
    expect(events).toContainEqual({ type: 'server.changed', serverIds: [server.id] })
  })

  it('is shown by its name, whatever it is', async () => {
    const { server, act } = await begin()
    await act('enable_backup')
    await act('rebuild', { image: 'debian-12' })
    const { items } = await readJson<{ items: { action: string }[] }>(
      await owner.api(`/operations?serverId=${server.id}`),
    )
    expect(items.map(({ action }) => action)).toEqual(['configure'])
    await fleets.follow(server)
    await act('rebuild', { image: 'debian-12' })
    const after = await readJson<{ items: { action: string }[] }>(await owner.api(`/operations?serverId=${server.id}`))
    expect(after.items.map(({ action }) => action)).toEqual(['rebuild', 'configure'])
  })
})

const operationsOfServer = async (serverId: string) =>
  (await queryAll<OperationRow & { account_id: string }>('SELECT * FROM operations WHERE server_id = ?', serverId))[0]!

describe('what a tool makes', () => {
  it('is a server: its new lock is held until every action of the answer has ended', async () => {
    const { tool, accountId } = await begin()
    const { body, status } = await tool('POST', '/servers', {
      name: 'made',
      server_type: 'cpx22',
      image: 'debian-12',
      location: 'fsn1',
    })
    expect(status).toBe(201)
    const [operation] = await operationsOf(accountId)
    const all = [body['action'] as Action, ...(body['next_actions'] as Action[])].map(({ id }) => String(id))
    expect(all.length).toBeGreaterThan(1)
    expect([operation?.provider_action_id, ...(JSON.parse(operation?.also_actions ?? '') as string[])]).toEqual(all)
    const { id } = body['server'] as { id: number }
    const made = { id: operation?.server_id ?? '', providerId: String(id), name: 'made', status: '' }
    await fleets.hush(made)
    expect(await fleets.lockOf(made).holder()).toMatchObject({ operationId: operation?.id, action: 'server.create' })
    expect((await tool('POST', `/servers/${id}/actions/reset`)).status).toBe(423)
    await fleets.follow(made)
    expect(await fleets.statusOf(made)).toBe('running')
    const rows = await auditRows('server.create')
    expect(rows.filter(({ target_id }) => target_id === made.id)).toMatchObject([
      { phase: 'succeeded', target_type: 'server', target_name: 'made', key_id: keyId },
    ])
  })

  it('is something else: what became of it is on the record too', async () => {
    const { tool, accountId, addFault } = await begin()
    const make = (name: string) => tool('POST', '/volumes', { name, size: 10, location: 'fsn1' })
    const { body } = await make('v1')
    expect((body['action'] as Action).status).toBe('running')
    const [operation] = await operationsOf(accountId)
    expect(operation).toMatchObject({ action: 'resource.create', status: 'running', server_id: null })
    await end(operation as OperationRow)
    const rowsOf = async ({ id }: OperationRow) =>
      (
        await queryAll<{ phase: string; error_code: string | null }>(
          'SELECT phase, error_code FROM audit_log WHERE operation_id = ? ORDER BY seq',
          id,
        )
      ).map(({ phase, error_code }) => (error_code ? `${phase} ${error_code}` : phase))
    expect(await rowsOf(operation as OperationRow)).toEqual(['started', 'accepted', 'succeeded'])
    expect(await followerOf(operation?.id ?? '').holder()).toBeNull()
    await addFault('action_error', { command: 'create_volume' })
    await make('v2')
    const [, second] = await operationsOf(accountId)
    await end(second as OperationRow)
    expect(await rowsOf(second as OperationRow)).toEqual(['started', 'accepted', 'failed provider_action_failed'])
    const { items } = await readJson<{ items: unknown[] }>(await owner.api('/operations'))
    expect(JSON.stringify(items)).not.toContain(second?.id)
  })

  it('is followed by the sweep where its alarm was lost', async () => {
    const { tool, accountId } = await begin()
    await tool('POST', '/volumes', { name: 'v1', size: 10, location: 'fsn1' })
    const [operation] = await operationsOf(accountId)
    const follower = followerOf(operation?.id ?? '')
    await expect.poll(() => follower.holder(), { timeout: 10_000 }).not.toBeNull()
    await runInDurableObject(follower, (_object, state) => state.storage.deleteAll())
    await fleets.advance(120)
    await sweepOperations(fleets.testCtx({ ahead: 120_000 }).ctx)
    expect((await operationsOf(accountId))[0]).toMatchObject({ status: 'succeeded' })
  })
})

describe('a write whose answer was lost', () => {
  it('is looked for by what Hetzner calls it, and locks the server meanwhile', async () => {
    const { server, act, addFault, writes } = await begin()
    await addFault('lost_reply', { method: 'POST', path: '/rebuild$' })
    const answer = await act('rebuild', { image: 'debian-12' })
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'server_error' } } })
    await fleets.hush(server)
    expect((await act('rebuild', { image: 'debian-12' })).status).toBe(423)
    await fleets.follow(server)
    expect(await trailOf('server.rebuild', server.id)).toEqual([
      'started',
      'unknown outcome_unknown',
      'started',
      'refused locked',
      'succeeded',
    ])
    expect(await writes(server)).toHaveLength(1)
  })
})

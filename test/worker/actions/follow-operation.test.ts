import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { followOperation, powerServer } from '../../../worker/features/actions/index.ts'
import { pauseAccount, removeAccount, resumeAccount } from '../../../worker/features/accounts/index.ts'
import { newId } from '../../../worker/kernel/id.ts'
import {
  advance,
  control,
  follow,
  hush,
  lockOf,
  makeDue,
  person,
  phases,
  request,
  ring,
  setUpFleet,
  stored,
  testCtx,
  trail,
  type TestServer,
} from './support.ts'

const system = { kind: 'system', name: 'follow-up' } as const
const minute = 60_000

/** One look, with a clock that is so far ahead. */
async function look(server: TestServer, ahead = 0) {
  await hush(server)
  await makeDue(server)
  const { ctx, events } = testCtx({ actor: system, ahead })
  const operation = await stored(server)
  return { next: await followOperation(ctx, operation?.id ?? ''), events }
}

/** A reboot that is under way at the provider. */
async function begin(action: 'reboot' | 'stop' = 'reboot', servers = 1) {
  const fleet = await setUpFleet(servers)
  const { ctx } = testCtx()
  const operation = await powerServer(ctx, request(fleet.server, action))
  await hush(fleet.server)
  return { ...fleet, operation }
}

beforeEach(async () => {
  await control('PUT', '/time', { scale: 1, frozen: true })
  await control('DELETE', '/faults')
})

describe('an operation under way', () => {
  it('is looked at again after about a second, and its progress is told once it moves', async () => {
    const { server } = await begin()
    const first = await look(server)
    expect(first.next).toEqual({ done: false, againInMs: expect.any(Number) })
    expect(first.next.done === false && first.next.againInMs).toBeLessThanOrEqual(1_000)
    await advance(2)
    const second = await look(server)
    const progress = (await stored(server))?.progress ?? 0
    expect(progress).toBeGreaterThan(0)
    expect(second.events).toEqual([
      {
        type: 'operation.changed',
        operationId: (await stored(server))?.id,
        serverId: server.id,
        status: 'running',
        progress,
      },
    ])
    expect((await look(server)).events).toEqual([])
  })

  it('is looked at less often the longer it takes', async () => {
    const { server } = await begin()
    const paces: number[] = []
    for (const ahead of [0, 15_000, 2 * minute]) {
      const { next } = await look(server, ahead)
      if (!next.done) paces.push(Math.round(next.againInMs / 500) * 500)
    }
    expect(paces).toEqual([1_000, 2_500, 5_000])
  })

  it('goes on from its storage when every object is evicted in the middle', async () => {
    const { server } = await begin()
    await evictDurableObject(lockOf(server))
    await follow(server)
    expect(await stored(server)).toMatchObject({ status: 'succeeded' })
    expect(await lockOf(server).holder()).toBeNull()
  })

  it('ends once, however many look at the same moment', async () => {
    const { server, operation } = await begin()
    await advance(60)
    await makeDue(server)
    const looks = Array.from({ length: 5 }, () => followOperation(testCtx({ actor: system }).ctx, operation.id))
    await Promise.all(looks)
    await follow(server)
    expect(await phases(server)).toEqual(['started', 'accepted', 'succeeded'])
  })

  it('that failed at the provider says so, and frees the server', async () => {
    const fleet = await setUpFleet()
    await fleet.addFault('action_error', { command: 'reboot_server', code: 'action_failed', message: 'no luck' })
    await powerServer(testCtx().ctx, request(fleet.server, 'reboot'))
    await follow(fleet.server)
    expect(await stored(fleet.server)).toMatchObject({ status: 'failed', errorCode: 'provider_action_failed' })
    expect((await trail(fleet.server)).at(-1)).toMatchObject({ phase: 'failed', errorCode: 'provider_action_failed' })
    expect(await lockOf(fleet.server).holder()).toBeNull()
  })

  it('that the provider has forgotten is unknown after a while, not at once', async () => {
    const { server } = await begin()
    await env.DB.prepare("UPDATE operations SET provider_action_id = '999999999' WHERE server_id = ?")
      .bind(server.id)
      .run()
    expect((await look(server)).next.done).toBe(false)
    expect((await look(server, minute)).next).toEqual({ done: true })
    expect(await stored(server)).toMatchObject({ status: 'unknown', errorCode: 'outcome_unknown' })
  })
})

describe('many operations of one project', () => {
  it('are looked at together: one request a second for thirty servers', async () => {
    const fleet = await setUpFleet(25)
    const { ctx } = testCtx()
    for (const server of fleet.servers) await powerServer(ctx, request(server, 'reboot')).then(() => hush(server))
    for (const server of fleet.servers) await makeDue(server)
    await control('DELETE', '/requests')
    const operations = await Promise.all(fleet.servers.map((server) => stored(server)))
    await Promise.all(operations.map((row) => followOperation(testCtx({ actor: system }).ctx, row?.id ?? '')))
    expect(await fleet.requests('^/actions\\?')).toHaveLength(1)
    await advance(60)
    for (const server of fleet.servers) await follow(server)
    for (const server of fleet.servers) expect(await stored(server)).toMatchObject({ status: 'succeeded' })
    const held = await Promise.all(fleet.servers.map((server) => lockOf(server).holder()))
    expect(held.filter(Boolean)).toEqual([])
  }, 60_000)

  it('free the locks of those that ended without waiting for their own alarms', async () => {
    const fleet = await setUpFleet(3)
    const { ctx } = testCtx()
    for (const server of fleet.servers) await powerServer(ctx, request(server, 'reboot')).then(() => hush(server))
    await advance(60)
    for (const server of fleet.servers) await makeDue(server)
    await ring(fleet.server)
    const held = await Promise.all(fleet.servers.map((server) => lockOf(server).holder()))
    expect(held.filter(Boolean)).toEqual([])
    for (const server of fleet.servers) expect(await phases(server)).toEqual(['started', 'accepted', 'succeeded'])
  })
})

describe('a graceful stop', () => {
  it('has succeeded when the server is off, not when the signal was sent', async () => {
    const { server } = await begin('stop')
    await advance(2)
    expect((await look(server)).next.done).toBe(false)
    expect(await stored(server)).toMatchObject({ status: 'running', progress: 90 })
    await advance(10)
    expect((await look(server)).next).toEqual({ done: true })
    expect(await stored(server)).toMatchObject({ status: 'succeeded', progress: 100 })
  })

  it('that the system does not heed has failed after two minutes, and says what to do', async () => {
    const { server } = await begin('stop')
    await advance(2)
    expect((await look(server, 1.9 * minute)).next.done).toBe(false)
    expect((await look(server, 2.1 * minute)).next).toEqual({ done: true })
    expect(await stored(server)).toMatchObject({
      status: 'failed',
      errorCode: 'shutdown_timeout',
      errorMessage: expect.stringContaining('Power it off'),
    })
  })

  it('of many servers asks for the list once, not for each server', async () => {
    const fleet = await setUpFleet(6)
    const { ctx } = testCtx()
    for (const server of fleet.servers) await powerServer(ctx, request(server, 'stop')).then(() => hush(server))
    await advance(2)
    for (const server of fleet.servers) await makeDue(server)
    await control('DELETE', '/requests')
    await followOperation(testCtx({ actor: system }).ctx, (await stored(fleet.server))?.id ?? '')
    expect(await fleet.requests('^/servers/\\d+$')).toEqual([])
    expect(await fleet.requests('^/servers\\?')).toHaveLength(1)
    await advance(20)
    for (const server of fleet.servers) await follow(server)
    for (const server of fleet.servers) expect(await stored(server)).toMatchObject({ status: 'succeeded' })
  })

  it('of a server that is deleted meanwhile ends as unknown: it is gone', async () => {
    const { server, remove } = await begin('stop')
    await advance(2)
    await remove(server)
    await follow(server, 0)
    expect(await stored(server)).toMatchObject({ finishedAt: expect.any(Number), errorCode: expect.any(String) })
    expect(await lockOf(server).holder()).toBeNull()
  })
})

describe('while the provider cannot be asked', () => {
  it('the operation stays open, is looked at less and less, and goes on afterwards', async () => {
    const fleet = await begin()
    await fleet.addFault('status', { status: 503, path: '^/actions', times: null })
    const { next } = await look(fleet.server, 2 * minute)
    expect(next).toEqual({ done: false, againInMs: expect.any(Number) })
    expect(next.done === false && next.againInMs).toBeGreaterThan(20_000)
    expect(await stored(fleet.server)).toMatchObject({ status: 'running', finishedAt: null })
    await control('DELETE', '/faults')
    await follow(fleet.server)
    expect(await stored(fleet.server)).toMatchObject({ status: 'succeeded' })
  })

  it('for ten minutes, nobody can tell any more: unknown, on the record, and the server is free', async () => {
    const fleet = await begin()
    await fleet.addFault('cut', { times: null })
    expect((await look(fleet.server, 11 * minute)).next).toEqual({ done: true })
    expect(await phases(fleet.server)).toEqual(['started', 'accepted', 'unknown'])
    await ring(fleet.server)
    expect(await lockOf(fleet.server).holder()).toBeNull()
  })

  it('because the project is paused, it waits; because it was removed, it ends', async () => {
    const { server, accountId } = await begin()
    const { ctx } = testCtx({ actor: person('OWNER') })
    await pauseAccount(ctx, accountId)
    expect((await look(server)).next.done).toBe(false)
    await resumeAccount(ctx, accountId)
    expect((await look(server)).next.done).toBe(false)
    await removeAccount(ctx, accountId)
    expect((await look(server)).next).toEqual({ done: true })
    expect(await stored(server)).toMatchObject({ status: 'unknown' })
  })
})

describe('an operation whose worker died', () => {
  /** What a worker leaves that dies at this moment: before it called the provider, or before it wrote the answer. */
  async function dieWith(called: boolean) {
    const fleet = await setUpFleet()
    const { ctx } = testCtx()
    if (called) await powerServer(ctx, request(fleet.server, 'reboot'))
    else await powerServer(ctx, request(fleet.server, 'start')).catch(() => undefined)
    await hush(fleet.server)
    const id = (await stored(fleet.server))?.id
    await env.DB.prepare(
      `UPDATE operations SET status = 'started', progress = 0, provider_action_id = NULL, finished_at = NULL,
         error_code = NULL, error_message = NULL, action = 'server.reboot' WHERE id = ?`,
    )
      .bind(id)
      .run()
    return fleet
  }

  it('after it called the provider is found by asking, and not sent again', async () => {
    const fleet = await dieWith(true)
    await advance(60)
    expect((await look(fleet.server, 10_000)).next).toEqual({ done: true })
    expect(await stored(fleet.server)).toMatchObject({ status: 'succeeded', providerActionId: expect.any(String) })
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
  })

  it('before it called the provider was not carried out, said only when its request cannot be under way any more', async () => {
    const fleet = await dieWith(false)
    expect((await look(fleet.server, 30_000)).next.done).toBe(false)
    expect((await look(fleet.server, 61_000)).next).toEqual({ done: true })
    expect(await stored(fleet.server)).toMatchObject({ status: 'failed', errorCode: 'not_carried_out' })
    expect(await fleet.writes(fleet.server, false)).toEqual([])
  })

  it('never takes for its own what another operation has caused', async () => {
    const fleet = await begin()
    const id = newId('opr')
    await env.DB.prepare(
      `INSERT INTO operations SELECT ?, server_id, account_id, action, 'started', 0, NULL, NULL, NULL, actor_kind, actor_id,
         actor_name, request_id, started_at, NULL, 0, deadline_at, command, also_actions FROM operations WHERE id = ?`,
    )
      .bind(id, fleet.operation.id)
      .run()
    await followOperation(testCtx({ actor: system, ahead: 61_000 }).ctx, id)
    const lost = await env.DB.prepare('SELECT status, error_code AS code FROM operations WHERE id = ?').bind(id).first()
    expect(lost).toEqual({ status: 'failed', code: 'not_carried_out' })
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import type { Operation } from '../../worker/features/actions/index.ts'
import {
  control,
  follow,
  lockOf,
  phases,
  setUpFleet,
  stored,
  trail,
  type TestServer,
} from '../worker/actions/support.ts'
import { readJson, signInAs, signInOwner, type TestSession } from '../support/session.ts'

interface Failure {
  error: { code: string; message: string; meta?: Record<string, unknown> }
}

const power = (session: TestSession, server: TestServer, json: object, key?: string) =>
  session.api(`/servers/${server.id}/actions`, { json, ...(key ? { headers: { 'idempotency-key': key } } : {}) })

const failureOf = async (response: Response) => ({
  status: response.status,
  ...(await response.json<Failure>()).error,
})

beforeEach(async () => {
  await control('DELETE', '/faults')
})

describe('the same request twice', () => {
  it('with one Idempotency-Key is carried out once, and answered twice', async () => {
    const [fleet, session] = [await setUpFleet(), await signInOwner()]
    const key = crypto.randomUUID()
    const first = await readJson<Operation>(await power(session, fleet.server, { action: 'reboot' }, key), 202)
    const again = await power(session, fleet.server, { action: 'reboot' }, key)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await readJson<Operation>(again, 202)).toEqual(first)
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    const other = await failureOf(await power(session, fleet.server, { action: 'stop' }, key))
    expect(other).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    await follow(fleet.server)
  })

  it('with one key at the same moment is carried out once', async () => {
    const [fleet, session] = [await setUpFleet(), await signInOwner()]
    const key = crypto.randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => power(session, fleet.server, { action: 'reboot' }, key)),
    )
    for (const answer of answers) expect([202, 409]).toContain(answer.status)
    expect(answers.filter((answer) => answer.status === 202).length).toBeGreaterThan(0)
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    await follow(fleet.server)
  })

  it('after a lost answer still says that the outcome is being found out, and sends nothing', async () => {
    const [fleet, session] = [await setUpFleet(), await signInOwner()]
    await fleet.addFault('lost_reply', { method: 'POST', path: '/actions/' })
    const key = crypto.randomUUID()
    const first = await failureOf(await power(session, fleet.server, { action: 'reboot' }, key))
    expect(first).toMatchObject({
      status: 504,
      code: 'outcome_unknown',
      meta: { operationId: expect.stringMatching(/^opr_/) },
    })
    expect(await failureOf(await power(session, fleet.server, { action: 'reboot' }, key))).toMatchObject({
      code: 'outcome_unknown',
    })
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    await follow(fleet.server)
    const operation = await readJson<Operation>(await session.api(`/operations/${String(first.meta?.['operationId'])}`))
    expect(operation).toMatchObject({ status: 'succeeded', action: 'reboot', serverName: fleet.server.name })
  })

  it('without a key is stopped by the lock', async () => {
    const [fleet, session] = [await setUpFleet(), await signInOwner()]
    expect((await power(session, fleet.server, { action: 'reboot' })).status).toBe(202)
    expect(await failureOf(await power(session, fleet.server, { action: 'reboot' }))).toMatchObject({
      status: 409,
      code: 'locked',
    })
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    await follow(fleet.server)
  })
})

describe('two people on one server', () => {
  it('the second gets a 409 that says who, what and since when', async () => {
    const fleet = await setUpFleet()
    const [owner, admin] = [await signInOwner(), await signInAs('ADMIN', { name: 'Grace Admin' })]
    const first = await readJson<Operation>(await power(admin, fleet.server, { action: 'reboot' }), 202)
    const second = await failureOf(
      await power(owner, fleet.server, { action: 'power_off', confirmName: fleet.server.name }),
    )
    expect(second).toMatchObject({
      status: 409,
      code: 'locked',
      message: `Grace Admin is already working on ${fleet.server.name}.`,
      meta: { by: 'Grace Admin', action: 'server.reboot', since: first.startedAt },
    })
    await follow(fleet.server)
  })
})

describe('over HTTP', () => {
  it('a viewer is refused, a stranger is asked to sign in, and nothing is sent', async () => {
    const fleet = await setUpFleet()
    const viewer = await signInAs('VIEWER')
    expect(await failureOf(await power(viewer, fleet.server, { action: 'reboot' }))).toMatchObject({
      status: 403,
      code: 'forbidden',
    })
    const stranger: TestSession = {
      ...viewer,
      api: (path, init) => viewer.api(path, { ...init, headers: { cookie: '' } }),
    }
    expect(await failureOf(await power(stranger, fleet.server, { action: 'reboot' }))).toMatchObject({ status: 401 })
    expect(await fleet.writes(fleet.server, false)).toEqual([])
  })

  it('an unknown action, a missing name and a broken body are refused before anything is written', async () => {
    const [fleet, session] = [await setUpFleet(), await signInOwner()]
    for (const json of [{ action: 'explode' }, {}, { action: 'reset' }, { action: 'power_off', confirmName: 'x' }]) {
      expect(await failureOf(await power(session, fleet.server, json))).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    }
    const broken = await session.api(`/servers/${fleet.server.id}/actions`, {
      body: '{"action": "reb',
      headers: { 'content-type': 'application/json' },
    })
    expect(await failureOf(broken)).toMatchObject({ status: 400, code: 'malformed_body' })
    expect(await phases(fleet.server)).toEqual([])
    expect(await stored(fleet.server)).toBeNull()
  })

  it('an operation goes on to its end after the session that began it has ended', async () => {
    const fleet = await setUpFleet()
    const session = await signInAs('ADMIN', { name: 'Grace Admin' })
    await readJson(await power(session, fleet.server, { action: 'reboot' }), 202)
    expect((await session.api('/session', { method: 'DELETE' })).status).toBe(204)
    expect((await power(session, fleet.server, { action: 'stop' })).status).toBe(401)
    await follow(fleet.server)
    expect(await lockOf(fleet.server).holder()).toBeNull()
    expect((await trail(fleet.server)).map((row) => [row.phase, row.actorName])).toEqual([
      ['started', 'Grace Admin'],
      ['accepted', 'Grace Admin'],
      ['succeeded', 'Grace Admin'],
    ])
  })

  it('bulk answers with one result for each server', async () => {
    const [fleet, session] = [await setUpFleet(3), await signInOwner()]
    const serverIds = fleet.servers.map((server) => server.id)
    const answer = await session.api('/servers/actions', { json: { serverIds, action: 'reboot', confirm: '3' } })
    const { items } = await readJson<{ items: { ok: boolean; operation: Operation }[] }>(answer)
    expect(items.map((item) => [item.ok, item.operation.status])).toEqual(
      Array.from({ length: 3 }, () => [true, 'running']),
    )
    const open = await readJson<{ items: Operation[] }>(await session.api('/operations?open=true'))
    expect(open.items.map((operation) => operation.serverId)).toEqual(expect.arrayContaining(serverIds))
    for (const server of fleet.servers) await follow(server)
    const one = await readJson<{ items: Operation[] }>(
      await session.api(`/operations?serverId=${serverIds[0]}&open=false`),
    )
    expect(one.items).toMatchObject([{ status: 'succeeded', progress: 100 }])
  })
})

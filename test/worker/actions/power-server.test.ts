import { beforeEach, describe, expect, it } from 'vitest'
import { followOperation, getOperation, listOperations, powerServer } from '../../../worker/features/actions/index.ts'
import { pauseAccount } from '../../../worker/features/accounts/index.ts'
import { getServerOrThrow } from '../../../worker/features/servers/index.ts'
import { refreshServer } from '../../../worker/features/sync/index.ts'
import type { PowerAction } from '../../../worker/provider/provider.ts'
import {
  control,
  follow,
  lockOf,
  makeDue,
  person,
  phases,
  request,
  ring,
  setUpFleet,
  statusOf,
  stored,
  testCtx,
  trail,
} from './support.ts'

beforeEach(async () => {
  await control('PUT', '/time', { scale: 1, frozen: false })
  await control('DELETE', '/faults')
})

describe('a power action', () => {
  const ways: [PowerAction, before: string, after: string][] = [
    ['start', 'off', 'running'],
    ['stop', 'running', 'off'],
    ['reboot', 'running', 'running'],
    ['power_off', 'running', 'off'],
    ['reset', 'running', 'running'],
  ]
  it.each(ways)(
    '%s is sent once, followed to its end, and recorded with who, what, before and after',
    async (action, before, after) => {
      const fleet = await setUpFleet()
      const { server } = fleet
      if (before === 'off') {
        await fleet.change(server, { status: 'off' })
        await refreshServer(testCtx().ctx, server.id)
      }
      const actor = person('ADMIN', 'Grace')
      const { ctx, events } = testCtx({ actor })
      const operation = await powerServer(ctx, request(server, action))
      expect(operation).toMatchObject({
        serverId: server.id,
        serverName: server.name,
        action,
        status: 'running',
        actorName: 'Grace',
      })
      expect(await phases(server)).toEqual(['started', 'accepted'])
      expect(await lockOf(server).holder()).toMatchObject({ operationId: operation.id, actorName: 'Grace' })
      expect(events.map((event) => event.type)).toEqual(['operation.changed', 'server.changed', 'audit.appended'])

      await follow(server)
      expect(await getOperation(ctx, operation.id)).toMatchObject({
        status: 'succeeded',
        progress: 100,
        errorCode: null,
      })
      expect(await statusOf(server)).toBe(after)
      expect(await lockOf(server).holder()).toBeNull()
      expect(await fleet.writes(server, false)).toHaveLength(1)
      const [started, accepted, end] = await trail(server)
      for (const row of [started, accepted, end]) {
        expect(row).toMatchObject({
          operationId: operation.id,
          action: `server.${action}`,
          actorName: 'Grace',
          targetName: server.name,
        })
      }
      expect(started).toMatchObject({ ip: '192.0.2.7', source: 'web', phase: 'started' })
      expect(accepted?.before).toEqual({ status: before })
      expect(end).toMatchObject({ phase: 'succeeded', source: 'system', after: { status: after } })
      expect(await trail(server)).toHaveLength(3)
    },
  )

  it('is told about to open dashboards: on acceptance, as it goes on, and at its end', async () => {
    const { server } = await setUpFleet()
    const { ctx } = testCtx()
    const operation = await powerServer(ctx, request(server, 'reboot'))
    const { events, ctx: looking } = testCtx({ actor: { kind: 'system', name: 'follow-up' } })
    await control('POST', '/time/advance', { seconds: 120 })
    await makeDue(server)
    expect(await followOperation(looking, operation.id)).toEqual({ done: true })
    expect(events).toContainEqual({
      type: 'operation.changed',
      operationId: operation.id,
      serverId: server.id,
      status: 'succeeded',
      progress: 100,
    })
    expect(events).toContainEqual({ type: 'server.changed', serverIds: [server.id] })
    expect(events).toContainEqual({ type: 'audit.appended' })
    await ring(server)
  })
})

describe('what is dangerous', () => {
  it.each(['power_off', 'reset'] as const)('%s needs the name of the server, to the letter', async (action) => {
    const fleet = await setUpFleet()
    const { server } = fleet
    const { ctx } = testCtx()
    for (const confirmName of [undefined, '', server.name.toUpperCase(), `${server.name} `]) {
      await expect(powerServer(ctx, { serverId: server.id, action, confirmName })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ path: 'confirmName' }],
      })
    }
    expect(await phases(server)).toEqual([])
    expect(await fleet.writes(server, false)).toEqual([])
  })

  it('is refused to a viewer, on the record, whatever was typed', async () => {
    const fleet = await setUpFleet()
    const { ctx } = testCtx({ actor: person('VIEWER') })
    for (const action of ['start', 'stop', 'reboot', 'power_off', 'reset'] as const) {
      await expect(powerServer(ctx, request(fleet.server, action))).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await phases(fleet.server)).toEqual(['denied', 'denied', 'denied', 'denied', 'denied'])
    expect(await fleet.writes(fleet.server, false)).toEqual([])
    expect(await stored(fleet.server)).toBeNull()
  })
})

describe('what is pointless', () => {
  it('is refused where the mirror and the provider agree, with a sentence that says why', async () => {
    const fleet = await setUpFleet()
    const { ctx } = testCtx()
    await expect(powerServer(ctx, request(fleet.server, 'start'))).rejects.toMatchObject({
      code: 'wrong_state',
      message: 'This server is already running.',
    })
    expect(await phases(fleet.server)).toEqual(['started', 'failed'])
    expect(await stored(fleet.server)).toMatchObject({ status: 'failed', errorCode: 'wrong_state' })
    expect(await lockOf(fleet.server).holder()).toBeNull()
    expect(await fleet.writes(fleet.server, false)).toEqual([])
  })

  it('is not refused on an old mirror: the provider is the truth', async () => {
    const fleet = await setUpFleet()
    await fleet.change(fleet.server, { status: 'off' })
    const { ctx } = testCtx()
    const operation = await powerServer(ctx, request(fleet.server, 'start'))
    await follow(fleet.server)
    expect(await getOperation(ctx, operation.id)).toMatchObject({ status: 'succeeded' })
    expect(await statusOf(fleet.server)).toBe('running')
  })
})

describe('where nothing can be done', () => {
  it('a server that is not ours does not exist', async () => {
    await expect(powerServer(testCtx().ctx, { serverId: 'srv_none', action: 'reboot' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('a server that was deleted at the provider says so, and is shown as deleted from then on', async () => {
    const fleet = await setUpFleet()
    const { ctx, settled } = testCtx()
    await fleet.remove(fleet.server)
    await expect(powerServer(ctx, request(fleet.server, 'reboot'))).rejects.toMatchObject({
      code: 'provider_not_found',
    })
    expect(await phases(fleet.server)).toEqual(['started', 'failed'])
    await settled()
    expect((await getServerOrThrow(ctx, fleet.server.id)).deletedAt).not.toBeNull()
    await expect(powerServer(ctx, request(fleet.server, 'reboot'))).rejects.toMatchObject({
      code: 'provider_not_found',
    })
    expect(await phases(fleet.server)).toHaveLength(2)
  })

  it('a paused project says so, and nothing is sent', async () => {
    const fleet = await setUpFleet()
    const { ctx } = testCtx()
    await pauseAccount(ctx, fleet.accountId)
    await expect(powerServer(ctx, request(fleet.server, 'reboot'))).rejects.toMatchObject({ code: 'account_paused' })
    expect(await phases(fleet.server)).toEqual(['started', 'failed'])
    expect(await lockOf(fleet.server).holder()).toBeNull()
    expect(await fleet.writes(fleet.server, false)).toEqual([])
  })
})

describe('two people on one server', () => {
  it('the second is told who is working on it, with what, since when', async () => {
    const fleet = await setUpFleet()
    const first = testCtx({ actor: person('OWNER', 'Ada') })
    const second = testCtx({ actor: person('ADMIN', 'Grace') })
    const operation = await powerServer(first.ctx, request(fleet.server, 'reboot'))
    await expect(powerServer(second.ctx, request(fleet.server, 'stop'))).rejects.toMatchObject({
      code: 'locked',
      message: `Ada is already working on ${fleet.server.name}.`,
      meta: { by: 'Ada', action: 'server.reboot', since: operation.startedAt },
    })
    expect((await trail(fleet.server)).map((row) => [row.actorName, row.phase])).toEqual([
      ['Ada', 'started'],
      ['Ada', 'accepted'],
      ['Grace', 'started'],
      ['Grace', 'refused'],
    ])
    expect((await listOperations(first.ctx, { serverId: fleet.server.id, limit: 50 })).items).toHaveLength(1)
    await follow(fleet.server)
    await powerServer(second.ctx, request(fleet.server, 'stop'))
    await follow(fleet.server)
    expect(await statusOf(fleet.server)).toBe('off')
  })

  it('ten at the same moment: one is carried out', async () => {
    const fleet = await setUpFleet()
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, () => powerServer(testCtx().ctx, request(fleet.server, 'reboot'))),
    )
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1)
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    await follow(fleet.server)
    expect((await phases(fleet.server)).filter((phase) => phase === 'refused')).toHaveLength(9)
  })
})

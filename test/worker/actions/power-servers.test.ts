import { beforeEach, describe, expect, it } from 'vitest'
import { powerServers } from '../../../worker/features/actions/index.ts'
import { control, follow, hush, lockOf, person, phases, setUpFleet, statusOf, testCtx } from './support.ts'

beforeEach(async () => {
  await control('DELETE', '/faults')
})

describe('one action on many servers', () => {
  it('gives one result for each, in the order asked for; a failure neither stops nor hides the others', async () => {
    const fleet = await setUpFleet(6)
    const [a, b, c, d, e, f] = fleet.servers.map((server) => server.id) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const [, second, third] = fleet.servers
    const path = `^/servers/${second?.providerId}/actions/`
    await fleet.addFault('status', { status: 423, code: 'locked', path, times: null })
    await fleet.remove(third!)
    const { ctx } = testCtx()
    const { items } = await powerServers(ctx, {
      serverIds: [f, a, b, c, 'srv_none', d, e],
      action: 'power_off',
      confirm: '7',
    })
    expect(items.map((item) => [item.serverId, item.ok, item.error?.code])).toEqual([
      [f, true, undefined],
      [a, true, undefined],
      [b, false, 'provider_locked'],
      [c, false, 'provider_not_found'],
      ['srv_none', false, 'not_found'],
      [d, true, undefined],
      [e, true, undefined],
    ])
    expect(items[2]?.name).toBe(second?.name)
    expect(await phases(second!)).toEqual(['started', 'failed'])
    const done = fleet.servers.filter((server) => server !== second && server !== third)
    for (const server of done) await follow(server)
    for (const server of done) expect(await statusOf(server)).toBe('off')
    for (const server of fleet.servers) expect(await lockOf(server).holder()).toBeNull()
  })

  it('counts a server once that is asked for twice', async () => {
    const fleet = await setUpFleet()
    const { ctx } = testCtx()
    const serverIds = [fleet.server.id, fleet.server.id]
    expect((await powerServers(ctx, { serverIds, action: 'reboot', confirm: '1' })).items).toHaveLength(1)
    expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
    await hush(fleet.server)
    await follow(fleet.server)
  })

  it('needs the number of servers, typed', async () => {
    const fleet = await setUpFleet(2)
    const { ctx } = testCtx()
    const serverIds = fleet.servers.map((server) => server.id)
    for (const confirm of ['', '1', '3', 'two']) {
      await expect(powerServers(ctx, { serverIds, action: 'reboot', confirm })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ path: 'confirm' }],
      })
    }
    expect(await phases(fleet.server)).toEqual([])
  })

  it('is refused to a viewer as a whole, on the record of every server', async () => {
    const fleet = await setUpFleet(3)
    const { ctx } = testCtx({ actor: person('VIEWER') })
    const input = {
      serverIds: [...fleet.servers.map(({ id }) => id), 'srv_none'],
      action: 'reboot' as const,
      confirm: '4',
    }
    await expect(powerServers(ctx, input)).rejects.toMatchObject({ code: 'forbidden' })
    for (const server of fleet.servers) expect(await phases(server)).toEqual(['denied'])
  })

  it('carries a hundred at once', async () => {
    const fleet = await setUpFleet(100)
    const { ctx } = testCtx()
    const serverIds = fleet.servers.map((server) => server.id)
    const { items } = await powerServers(ctx, { serverIds, action: 'reboot', confirm: '100' })
    expect(items.filter((item) => item.ok)).toHaveLength(100)
    for (const server of fleet.servers) await follow(server, 60)
    const held = await Promise.all(fleet.servers.map((server) => lockOf(server).holder()))
    expect(held.filter(Boolean)).toEqual([])
  }, 120_000)
})

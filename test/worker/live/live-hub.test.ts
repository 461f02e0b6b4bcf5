import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../worker/kernel/id.ts'
import { audiences, type Audience } from '../../../worker/kernel/live.ts'
import { createLive } from '../../../worker/objects/live-hub-client.ts'
import { silentLog } from '../../support/provider-harness.ts'
import { listen } from './support.ts'

const stub = env.LIVE_HUB.get(env.LIVE_HUB.idFromName('main'))
const request = new Request('http://localhost:8787/api/v1/live', { headers: { Upgrade: 'websocket' } })

/** Of who is no owner. */
const everything = audiences.filter((audience) => audience !== 'owners')

function setUp() {
  const deferred: Promise<unknown>[] = []
  const live = createLive(env.LIVE_HUB, (work) => void deferred.push(work), silentLog)
  return {
    live,
    deferred,
    open: async (sessionId = newId('ses'), sees: readonly Audience[] = everything, userId = newId('usr')) =>
      listen(await live.connect(request, { userId, sessionId, sees })),
  }
}

describe('the live hub', () => {
  it('tells alerts to owners only, and closes the sockets of a person whose role changed', async () => {
    const { live, open } = setUp()
    const userId = newId('usr')
    const [owner, admin] = [await open(newId('ses'), audiences, userId), await open()]
    live.publish({ type: 'alert.raised', alertId: 'alt_1', kind: 'refusals', severity: 'warning' })
    live.publish({ type: 'audit.appended' })
    await Promise.all([owner.received(2), admin.received(1)])
    expect(owner.events().map(({ type }) => type)).toEqual(['alert.raised', 'audit.appended'])
    expect(admin.events().map(({ type }) => type)).toEqual(['audit.appended'])
    await live.renew(userId)
    expect(await owner.ended).toBe(4408)
    live.publish({ type: 'account.changed', accountId: 'acc_1' })
    await admin.received(2)
  })

  it('tells no id of what somebody may not see', async () => {
    const { live, open } = setUp()
    const [some, reader] = [await open(newId('ses'), []), await open(newId('ses'), ['fleet', 'record'])]
    live.publish({ type: 'server.changed', serverIds: ['srv_1'] })
    live.publish({ type: 'account.changed', accountId: 'acc_1' })
    live.publish({ type: 'audit.appended' })
    await Promise.all([some.received(1), reader.received(3)])
    expect(some.events()).toEqual([{ type: 'fleet.changed' }])
    expect(reader.events()).toEqual([
      { type: 'server.changed', serverIds: ['srv_1'] },
      { type: 'fleet.changed' },
      { type: 'audit.appended' },
    ])
  })

  it('tells every open dashboard what changed, in order', async () => {
    const { live, open } = setUp()
    const sockets = await Promise.all([open(), open(), open()])
    live.publish({ type: 'server.changed', serverIds: ['srv_1'] })
    live.publish({ type: 'audit.appended' })
    for (const socket of sockets) {
      await socket.received(2)
      expect(socket.events()).toEqual([{ type: 'server.changed', serverIds: ['srv_1'] }, { type: 'audit.appended' }])
    }
  })

  it('makes one call of what is published in one go, and says the same thing once', async () => {
    const { live, deferred, open } = setUp()
    const socket = await open()
    for (const id of ['srv_1', 'srv_2', 'srv_2']) live.publish({ type: 'server.changed', serverIds: [id] })
    expect(deferred).toHaveLength(1)
    await socket.received(2)
    live.publish({ type: 'server.changed', serverIds: ['srv_3'] })
    expect(deferred).toHaveLength(2)
    await socket.received(3)
    expect(socket.events().map((event) => 'serverIds' in event && event.serverIds[0])).toEqual([
      'srv_1',
      'srv_2',
      'srv_3',
    ])
  })

  it('keeps its sockets while it sleeps: an evicted hub still tells them', async () => {
    const { live, open } = setUp()
    const socket = await open()
    await evictDurableObject(stub)
    live.publish({ type: 'account.changed', accountId: 'acc_1' })
    await socket.received(1)
    expect(socket.events()).toEqual([{ type: 'account.changed', accountId: 'acc_1' }])
  })

  it('answers the heartbeat', async () => {
    const { open } = setUp()
    const socket = await open()
    socket.socket.send('ping')
    expect(await socket.received(1)).toEqual(['pong'])
  })

  it('closes the sockets of a session that has ended, and tells nobody else whose it was', async () => {
    const { live, open } = setUp()
    const [ending, staying] = [newId('ses'), newId('ses')]
    const [first, second, other] = await Promise.all([open(ending), open(ending), open(staying)])
    live.publish({ type: 'session.ended', sessionIds: [ending] })
    live.publish({ type: 'audit.appended' })
    expect(await Promise.all([first.ended, second.ended])).toEqual([4401, 4401])
    expect(first.events()).toEqual([{ type: 'session.ended', sessionIds: [ending] }])
    await other.received(1)
    expect(other.events()).toEqual([{ type: 'audit.appended' }])
  })

  it('sends a socket away that has been open for longer than its session is known to live', async () => {
    const { live, open } = setUp()
    const sessionId = newId('ses')
    const socket = await open(sessionId)
    await runInDurableObject(stub, (_hub, state) => {
      for (const server of state.getWebSockets(`session:${sessionId}`)) {
        server.serializeAttachment({ userId: 'usr_1', sessionId, since: Date.now() - 2 * 3_600_000 })
      }
    })
    live.publish({ type: 'audit.appended' })
    expect(await socket.ended).toBe(4408)
    expect(socket.events()).toEqual([])
  })

  it('is not disturbed by sockets that are gone', async () => {
    const { live, open } = setUp()
    const [leaving, staying] = await Promise.all([open(), open()])
    leaving.socket.close(1000, 'bye')
    live.publish({ type: 'audit.appended' })
    await staying.received(1)
    expect(staying.events()).toEqual([{ type: 'audit.appended' }])
  })

  it('serves 300 dashboards at once', async () => {
    const { live, open } = setUp()
    const sockets = await Promise.all(Array.from({ length: 300 }, () => open()))
    live.publish({ type: 'server.changed', serverIds: ['srv_1'] })
    await Promise.all(sockets.map((socket) => socket.received(1)))
    expect(await stub.connections()).toBeGreaterThanOrEqual(300)
    for (const { socket } of sockets) socket.close(1000, 'bye')
  })

  it('that cannot be reached is in nobody’s way', async () => {
    const deferred: Promise<unknown>[] = []
    const broken = { idFromName: () => ({}), get: () => ({ publish: () => Promise.reject(new Error('down')) }) }
    const live = createLive(broken as unknown as typeof env.LIVE_HUB, (work) => void deferred.push(work), silentLog)
    live.publish({ type: 'audit.appended' })
    await expect(Promise.all(deferred)).resolves.toBeDefined()
  })
})

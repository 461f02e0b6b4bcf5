import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { pruneKeyUsage, writeKeyUse } from '../../../worker/features/api-keys/index.ts'
import { days, minutes } from '../../../worker/kernel/clock.ts'
import type { KeyUseByDay } from '../../../worker/kernel/rate-limit.ts'
import { limiterOf } from '../../../worker/objects/rate-limiter-client.ts'
import { UseCounter } from '../../../worker/objects/use-counter.ts'
import { createTestAccount } from '../../support/accounts.ts'
import { createKey, writeCounted, type TestKey } from '../../support/api-keys.ts'
import { cronActor, testCtx } from '../../support/ctx.ts'
import { execute, queryAll, queryFirst } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'
import { client, toolKey } from '../gateway/support.ts'

interface Detail {
  key: TestKey
  scopeNames: (string | null)[]
  projects: { id: string; limit: number; remaining: number }[]
  budget: { limit: number; remaining: number } | null
  usage: {
    days: { day: string; calls: number; refusals: number }[]
    calls: number
    refusals: number
    watchedDays: number
  }
  permissions: { permission: string; lastUsedOn: string | null }[]
  operations: { operation: string; permission: string; lastUsedOn: string }[]
  tighten: { permissions: string[] } | null
}

const limiter = (keyId: string) => env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(limiterOf(keyId)))
const read = async (person: TestSession, id: string) =>
  readJson<Detail>(await person.api(`/me/api-keys/${id}`)) as Promise<Detail>
const startOfToday = () => Math.floor(Date.now() / days(1)) * days(1)
const today = () => new Date().toISOString().slice(0, 10)
const rowsOf = (keyId: string) =>
  queryAll<{ day: number; calls: number; refusals: number }>(
    'SELECT day, calls, refusals FROM key_usage WHERE key_id = ? ORDER BY day',
    keyId,
  )

describe('calls of a key', () => {
  it('are counted, and refusals among them, through the API and the gateway alike', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount({ servers: 1, synced: true })
    const { key, secret, api: call } = await toolKey(owner, { permissions: ['servers:read'] })
    const tool = client(secret, `/hetzner/${accountId}/v1`)
    expect((await call('/servers')).status).toBe(200)
    expect((await call('/users')).status).toBe(403)
    expect((await tool('GET', '/servers')).status).toBe(200)
    expect((await tool('GET', '/volumes')).status).toBe(403)
    expect((await tool('POST', '/volumes', { name: 'x', size: 10 })).status).toBe(403)
    await expect
      .poll(async () => (await read(owner, key.id)).usage, { timeout: 5_000 })
      .toMatchObject({
        calls: 5,
        refusals: 3,
      })
    const { usage } = await read(owner, key.id)
    expect(usage.days).toHaveLength(30)
    expect(usage.days.at(-1)).toEqual({ day: today(), calls: 5, refusals: 3 })
    expect(await rowsOf(key.id)).toEqual([])
    await writeCounted(key.id)
    expect(await rowsOf(key.id)).toEqual([{ day: startOfToday(), calls: 5, refusals: 3 }])
    expect((await read(owner, key.id)).usage).toMatchObject({ calls: 5, refusals: 3 })
  })

  it('that wait for their person are none that were refused', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const { key, api: call } = await createKey(owner, { permissions: ['accounts:manage'] })
    expect(await readError(await call(`/accounts/${accountId}`, { method: 'DELETE' }))).toMatchObject({
      code: 'approval_required',
    })
    expect((await read(owner, key.id)).usage).toMatchObject({ calls: 1, refusals: 0 })
  })

  it('over the limit are refusals', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const { key, secret } = await toolKey(owner, { permissions: ['servers:read'], hourlyBudget: 2 })
    const tool = client(secret, `/hetzner/${accountId}/v1`)
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await tool('GET', '/servers')).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    await expect
      .poll(async () => (await read(owner, key.id)).usage, { timeout: 5_000 })
      .toMatchObject({
        calls: 4,
        refusals: 2,
      })
    expect((await read(owner, key.id)).budget).toEqual({ limit: 2, remaining: 0 })
  })

  it('outlive the object that counted them, and are added to what it wrote before', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    await limiter(key.id).countUse(key.id, { calls: 7, refusals: 1 })
    expect(await writeCounted(key.id)).toBe(true)
    await evictDurableObject(limiter(key.id))
    await limiter(key.id).countUse(key.id, { calls: 2, refusals: 1 })
    expect((await read(owner, key.id)).usage).toMatchObject({ calls: 9, refusals: 2 })
    await runInDurableObject(limiter(key.id), (_object, state) => elapse(state.storage))
    await writeCounted(key.id)
    expect(await rowsOf(key.id)).toEqual([{ day: startOfToday(), calls: 9, refusals: 2 }])
  })

  it('written twice are what they are, and so are the refusals of the list', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    const ctx = testCtx({ actor: cronActor })
    const day = startOfToday()
    const write = (calls: number, refusals: number) => writeKeyUse(ctx, key.id, { [day]: { calls, refusals } })
    await write(5, 2)
    await write(5, 2)
    await write(8, 3)
    expect(await rowsOf(key.id)).toEqual([{ day, calls: 8, refusals: 3 }])
    expect(await queryFirst('SELECT refusal_count FROM api_keys WHERE id = ?', key.id)).toEqual({ refusal_count: 3 })
    await writeKeyUse(ctx, key.id, { [day - days(1)]: { calls: 4, refusals: 4 } })
    expect(await queryFirst('SELECT refusal_count FROM api_keys WHERE id = ?', key.id)).toEqual({ refusal_count: 7 })
  })

  it('are forgotten after 90 days', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    const ctx = testCtx({ actor: cronActor })
    const at = (ago: number) => startOfToday() - days(ago)
    for (const ago of [1, 89, 91]) await writeKeyUse(ctx, key.id, { [at(ago)]: { calls: 1, refusals: 0 } })
    await pruneKeyUsage(ctx)
    expect((await rowsOf(key.id)).map(({ day }) => day)).toEqual([at(89), at(1)])
  })
})

/** A quarter of an hour later, for whoever asks when it may write again. */
function elapse(storage: DurableObjectStorage): void {
  const kept = storage.kv.get<{ writtenAt: number }>('use')
  if (kept) storage.kv.put('use', { ...kept, writtenAt: 0 })
}

describe('the counter', () => {
  const counted = (
    check: (counter: UseCounter, written: KeyUseByDay[], storage: DurableObjectStorage) => Promise<void>,
  ) =>
    runInDurableObject(limiter(`key_${crypto.randomUUID()}`), (_object, { storage }) => {
      const written: KeyUseByDay[] = []
      return check(new UseCounter(storage, async (_keyId, byDay) => void written.push(byDay)), written, storage)
    })
  const call = { calls: 1, refusals: 0 }

  it('writes once for any number of calls, and then not for a quarter of an hour', async () => {
    await counted(async (counter, written, storage) => {
      for (let i = 0; i < 5_000; i++) counter.add('key_1', call)
      expect(written).toEqual([])
      await counter.settle()
      expect(written).toEqual([{ [startOfToday()]: { calls: 5_000, refusals: 0 } }])
      for (let i = 0; i < 5_000; i++) counter.add('key_1', call)
      for (let i = 0; i < 10; i++) await counter.settle()
      expect(written).toHaveLength(1)
      expect(await storage.getAlarm()).toBeGreaterThan(Date.now() + minutes(14))
      elapse(storage)
      await counter.settle()
      expect(written).toHaveLength(2)
      expect(counter.byDay()).toEqual({ [startOfToday()]: { calls: 10_000, refusals: 0 } })
    })
  })

  it('that nobody feeds writes nothing more', async () => {
    await counted(async (counter, written, storage) => {
      counter.add('key_1', call)
      await counter.settle()
      elapse(storage)
      await counter.settle()
      expect(written).toHaveLength(1)
      expect(await storage.getAlarm()).toBeGreaterThanOrEqual(startOfToday() + days(1))
    })
  })

  it('loses nothing to a write that failed, or to calls that come while it writes', async () => {
    await runInDurableObject(limiter(`key_${crypto.randomUUID()}`), async (_object, { storage }) => {
      const written: number[] = []
      let fails = true
      const counter: UseCounter = new UseCounter(storage, async (_keyId, byDay) => {
        if (fails) throw new Error('D1_ERROR: Network connection lost.')
        counter.add('key_1', call)
        written.push(byDay[startOfToday()]?.calls ?? 0)
      })
      counter.add('key_1', call)
      expect(await counter.settle()).toBe(false)
      fails = false
      counter.add('key_1', call)
      await counter.settle()
      expect(written).toEqual([2])
      elapse(storage)
      await counter.settle()
      expect(written).toEqual([2, 3])
    })
  })
})

describe('what a key was of use for', () => {
  it('is known by operation and permission, in one row a day however often', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount({ servers: 1, synced: true })
    const { key, secret, api: call } = await toolKey(owner)
    const tool = client(secret, `/hetzner/${accountId}/v1`)
    for (let i = 0; i < 3; i++) {
      await call('/servers')
      await tool('GET', '/servers')
    }
    const made = await tool('POST', '/volumes', { name: 'books', size: 10, location: 'fsn1' })
    expect(made.status).toBe(201)
    const rows = () =>
      queryAll('SELECT operation, permission FROM key_operations WHERE key_id = ? ORDER BY operation', key.id)
    const expected = [
      { operation: 'GET /api/v1/servers', permission: 'servers:read' },
      { operation: 'GET /servers', permission: 'servers:read' },
      { operation: 'POST /volumes', permission: 'volumes:manage' },
    ]
    await expect.poll(rows, { timeout: 5_000 }).toEqual(expected)
    const detail = await read(owner, key.id)
    expect(detail.operations.map(({ operation }) => operation).toSorted()).toEqual(expected.map((one) => one.operation))
    const lastOf = (wanted: string) => detail.permissions.find(({ permission }) => permission === wanted)?.lastUsedOn
    expect([lastOf('servers:read'), lastOf('servers:power')]).toEqual([today(), null])
  })

  it('does not have what a refused call asked for', async () => {
    const owner = await signInAs('OWNER')
    const { key, api: call } = await createKey(owner, { permissions: ['servers:read'] })
    expect((await call('/costs')).status).toBe(403)
    expect((await call('/servers')).status).toBe(200)
    await expect
      .poll(async () => (await read(owner, key.id)).operations, { timeout: 5_000 })
      .toMatchObject([{ operation: 'GET /api/v1/servers' }])
  })

  it('is suggested as enough after a week, and never more than it has', async () => {
    const owner = await signInAs('OWNER')
    const { key, api: call } = await createKey(owner, { permissions: ['servers:power', 'servers:read', 'costs:read'] })
    await call('/servers')
    await expect.poll(async () => (await read(owner, key.id)).operations.length, { timeout: 5_000 }).toBe(1)
    expect((await read(owner, key.id)).tighten).toBeNull()
    await execute('INSERT INTO key_usage VALUES (?, ?, 3, 0)', key.id, startOfToday() - days(7))
    const { tighten, usage } = await read(owner, key.id)
    expect([usage.watchedDays, tighten]).toEqual([7, { permissions: ['servers:read'] }])
    const narrowed = await owner.api(`/me/api-keys/${key.id}`, { method: 'PATCH', json: tighten ?? {} })
    expect(await readJson(narrowed)).toMatchObject({ permissions: ['servers:read'] })
    expect((await read(owner, key.id)).tighten).toBeNull()
    expect(
      await queryAll("SELECT phase FROM audit_log WHERE action = 'api_key.update' AND target_id = ?", key.id),
    ).toEqual([{ phase: 'started' }, { phase: 'succeeded' }])
    expect((await call('/costs')).status).toBe(403)
  })

  it('is for its person to see and for owners, and for no key', async () => {
    const [owner, admin, other] = [await signInAs('OWNER'), await signInAs('ADMIN'), await signInAs('ADMIN')]
    const { key, api: call } = await createKey(admin, { permissions: ['servers:read', 'costs:read'] })
    const ownerKey = await createKey(owner)
    await call('/servers')
    const asOwner = () => owner.api(`/api-keys/${key.id}`)
    await expect
      .poll(async () => (await readJson<Detail>(await asOwner())).operations, { timeout: 5_000 })
      .toMatchObject([{ operation: 'GET /api/v1/servers', lastUsedOn: today() }])
    const mine = await read(admin, key.id)
    // A project's budget refills by one a second, so between two looks.
    const projects = mine.projects.map((project) => ({ ...project, remaining: expect.any(Number) as number }))
    expect(await readJson<Detail>(await asOwner())).toEqual({ ...mine, projects })
    for (const person of [other, owner]) expect((await person.api(`/me/api-keys/${key.id}`)).status).toBe(404)
    expect((await other.api(`/api-keys/${key.id}`)).status).toBe(403)
    expect((await owner.api('/api-keys/key_0')).status).toBe(404)
    for (const path of [`/me/api-keys/${key.id}`, `/api-keys/${key.id}`]) {
      expect([(await call(path)).status, (await ownerKey.api(path)).status]).toEqual([403, 403])
    }
  })
})

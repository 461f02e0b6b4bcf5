import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../worker/kernel/id.ts'
import type { LockHolder } from '../../../worker/kernel/lock.ts'
import { createLocks } from '../../../worker/objects/action-lock-client.ts'

const locks = createLocks(env.ACTION_LOCK)
const long = 60_000

const setUp = () => {
  const key = `server:${newId('srv')}`
  const stub = env.ACTION_LOCK.get(env.ACTION_LOCK.idFromName(key))
  const holder = (actorName: string): LockHolder => ({
    operationId: newId('opr'),
    action: 'server.reboot',
    actorName,
    since: 1_700_000_000_000,
  })
  return {
    key,
    stub,
    holder,
    alarmInMs: () =>
      runInDurableObject(stub, async (_object, state) => {
        const at = await state.storage.getAlarm()
        return at === null ? null : at - Date.now()
      }),
    dropAlarm: () => runInDurableObject(stub, (_object, state) => state.storage.deleteAlarm()),
    stored: () => runInDurableObject(stub, async (_object, state) => (await state.storage.list()).size),
  }
}

describe('the lock of a server', () => {
  it('is given to one; the second is told who holds it, for what, since when', async () => {
    const { key, holder } = setUp()
    const first = holder('Ada')
    expect(await locks.acquire(key, first, long)).toEqual({ ok: true })
    expect(await locks.acquire(key, holder('Grace'), long)).toEqual({ ok: false, holder: first })
  })

  it('is given to exactly one of many who ask at the same moment', async () => {
    const { key, holder } = setUp()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => locks.acquire(key, holder(`n${i}`), long)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })

  it('may be asked for twice by the same operation: a lost answer is no trap', async () => {
    const { key, holder } = setUp()
    const mine = holder('Ada')
    await locks.acquire(key, mine, long)
    expect(await locks.acquire(key, mine, long)).toEqual({ ok: true })
  })

  it('is freed by its holder only, and leaves nothing behind', async () => {
    const { key, stub, holder, alarmInMs, stored } = setUp()
    const mine = holder('Ada')
    await locks.acquire(key, mine, long)
    await locks.release({ key, operationId: newId('opr') })
    expect(await stub.holder()).toEqual(mine)
    await locks.release({ key, operationId: mine.operationId })
    expect(await stub.holder()).toBeNull()
    expect(await alarmInMs()).toBeNull()
    expect(await stored()).toBe(0)
  })

  it('outlives the eviction of its object, with its alarm', async () => {
    const { key, stub, holder, alarmInMs } = setUp()
    const mine = holder('Ada')
    await locks.acquire(key, mine, long)
    await evictDurableObject(stub)
    expect(await locks.acquire(key, holder('Grace'), long)).toEqual({ ok: false, holder: mine })
    expect(await alarmInMs()).toBeGreaterThan(long - 10_000)
  })

  it('is never held without an alarm: whoever meets such a lock sets one', async () => {
    const { key, holder, alarmInMs, dropAlarm } = setUp()
    await locks.acquire(key, holder('Ada'), long)
    expect(await alarmInMs()).not.toBeNull()
    await dropAlarm()
    await locks.acquire(key, holder('Grace'), long)
    expect(await alarmInMs()).toBeGreaterThan(0)
  })

  it('looks sooner once its operation is followed, and does not for another operation', async () => {
    const { key, holder, alarmInMs } = setUp()
    const mine = holder('Ada')
    await locks.acquire(key, mine, long)
    await locks.follow({ key, operationId: newId('opr') })
    expect(await alarmInMs()).toBeGreaterThan(long / 2)
    await locks.follow({ key, operationId: mine.operationId })
    expect(await alarmInMs()).toBeLessThanOrEqual(1_000)
  })
})

describe('the alarm of a lock', () => {
  it('frees a lock whose operation never came to be: the worker died before it wrote anything', async () => {
    const { key, stub, holder, stored } = setUp()
    await locks.acquire(key, holder('Ada'), long)
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    expect(await stub.holder()).toBeNull()
    expect(await stored()).toBe(0)
  })

  it('keeps the lock and looks again when the database cannot be asked', async () => {
    const { key, stub, holder, alarmInMs } = setUp()
    const mine = holder('Ada')
    await locks.acquire(key, mine, long)
    await env.DB.exec('ALTER TABLE operations RENAME TO operations_away')
    try {
      expect(await runDurableObjectAlarm(stub)).toBe(true)
      expect(await stub.holder()).toEqual(mine)
      expect(await alarmInMs()).toBeGreaterThan(0)
    } finally {
      await env.DB.exec('ALTER TABLE operations_away RENAME TO operations')
    }
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    expect(await stub.holder()).toBeNull()
  })

  it('does nothing for a lock that is free', async () => {
    const { stub } = setUp()
    await runInDurableObject(stub, (_object, state) => state.storage.setAlarm(Date.now() + long))
    expect(await runDurableObjectAlarm(stub)).toBe(true)
    expect(await stub.holder()).toBeNull()
  })
})

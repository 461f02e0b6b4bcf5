import { DurableObject } from 'cloudflare:workers'
import type { LockHolder } from '../kernel/lock.ts'
import { createLogger, describeError } from '../kernel/log.ts'

/** What became of an operation: `done` frees the lock, otherwise look again after so many ms. */
export type FollowUp = { done: true } | { done: false; againInMs: number }

/** Finds the end of an operation; given by the composition root, because objects import no feature. */
export type Follower = (env: Env, operationId: string) => Promise<FollowUp>

/** After a look that failed on our side; nothing shorter than this is worth waking for. */
const troubleMs = 5_000
const shortestMs = 100

/**
 * One object a server. The holder and the alarm are in storage, so an evicted or restarted object goes on from there:
 * the alarm asks the follower until the operation has an end, then frees the lock. A lock is never held without an
 * alarm that looks after it.
 */
export const actionLockClass = (follow: Follower) =>
  class ActionLock extends DurableObject<Env> {
    /** `ms`: when the alarm first looks after a holder that has said nothing. Asking again as the holder is harmless. */
    async acquire(holder: LockHolder, ms: number): Promise<{ ok: true } | { ok: false; holder: LockHolder }> {
      const held = await this.holder()
      if (!held || held.operationId === holder.operationId) {
        await this.#keep(holder, ms)
        return { ok: true }
      }
      if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + troubleMs)
      return { ok: false, holder: held }
    }

    async release(operationId: string): Promise<void> {
      if ((await this.holder())?.operationId === operationId) await this.#free()
    }

    async follow(operationId: string, firstLookMs: number): Promise<void> {
      const held = await this.holder()
      if (held?.operationId === operationId) await this.#keep(held, firstLookMs)
    }

    async holder(): Promise<LockHolder | null> {
      return (await this.ctx.storage.get<LockHolder>('holder')) ?? null
    }

    override async alarm(): Promise<void> {
      const held = await this.holder()
      if (!held) return
      // Should this object die while it asks, the next one goes on by itself.
      await this.ctx.storage.setAlarm(Date.now() + troubleMs)
      const next = await this.#ask(held.operationId)
      // Somebody else may hold it by now: the operation may have been ended, and freed, by another's follow-up.
      if ((await this.holder())?.operationId !== held.operationId) return
      if (next.done) await this.#free()
      else await this.ctx.storage.setAlarm(Date.now() + Math.max(shortestMs, next.againInMs))
    }

    async #ask(operationId: string): Promise<FollowUp> {
      try {
        return await follow(this.env, operationId)
      } catch (error) {
        createLogger('error').error('lock.follow_failed', { operationId, error: describeError(error) })
        return { done: false, againInMs: troubleMs }
      }
    }

    /** Both writes in one go: there is no moment with a holder and without an alarm. */
    async #keep(holder: LockHolder, alarmInMs: number): Promise<void> {
      await Promise.all([
        this.ctx.storage.put('holder', holder),
        this.ctx.storage.setAlarm(Date.now() + Math.max(shortestMs, alarmInMs)),
      ])
    }

    async #free(): Promise<void> {
      await Promise.all([this.ctx.storage.deleteAlarm(), this.ctx.storage.deleteAll()])
    }
  }

export type ActionLockObject = InstanceType<ReturnType<typeof actionLockClass>>

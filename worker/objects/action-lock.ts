import { DurableObject } from 'cloudflare:workers'
import type { LockHolder } from '../kernel/lock.ts'
import { createLogger, describeError } from '../kernel/log.ts'

/** What became of an operation: `done` frees the lock, otherwise look again after so many ms. */
export type FollowUp = { done: true } | { done: false; againInMs: number }

/**
 * Finds the end of an operation; given by the composition root, because objects import no feature. `soon`: now, even if
 * the last look was a moment ago, because somebody waits for the lock.
 */
export type Follower = (env: Env, operationId: string, soon: boolean) => Promise<FollowUp>

/** After a look that failed on our side; nothing shorter than this is worth waking for. */
const troubleMs = 5_000
const shortestMs = 100

type Acquired = { ok: true } | { ok: false; holder: LockHolder }

/**
 * One object a server. The holder and the alarm are in storage, so an evicted or restarted object goes on from there:
 * the alarm asks the follower until the operation has an end, then frees the lock. A lock is never held without an
 * alarm that looks after it.
 */
export const actionLockClass = (follow: Follower) =>
  class ActionLock extends DurableObject<Env> {
    #turn: Promise<unknown> = Promise.resolve()
    #look: { operationId: string; next: Promise<FollowUp> } | null = null

    /**
     * `ms`: when the alarm first looks after a holder that has said nothing. Asking again as the holder is harmless. A
     * holder that is only waiting for its end is looked at once more before anybody is refused: whoever has just seen
     * the provider's action end may go on.
     */
    async acquire(holder: LockHolder, ms: number): Promise<Acquired> {
      const answer = await this.#inTurn(() => this.#take(holder, ms))
      if (answer.ok || !(await this.#isFollowed())) return answer
      const { operationId } = answer.holder
      const next = await this.#lookNow(operationId)
      if (!next.done) return answer
      await this.release(operationId)
      return this.#inTurn(() => this.#take(holder, ms))
    }

    async release(operationId: string): Promise<void> {
      await this.#inTurn(async () => {
        if ((await this.holder())?.operationId === operationId) await this.#free()
      })
    }

    async follow(operationId: string, firstLookMs: number): Promise<void> {
      await this.#inTurn(async () => {
        const held = await this.holder()
        if (held?.operationId !== operationId) return
        await Promise.all([this.ctx.storage.put('followed', true), this.#keep(held, firstLookMs)])
      })
    }

    async holder(): Promise<LockHolder | null> {
      return (await this.ctx.storage.get<LockHolder>('holder')) ?? null
    }

    override async alarm(): Promise<void> {
      const held = await this.holder()
      if (!held) return
      // Should this object die while it asks, the next one goes on by itself.
      await this.ctx.storage.setAlarm(Date.now() + troubleMs)
      const next = await this.#ask(held.operationId, false)
      if (next.done) return this.release(held.operationId)
      await this.#inTurn(async () => {
        // Somebody else may hold it by now: the operation may have been ended, and freed, by another's follow-up.
        if ((await this.holder())?.operationId !== held.operationId) return
        await this.ctx.storage.setAlarm(Date.now() + Math.max(shortestMs, next.againInMs))
      })
    }

    async #take(holder: LockHolder, ms: number): Promise<Acquired> {
      const held = await this.holder()
      if (!held || held.operationId === holder.operationId) {
        await this.#keep(holder, ms)
        return { ok: true }
      }
      if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + troubleMs)
      return { ok: false, holder: held }
    }

    /** Its request is over: what is left is for the provider to end. */
    async #isFollowed(): Promise<boolean> {
      return (await this.ctx.storage.get<boolean>('followed')) === true
    }

    /** One look serves all who wait; one that was under way before may have come too early, and is made again. */
    async #lookNow(operationId: string): Promise<FollowUp> {
      const earlier = this.#look
      if (earlier?.operationId === operationId) {
        const next = await earlier.next
        if (next.done) return next
      }
      if (this.#look !== earlier && this.#look?.operationId === operationId) return this.#look.next
      const look = { operationId, next: this.#ask(operationId, true) }
      this.#look = look
      try {
        return await look.next
      } finally {
        if (this.#look === look) this.#look = null
      }
    }

    async #ask(operationId: string, soon: boolean): Promise<FollowUp> {
      try {
        return await follow(this.env, operationId, soon)
      } catch (error) {
        createLogger('error').error('lock.follow_failed', { operationId, error: describeError(error) })
        return { done: false, againInMs: troubleMs }
      }
    }

    /** Who holds the lock is read and written by one at a time, also where several waited for the same look. */
    async #inTurn<T>(work: () => Promise<T>): Promise<T> {
      const mine = this.#turn.then(work)
      this.#turn = mine.catch(() => undefined)
      return mine
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

import { DurableObject } from 'cloudflare:workers'
import type { LockHolder } from '../kernel/lock.ts'

interface Held {
  holder: LockHolder
  /** ms since epoch; afterwards the follow-up looks for the end of the operation. */
  until: number
  following: boolean
}

/** What became of an operation: `done` frees the lock, otherwise look again after so many ms. */
export type FollowUp = { done: true } | { done: false; againInMs: number }

/** Finds the end of an operation; given by the composition root, because objects import no feature. */
export type Follower = (env: Env, operationId: string) => Promise<FollowUp>

/**
 * One object a server. The lease is in storage, so an evicted or restarted object goes on from there: its alarm asks
 * the follower until the operation has an end, then frees the lock.
 */
export const actionLockClass = (follow: Follower) =>
  class ActionLock extends DurableObject<Env> {
    async acquire(holder: LockHolder, ms: number): Promise<{ ok: true } | { ok: false; holder: LockHolder }> {
      const held = await this.#held()
      if (held && held.holder.operationId !== holder.operationId) return { ok: false, holder: held.holder }
      await this.#keep({ holder, until: Date.now() + ms, following: false }, ms)
      return { ok: true }
    }

    async release(operationId: string): Promise<void> {
      const held = await this.#held()
      if (held?.holder.operationId === operationId) await this.#free()
    }

    async follow(operationId: string, firstLookMs: number): Promise<void> {
      const held = await this.#held()
      if (held?.holder.operationId !== operationId) return
      await this.#keep({ ...held, following: true }, firstLookMs)
    }

    async holder(): Promise<LockHolder | null> {
      return (await this.#held())?.holder ?? null
    }

    override async alarm(): Promise<void> {
      const held = await this.#held()
      if (!held) return
      let next: FollowUp
      try {
        next = await follow(this.env, held.holder.operationId)
      } catch {
        next = { done: false, againInMs: 5_000 }
      }
      // Somebody else may have taken the lock over while the follower was asking.
      if ((await this.#held())?.holder.operationId !== held.holder.operationId) return
      if (next.done) await this.#free()
      else await this.ctx.storage.setAlarm(Date.now() + next.againInMs)
    }

    #held(): Promise<Held | undefined> {
      return this.ctx.storage.get<Held>('held')
    }

    async #keep(held: Held, alarmInMs: number): Promise<void> {
      await this.ctx.storage.put('held', held)
      await this.ctx.storage.setAlarm(Date.now() + alarmInMs)
    }

    async #free(): Promise<void> {
      await this.ctx.storage.deleteAlarm()
      await this.ctx.storage.deleteAll()
    }
  }

export type ActionLockObject = InstanceType<ReturnType<typeof actionLockClass>>

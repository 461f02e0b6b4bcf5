import { DurableObject } from 'cloudflare:workers'
import {
  backoffMs,
  type Admission,
  type Backoff,
  type Bucket,
  type BucketState,
  type Burst,
  type KeyUse,
  type KeyUseByDay,
} from '../kernel/rate-limit.ts'
import { UseCounter, type WriteUse } from './use-counter.ts'

interface Level {
  tokens: number
  at: number
}

interface Failures {
  count: number
  /** Of the last one. */
  at: number
  blockedUntil: number
}

/**
 * One object a key. A bucket's level lives in memory only: losing it on eviction forgives an idle caller, never blocks
 * one, and costs no storage writes. Failures and bursts are rare and must outlive an idle object, so they are stored; so is
 * what was counted of an API key, which `writeUse` puts into the database from time to time.
 */
export const rateLimiterClass = (writeUse: (env: Env) => WriteUse) =>
  class RateLimiter extends DurableObject<Env> {
    #level: Level | null = null
    readonly #use = new UseCounter(this.ctx.storage, writeUse(this.env))

    take(bucket: Bucket, cost: number, reserve: number): BucketState {
      const tokens = this.#refill(bucket)
      const allowed = tokens - cost >= reserve
      const left = allowed ? tokens - cost : tokens
      this.#level = { tokens: left, at: Date.now() }
      const missing = Math.max(0, cost + reserve - left)
      return {
        allowed,
        remaining: Math.max(0, Math.floor(left)),
        retryAfterS: allowed ? 0 : missing / bucket.perSecond,
      }
    }

    takeCall(keyId: string, bucket: Bucket): BucketState {
      const state = this.take(bucket, 1, 0)
      this.#use.add(keyId, { calls: 1, refusals: state.allowed ? 0 : 1 })
      return state
    }

    countUse(keyId: string, use: KeyUse): void {
      this.#use.add(keyId, use)
    }

    countedUse(): KeyUseByDay {
      return this.#use.byDay()
    }

    observe(bucket: Bucket, remaining: number): void {
      this.#level = { tokens: Math.min(this.#refill(bucket), remaining), at: Date.now() }
    }

    async delay(): Promise<number> {
      const failures = await this.ctx.storage.get<Failures>('failures')
      return waitS(failures)
    }

    async fail(backoff: Backoff): Promise<void> {
      const now = Date.now()
      const known = await this.ctx.storage.get<Failures>('failures')
      const count = (known && now - known.at <= backoff.forgetMs ? known.count : 0) + 1
      const failures: Failures = { count, at: now, blockedUntil: now + backoffMs(count, backoff) }
      await Promise.all([
        this.ctx.storage.put('failures', failures),
        this.ctx.storage.setAlarm(now + Math.max(backoff.forgetMs, backoff.maxMs)),
      ])
    }

    async attempt(backoff: Backoff): Promise<Admission> {
      // The input gate keeps other calls out while storage is read and written, so that two never see one count.
      const retryAfterS = await this.delay()
      if (retryAfterS > 0) return { allowed: false, retryAfterS }
      await this.fail(backoff)
      return { allowed: true, retryAfterS: 0 }
    }

    async forgive(): Promise<void> {
      await this.ctx.storage.delete('failures')
    }

    async strike({ count, withinMs, slotMs }: Burst): Promise<boolean> {
      const now = Date.now()
      const known = (await this.ctx.storage.get<number[]>('events')) ?? []
      const recent = known.filter((at) => now - at < withinMs)
      const last = recent.at(-1)
      if (slotMs > 0 && last !== undefined && Math.floor(last / slotMs) === Math.floor(now / slotMs)) return false
      recent.push(now)
      const struck = recent.length >= count
      await Promise.all([
        this.ctx.storage.put('events', struck ? [] : recent),
        this.ctx.storage.setAlarm(now + withinMs),
      ])
      return struck
    }

    /** Whoever was counted is forgotten; nothing is kept of a key that nobody uses. */
    override async alarm(): Promise<void> {
      if (await this.#use.settle()) await this.ctx.storage.deleteAll()
    }

    #refill(bucket: Bucket): number {
      const level = this.#level
      if (!level) return bucket.capacity
      return Math.min(bucket.capacity, level.tokens + ((Date.now() - level.at) / 1_000) * bucket.perSecond)
    }
  }

export type RateLimiterObject = InstanceType<ReturnType<typeof rateLimiterClass>>

const waitS = (failures: Failures | undefined): number =>
  failures ? Math.max(0, failures.blockedUntil - Date.now()) / 1_000 : 0

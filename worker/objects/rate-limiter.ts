import { DurableObject } from 'cloudflare:workers'
import type { Bucket, BucketState } from '../kernel/rate-limit.ts'

interface Level {
  tokens: number
  at: number
}

/**
 * One object a bucket key. Levels live in memory only: losing them on eviction forgives an idle caller, never blocks
 * one, and costs no storage writes.
 */
export class RateLimiter extends DurableObject<Env> {
  #level: Level | null = null

  take(bucket: Bucket, cost: number, reserve: number): BucketState {
    const tokens = this.#refill(bucket)
    const allowed = tokens - cost >= reserve
    const left = allowed ? tokens - cost : tokens
    this.#level = { tokens: left, at: Date.now() }
    const missing = Math.max(0, cost + reserve - left)
    return { allowed, remaining: Math.max(0, Math.floor(left)), retryAfterS: allowed ? 0 : missing / bucket.perSecond }
  }

  observe(bucket: Bucket, remaining: number): void {
    this.#level = { tokens: Math.min(this.#refill(bucket), remaining), at: Date.now() }
  }

  #refill(bucket: Bucket): number {
    const level = this.#level
    if (!level) return bucket.capacity
    return Math.min(bucket.capacity, level.tokens + ((Date.now() - level.at) / 1_000) * bucket.perSecond)
  }
}

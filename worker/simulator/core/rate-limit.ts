import type { ProjectRecord } from './types.ts'

interface Bucket {
  used: number
  at: number
}

/**
 * A leaky bucket per project (FACTS §4): `limit` requests, one flows back every hour/limit.
 * Kept in memory only: a restart gives a full allowance.
 */
export class RateLimits {
  private readonly buckets = new Map<number, Bucket>()

  /** Counts one request; false when the bucket is used up. */
  take(project: Pick<ProjectRecord, 'id' | 'rateLimit'>, now: number): boolean {
    const bucket = this.drained(project, now)
    if (bucket.used > project.rateLimit - 1) return false
    bucket.used += 1
    return true
  }

  /** Leaves exactly `remaining` requests. */
  setRemaining(project: Pick<ProjectRecord, 'id' | 'rateLimit'>, remaining: number, now: number): void {
    this.buckets.set(project.id, { used: Math.max(0, project.rateLimit - remaining), at: now })
  }

  headers(project: Pick<ProjectRecord, 'id' | 'rateLimit'>, now: number): Record<string, string> {
    const { used } = this.drained(project, now)
    const perSecond = project.rateLimit / 3_600
    return {
      'ratelimit-limit': String(project.rateLimit),
      'ratelimit-remaining': String(Math.max(0, Math.floor(project.rateLimit - used))),
      'ratelimit-reset': String(Math.ceil(now / 1_000 + used / perSecond)),
    }
  }

  clear(): void {
    this.buckets.clear()
  }

  private drained(project: Pick<ProjectRecord, 'id' | 'rateLimit'>, now: number): Bucket {
    let bucket = this.buckets.get(project.id)
    if (!bucket) this.buckets.set(project.id, (bucket = { used: 0, at: now }))
    const seconds = Math.max(0, now - bucket.at) / 1_000
    bucket.used = Math.max(0, bucket.used - (seconds * project.rateLimit) / 3_600)
    bucket.at = now
    return bucket
  }
}

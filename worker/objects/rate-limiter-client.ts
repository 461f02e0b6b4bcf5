import type { Logger } from '../kernel/log.ts'
import { describeError } from '../kernel/log.ts'
import type { Admission, BucketState, KeyUseByDay, LimitsPort } from '../kernel/rate-limit.ts'
import type { RateLimiterObject as RateLimiter } from './rate-limiter.ts'

/** The name of the object that limits and counts an API key. */
export const limiterOf = (keyId: string): string => `key:${keyId}`

/**
 * A limiter that cannot be asked lets the request through: authorisation still stands behind it, and a broken counter
 * must not lock the owner out.
 */
export function createRateLimits(namespace: DurableObjectNamespace<RateLimiter>, log: Logger): LimitsPort {
  async function ask<T>(
    key: string,
    call: (stub: DurableObjectStub<RateLimiter>) => PromiseLike<T>,
    open: NoInfer<T>,
  ): Promise<T> {
    try {
      return await call(namespace.get(namespace.idFromName(key)))
    } catch (error) {
      log.error('rate_limiter.unavailable', { error: describeError(error) })
      return open
    }
  }
  return {
    take: (key, bucket, cost = 1, reserve = 0) =>
      ask<BucketState>(key, (stub) => stub.take(bucket, cost, reserve), {
        allowed: true,
        remaining: bucket.capacity,
        retryAfterS: 0,
      }),
    observe: (key, bucket, remaining) => ask(key, (stub) => stub.observe(bucket, remaining), undefined),
    takeCall: (keyId, bucket) =>
      ask<BucketState>(limiterOf(keyId), (stub) => stub.takeCall(keyId, bucket), {
        allowed: true,
        remaining: bucket.capacity,
        retryAfterS: 0,
      }),
    countUse: (keyId, use) => ask(limiterOf(keyId), (stub) => stub.countUse(keyId, use), undefined),
    countedUse: (keyId) => ask<KeyUseByDay>(limiterOf(keyId), (stub) => stub.countedUse(), {}),
    delay: (key) => ask(key, (stub) => stub.delay(), 0),
    fail: (key, backoff) => ask(key, (stub) => stub.fail(backoff), undefined),
    attempt: (key, backoff) => ask<Admission>(key, (stub) => stub.attempt(backoff), { allowed: true, retryAfterS: 0 }),
    forgive: (key) => ask(key, (stub) => stub.forgive(), undefined),
    strike: (key, burst) => ask(key, (stub) => stub.strike(burst), false),
  }
}

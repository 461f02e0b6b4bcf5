import type { Logger } from '../kernel/log.ts'
import { describeError } from '../kernel/log.ts'
import type { RateLimitPort } from '../kernel/rate-limit.ts'
import type { RateLimiter } from './rate-limiter.ts'

/**
 * A limiter that cannot be asked lets the request through: authorisation still stands behind it, and a broken counter
 * must not lock the owner out.
 */
export function createRateLimits(namespace: DurableObjectNamespace<RateLimiter>, log: Logger): RateLimitPort {
  const stub = (key: string) => namespace.get(namespace.idFromName(key))
  return {
    async take(key, bucket, cost = 1, reserve = 0) {
      try {
        return await stub(key).take(bucket, cost, reserve)
      } catch (error) {
        log.error('rate_limiter.unavailable', { error: describeError(error) })
        return { allowed: true, remaining: bucket.capacity, retryAfterS: 0 }
      }
    },
    async observe(key, bucket, remaining) {
      try {
        await stub(key).observe(bucket, remaining)
      } catch (error) {
        log.warn('rate_limiter.unavailable', { error: describeError(error) })
      }
    },
  }
}

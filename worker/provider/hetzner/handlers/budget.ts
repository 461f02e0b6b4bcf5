import { describeError, type Logger } from '../../../kernel/log.ts'
import type { Bucket, BucketState, RateLimitPort } from '../../../kernel/rate-limit.ts'
import type { ProviderSession } from '../../provider.ts'
import type { Layer, Reply } from '../call.ts'
import { budgetExhausted } from '../errors.ts'

/** The provider's own limit, per project and over all of its tokens (FACTS §4). */
export const bucket: Bucket = { capacity: 3_600, perSecond: 1 }
/** The name of the object that keeps it. */
export const budgetKey = (accountId: string): string => `account:${accountId}`
/** Ten minutes of the bucket that background work leaves alone. */
export const reserveForPeople = 600
/** Smaller differences come from requests under way and are not worth a hop. */
const tolerance = 60

/**
 * One budget per account for all who call (DESIGN §8). Background work stops at the reserve; a person's call is
 * counted but never held back, so it is sent while the count is still on its way.
 */
export const budget =
  (port: RateLimitPort, session: ProviderSession, log: Logger): Layer =>
  (next) => {
    const { accountId, priority } = session
    if (accountId === null) return next
    const key = budgetKey(accountId)
    const ledger = createLedger(port, key, log)
    if (priority === 'person') {
      return async (call) => {
        const taking = ledger.take(0)
        try {
          const reply = await next(call)
          await ledger.compare(await taking, reply)
          return reply
        } finally {
          await taking
        }
      }
    }
    return async (call) => {
      const state = await ledger.take(reserveForPeople)
      if (state && !state.allowed) throw budgetExhausted(call, state.retryAfterS)
      const reply = await next(call)
      await ledger.compare(state, reply)
      return reply
    }
  }

/** A budget that cannot be asked holds nobody back: the provider keeps its own count. */
function createLedger(port: RateLimitPort, key: string, log: Logger) {
  const guarded = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      log.warn('provider.budget_unavailable', { key, error: describeError(error) })
      return null
    }
  }
  return {
    take: (reserve: number) => guarded(() => port.take(key, bucket, 1, reserve)),
    /** Other tools use the same limit: when the provider's count is another one, ours is corrected. */
    async compare(state: BucketState | null, reply: Reply): Promise<void> {
      const remaining = remainingOf(reply)
      if (!state || remaining === null) return
      const differs = Math.abs(remaining - state.remaining) > tolerance
      if (differs || reply.status === 429) await guarded(() => port.observe(key, bucket, remaining))
    },
  }
}

function remainingOf(reply: Reply): number | null {
  const header = reply.headers.get('ratelimit-remaining')
  if (header === null || !/^\d+$/.test(header)) return null
  return Math.min(Number(header), bucket.capacity)
}

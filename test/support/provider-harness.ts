import { createHetznerProvider } from '../../worker/provider/hetzner/index.ts'
import type { Clock } from '../../worker/kernel/clock.ts'
import type { Logger } from '../../worker/kernel/log.ts'
import type { RateLimitPort } from '../../worker/kernel/rate-limit.ts'
import { ProviderError, type ProviderFailure, type ProviderSession } from '../../worker/provider/provider.ts'

export const testToken = 'T'.repeat(64)

export const silentLog: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  with: () => silentLog,
}

/** A bucket that never runs dry; `calls` tells what was asked of it. */
export function openBudget(remaining = 3_600) {
  const calls: string[] = []
  const port: RateLimitPort = {
    take: async (key, _bucket, cost = 1, reserve = 0) => {
      calls.push(`take ${key} ${cost} ${reserve}`)
      const allowed = remaining - cost >= reserve
      return { allowed, remaining, retryAfterS: allowed ? 0 : 1 }
    },
    observe: async (key, _bucket, seen) => void calls.push(`observe ${key} ${seen}`),
  }
  return { port, calls }
}

export interface HarnessOptions extends Partial<ProviderSession> {
  fetch: typeof fetch
  baseUrl?: string
  clock?: Clock
  budget?: RateLimitPort
  timeouts?: { readMs: number; writeMs: number }
  record?: (failure: ProviderFailure) => void | Promise<void>
}

/** A provider whose waits are noted instead of waited, and whose failures are kept. */
export function providerHarness(options: HarnessOptions) {
  const failures: ProviderFailure[] = []
  const waits: number[] = []
  const { fetch, baseUrl = 'https://provider.test/v1', budget = openBudget().port, ...rest } = options
  const { accountId = 'acc_1', token = testToken, priority = 'person', requestId = 'req_1' } = rest
  const provider = createHetznerProvider({
    baseUrl,
    fetch,
    session: { accountId, token, priority, requestId },
    clock: rest.clock ?? { now: () => Date.now() },
    budget,
    record: async (failure) => {
      failures.push(failure)
      await rest.record?.(failure)
    },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
    log: silentLog,
    ...(rest.timeouts ? { timeouts: rest.timeouts } : {}),
  })
  return { provider, failures, waits }
}

/** The ProviderError that a call ends with. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('expected a ProviderError, got a value')
}

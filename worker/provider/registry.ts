import type { Clock } from '../kernel/clock.ts'
import { AppError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/log.ts'
import type { RateLimitPort } from '../kernel/rate-limit.ts'
import { createForward, createHetznerProvider } from './hetzner/index.ts'
import { bucket, budgetKey } from './hetzner/handlers/budget.ts'
import type { Timeouts } from './hetzner/handlers/timeout.ts'
import type { ProviderFailure, ProviderRegistry, ProviderSession } from './provider.ts'

export interface RegistryOptions {
  hetzner: { baseUrl: string; fetch: typeof fetch; timeouts?: Timeouts | undefined }
  budget: RateLimitPort
  /** Called for every failed attempt; a returned promise is awaited, its rejection only logged. */
  record: (failure: ProviderFailure) => void | Promise<void>
  clock: Clock
  log: Logger
  sleep?: ((ms: number) => Promise<void>) | undefined
  random?: (() => number) | undefined
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Every provider accounts can be made of. Adding one means: a folder beside `hetzner`, and a line here. */
export function createProviderRegistry(options: RegistryOptions): ProviderRegistry {
  const { hetzner, budget, record, clock, log, sleep = wait, random = Math.random } = options
  const optionsOf = (provider: string, session: ProviderSession) => {
    if (provider !== 'hetzner') throw new AppError('internal', { detail: `no provider named ${provider}` })
    return { ...hetzner, session, clock, budget, record, sleep, random, log }
  }
  return {
    open: (provider, session) => createHetznerProvider(optionsOf(provider, session)),
    openForward: (provider, session) => createForward(optionsOf(provider, session)),
    async budget(_provider, accountId) {
      const { remaining } = await budget.take(budgetKey(accountId), bucket, 0)
      return { limit: bucket.capacity, remaining }
    },
    known: () => [{ id: 'hetzner', name: 'Hetzner Cloud' }],
  }
}

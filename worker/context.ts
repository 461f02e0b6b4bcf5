import type { Db, Statement } from './db/index.ts'
import type { Config } from './env.ts'
import type { RequestFacts } from './kernel/context.ts'
import type { MutateContext } from './kernel/mutate.ts'
import type { RateLimitPort } from './kernel/rate-limit.ts'
import type { LivePort } from './objects/live-hub-client.ts'
import type { ProviderRegistry } from './provider/provider.ts'

/** What a verb gets: the request's facts, and every capability it may use. Built in services.ts only. */
export interface Ctx extends RequestFacts, MutateContext<Statement> {
  readonly db: Db
  readonly config: Config
  readonly providers: ProviderRegistry
  readonly limits: RateLimitPort
  readonly live: LivePort
  /** Goes on after the answer is sent. */
  readonly defer: (work: Promise<unknown>) => void
}

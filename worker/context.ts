import type { Db, Statement } from './db/index.ts'
import type { Config } from './env.ts'
import type { RequestFacts } from './kernel/context.ts'
import type { Journal, MutateContext } from './kernel/mutate.ts'
import type { RateLimitPort } from './kernel/rate-limit.ts'
import type { LivePort } from './objects/live-hub-client.ts'
import type { MirrorPort } from './objects/read-mirror-client.ts'
import type { ProviderRegistry } from './provider/provider.ts'

export interface RequestJournal extends Journal<Statement> {
  /** Whether anything was done, and recorded as done: no later failure may then say that nothing was changed. */
  hasChanged(): boolean
}

/** What a verb gets: the request's facts, and every capability it may use. Built in services.ts only. */
export interface Ctx extends RequestFacts, MutateContext<Statement> {
  readonly db: Db
  readonly journal: RequestJournal
  readonly config: Config
  readonly providers: ProviderRegistry
  readonly limits: RateLimitPort
  readonly live: LivePort
  readonly mirror: MirrorPort
  /** Goes on after the answer is sent. */
  readonly defer: (work: Promise<unknown>) => void
}

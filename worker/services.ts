import type { Ctx } from './context.ts'
import { createDb } from './db/index.ts'
import { readConfig, type Config } from './env.ts'
import { createJournal } from './features/audit/index.ts'
import { protection } from './features/protection/index.ts'
import { recordProviderFailure } from './features/provider-log/index.ts'
import { createArchive } from './objects/archive-bucket.ts'
import type { Actor } from './kernel/actor.ts'
import type { Source } from './kernel/audit.ts'
import { systemClock, type Clock } from './kernel/clock.ts'
import type { RequestFacts } from './kernel/context.ts'
import { newId } from './kernel/id.ts'
import { createLogger } from './kernel/log.ts'
import { createLocks } from './objects/action-lock-client.ts'
import { createLive } from './objects/live-hub-client.ts'
import { createMirror } from './objects/read-mirror-client.ts'
import { createRateLimits } from './objects/rate-limiter-client.ts'
import { createProviderRegistry } from './provider/registry.ts'

/** What an entry may put in the place of the network; the demo answers the provider from its own simulator. */
export interface Modules {
  providerFetch?: (env: Env) => typeof fetch
}

export interface Origin {
  env: Env
  modules: Modules
  defer: (work: Promise<unknown>) => void
}

export type Facts = Partial<Pick<RequestFacts, 'requestId' | 'ip' | 'country' | 'userAgent' | 'clock'>> & {
  actor: Actor
  source: Source
}

/**
 * The composition root: everything a request or a job gets, built here and nowhere else. A part is built when it is
 * first asked for: a refused request asks for next to nothing (DESIGN §14). A copy (`{ ...ctx, actor }`) shares the parts.
 * @throws AppError `misconfigured`
 */
export function createCtx(origin: Origin, facts: Facts): Ctx {
  const { env, defer } = origin
  const config = readConfig(env)
  const clock: Clock = facts.clock ?? systemClock
  const requestId = facts.requestId ?? newId('req', clock.now())
  const built: { -readonly [Part in LazyPart]?: Ctx[Part] } = {}
  return {
    requestId,
    actor: facts.actor,
    source: facts.source,
    ip: facts.ip ?? null,
    country: facts.country ?? null,
    userAgent: facts.userAgent ?? null,
    clock,
    config,
    protection,
    defer,
    get log() {
      return (built.log ??= createLogger(config.logLevel, { requestId }))
    },
    get db() {
      return (built.db ??= createDb(env.DB, config.libsql))
    },
    get limits() {
      return (built.limits ??= createRateLimits(env.RATE_LIMITER, this.log))
    },
    get journal() {
      return (built.journal ??= createJournal(this.db))
    },
    get locks() {
      return (built.locks ??= createLocks(env.ACTION_LOCK))
    },
    get live() {
      return (built.live ??= createLive(env.LIVE_HUB, defer, this.log))
    },
    get mirror() {
      return (built.mirror ??= createMirror(env.READ_MIRROR, this.log))
    },
    get archive() {
      // Absent unless the deployer binds one; the types are those of the demo, which does.
      return createArchive(env.AUDIT_ARCHIVE as R2Bucket | undefined)
    },
    get providers() {
      const { db, limits, log } = this
      return (built.providers ??= createProviderRegistry({
        hetzner: { baseUrl: config.hetznerApiUrl, fetch: providerFetch(origin) },
        budget: limits,
        record: (failure) => recordProviderFailure({ db, log }, failure),
        clock,
        log,
      }))
    },
  }
}

type LazyPart = 'log' | 'db' | 'limits' | 'journal' | 'locks' | 'live' | 'mirror' | 'providers'

const providerFetch = ({ env, modules }: Origin): typeof fetch =>
  modules.providerFetch?.(env) ?? ((input, init) => fetch(input, init))

export type { Config }

import type { Actor } from './actor.ts'
import type { Source } from './audit.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './log.ts'

/** The facts of one request or job, known before any feature runs. */
export interface RequestFacts {
  readonly requestId: string
  readonly actor: Actor
  readonly source: Source
  readonly ip: string | null
  /** ISO 3166-1 alpha-2, as the edge saw it; null where it does not know. */
  readonly country: string | null
  readonly userAgent: string | null
  readonly clock: Clock
  readonly log: Logger
}

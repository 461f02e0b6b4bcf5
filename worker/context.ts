import type { Db, Statement } from './db/index.ts'
import type { Config } from './env.ts'
import type { ArchivePort } from './objects/archive-bucket.ts'
import type { RequestFacts } from './kernel/context.ts'
import type { Journal, MutateContext } from './kernel/mutate.ts'
import type { Role } from './kernel/permissions.ts'
import type { LimitsPort } from './kernel/rate-limit.ts'
import type { LivePort } from './objects/live-hub-client.ts'
import type { MirrorPort } from './objects/read-mirror-client.ts'
import type { ProviderRegistry } from './provider/provider.ts'

export interface RequestJournal extends Journal<Statement> {
  /** Whether anything was done, and recorded as done: no later failure may then say that nothing was changed. */
  hasChanged(): boolean
}

/** A person as the rules that watch know them. */
interface Watched {
  id: string
  name: string
  role: Role
}

/** What the product tells the rules that watch (G8); built in features/protection. */
export interface ProtectionPort {
  /** After a failed proof of a known person: `failures` in a row, each number told exactly once. */
  signInFailed(ctx: Ctx, user: Watched, failures: number): Promise<void>
  /** After the session of a used refresh token was ended. */
  refreshReused(ctx: Ctx, user: Watched, session: { name: string }): Promise<void>
  /** A signed-in person was refused what they may not do. Never throws. */
  refused(ctx: Ctx): Promise<void>
  /** A signed-in person has reached a request limit. Never throws. */
  limitReached(ctx: Ctx): Promise<void>
  /** Before anybody's session is opened; what it returns is committed with that. @throws `ip_not_allowed`, `account_not_active` */
  beforeSession(ctx: Ctx, user: Watched): Promise<Statement[]>
  /** Before a session is renewed, or a key stands for its person. @throws `ip_not_allowed` */
  assertAddress(ctx: Ctx, user: Watched, ownerAllowlist: readonly string[]): Promise<void>
  /** At every request of a session. @throws `ip_not_allowed`, `account_not_active` */
  onRequest(ctx: Ctx, user: Watched, session: WatchedSession, ownerAllowlist: readonly string[]): Promise<void>
  /** Others have changed servers at the provider itself: the last of them, and how many. Never throws. */
  doneOutside(ctx: Ctx, account: { id: string; name: string }, seen: SeenOutside): Promise<void>
  /** Before a route that destroys or cuts off something. @throws `step_up_required`, `account_not_active` */
  beforeDestructive(ctx: Ctx, act: string): Promise<void>
}

export interface SeenOutside {
  count: number
  /** Of what was changed last. */
  name: string
  /** The provider's word for it. */
  command: string
}

export interface WatchedSession {
  id: string
  country: string | null
  lastSeenAt: number
}

/** What a verb gets: the request's facts, and every capability it may use. Built in services.ts only. */
export interface Ctx extends RequestFacts, MutateContext<Statement> {
  readonly db: Db
  readonly journal: RequestJournal
  readonly config: Config
  readonly providers: ProviderRegistry
  readonly limits: LimitsPort
  readonly protection: ProtectionPort
  readonly live: LivePort
  readonly mirror: MirrorPort
  /** Null where no bucket is bound. */
  readonly archive: ArchivePort | null
  /** Goes on after the answer is sent. */
  readonly defer: (work: Promise<unknown>) => void
}

import type { AuditAction, AuditEntry, AuditTarget, Snapshot } from './audit.ts'
import type { RequestFacts } from './context.ts'
import type { ErrorCode } from './errors.ts'
import type { LiveEvent, LivePublisher } from './live.ts'
import type { LockPort } from './lock.ts'
import type { Permission } from './permissions.ts'
import type { Resource } from './scope.ts'

/** The audit log as `mutate` needs it. `S` is a database statement, which the kernel only passes on. */
export interface Journal<S> {
  /** One row or several, now, all or none. Rejects when they cannot be written: the caller then does nothing (fail closed). */
  append(...entries: [AuditEntry, ...AuditEntry[]]): Promise<void>
  /** The changes and the row, all or nothing. */
  commit(statements: readonly S[], entry: AuditEntry): Promise<void>
}

export interface MutateContext<S> extends RequestFacts {
  readonly journal: Journal<S>
  readonly locks: LockPort
  readonly live: LivePublisher
}

export interface Mutation<S, T> {
  action: AuditAction
  /** `self`: the actor changes only what is their own; anything else is decided by `authorize`. */
  permission: Permission | 'self'
  target: AuditTarget
  /** What `permission` must cover, where it can be had for some things only (DESIGN §6). */
  resource?: Resource | undefined
  reason?: string | undefined
  /** What is to be done, on the first row: an operation that fails, or is lost, then says it as well. */
  intent?: Snapshot | undefined
  /** Where two at once must not happen. */
  lock?: LockSpec | undefined
  /** What must be on record before anything runs: written together with the `started` row. */
  begin?: (op: OperationFacts) => readonly S[]
  run(op: Operation<S>): Promise<T>
  /** What an end without a commit changes: written together with the row that says so. */
  end?: (op: OperationFacts, ending: Ending) => readonly S[]
}

export interface LockSpec {
  key: string
  /**
   * When its alarm first looks after a holder that has said nothing: it then finds out what became of the operation,
   * and frees the lock only when that has an end.
   */
  ms: number
}

export interface OperationFacts {
  readonly id: string
  /** ms since epoch */
  readonly startedAt: number
}

/** How an operation ended that did not commit. After `unknown` the lock's alarm goes on looking. */
export interface Ending {
  phase: 'refused' | 'failed' | 'unknown'
  errorCode: ErrorCode
}

export interface CommitOptions {
  phase?: 'succeeded' | 'accepted' | 'unknown'
  target?: AuditTarget
  before?: Snapshot
  after?: Snapshot
}

/** What `run` gets. `commit` is the only way to write, so "changed without a record" cannot be expressed (DESIGN §4). */
export interface Operation<S> extends OperationFacts {
  /**
   * Something outside the database that no rollback takes back. Once it has resolved, no later failure is called
   * `failed`: without a commit the outcome is `unknown`, and the lock's alarm finds out.
   */
  perform<R>(effect: () => Promise<R>): Promise<R>
  commit(statements: readonly S[], options?: CommitOptions): Promise<void>
  /** Sent to open dashboards after the commit, never before. */
  publish(event: LiveEvent): void
}

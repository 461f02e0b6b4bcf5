import type { AuditAction } from './audit.ts'

/** Who holds a lock, for what, since when: the second person is told (DESIGN §4). */
export interface LockHolder {
  operationId: string
  action: AuditAction
  actorName: string
  /** ms since epoch */
  since: number
}

export interface Lease {
  key: string
  operationId: string
}

export interface LockPort {
  /** Takes the lock. `ms` is when its alarm first looks what became of a holder that has said nothing. */
  acquire(key: string, holder: LockHolder, ms: number): Promise<{ ok: true } | { ok: false; holder: LockHolder }>
  /** Frees it if this operation still holds it; otherwise does nothing. */
  release(lease: Lease): Promise<void>
  /** Keeps the lock with a running operation and starts looking for its end. */
  follow(lease: Lease): Promise<void>
}

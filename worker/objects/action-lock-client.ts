import type { LockPort } from '../kernel/lock.ts'
import type { ActionLockObject } from './action-lock.ts'

/** When the follower looks for the first time after a provider accepted an action. */
const firstLookMs = 1_000

export function createLocks(namespace: DurableObjectNamespace<ActionLockObject>): LockPort {
  const stub = (key: string) => namespace.get(namespace.idFromName(key))
  return {
    acquire: (key, holder, ms) => stub(key).acquire(holder, ms),
    release: (lease) => stub(lease.key).release(lease.operationId),
    follow: (lease) => stub(lease.key).follow(lease.operationId, firstLookMs),
  }
}

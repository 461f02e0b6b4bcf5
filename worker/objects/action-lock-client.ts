import type { LockHolder, LockPort } from '../kernel/lock.ts'
import type { ActionLockObject } from './action-lock.ts'

/** When the follower looks for the first time after a provider accepted an action. */
const firstLookMs = 1_000

export function createLocks(namespace: DurableObjectNamespace<ActionLockObject>): LockPort {
  const stub = (key: string) => namespace.get(namespace.idFromName(key))
  return {
    acquire: (key, holder, ms) => twice<Acquired>(() => stub(key).acquire(holder, ms)),
    release: (lease) => twice(() => stub(lease.key).release(lease.operationId)),
    follow: (lease) => twice(() => stub(lease.key).follow(lease.operationId, firstLookMs)),
  }
}

type Acquired = { ok: true } | { ok: false; holder: LockHolder }

/** Every call is harmless to repeat. An object that was just restarted says `retryable`; an overloaded one is left alone. */
async function twice<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean }
    if (!retryable || overloaded) throw error
    return call()
  }
}

import type { Priority, ProviderErrorKind } from '../provider.ts'

export interface FailedAttempt {
  access: 'read' | 'write'
  idempotent: boolean
  priority: Priority
  /** The one that just failed, from 1. */
  attempt: number
  kind: ProviderErrorKind
  status: number | null
}

/** A person waits for the answer; background work comes round again by itself, and shares the rate limit with them. */
const maxAttempts: Record<Priority, number> = { person: 3, background: 2 }
const baseMs = 200
const capMs = 1_000
/** The provider's bucket regains one request a second (FACTS §4): earlier is certain to be refused again. */
const nextTokenMs = 1_000

/**
 * Milliseconds to wait before trying again, or null to give up (FACTS §3). Reads are repeated on anything passing;
 * writes only where the first one surely did nothing, or where doing it twice is doing it once.
 */
export function retryDelayMs(failed: FailedAttempt, random: () => number): number | null {
  if (failed.attempt >= maxAttempts[failed.priority]) return null
  if (!isWorthRepeating(failed)) return null
  const jitter = random() * Math.min(capMs, baseMs * 2 ** failed.attempt)
  return Math.round(failed.kind === 'rate_limited' ? nextTokenMs + jitter / 2 : jitter)
}

function isWorthRepeating({ kind, status, access, idempotent, priority, attempt }: FailedAttempt): boolean {
  switch (kind) {
    case 'conflict':
      return true
    case 'rate_limited':
      return priority === 'person'
    case 'unavailable':
      if (access === 'read') return status === 500 || status === 502 || status === 503 || status === 504
      return idempotent && (status === 502 || status === 504)
    case 'unreachable':
      return access === 'read'
    case 'timeout':
      // A second full timeout is all the patience there is.
      return access === 'read' && attempt === 1
    case 'token_rejected':
    case 'token_read_only':
    case 'forbidden':
    case 'not_found':
    case 'locked':
    case 'protected':
    case 'rejected':
    case 'capacity':
    case 'quota':
    case 'maintenance':
    case 'malformed':
    case 'budget_exhausted':
      return false
  }
}

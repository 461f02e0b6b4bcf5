import { describe, expect, it } from 'vitest'
import { retryDelayMs, type FailedAttempt } from '../../../worker/provider/hetzner/retry-policy.ts'
import { providerErrorKinds, type ProviderErrorKind } from '../../../worker/provider/provider.ts'

const failed = (overrides: Partial<FailedAttempt>): FailedAttempt => ({
  access: 'read',
  idempotent: true,
  priority: 'person',
  attempt: 1,
  kind: 'unavailable',
  status: 503,
  ...overrides,
})
const retries = (overrides: Partial<FailedAttempt>) => retryDelayMs(failed(overrides), () => 0.5) !== null

describe('the retry policy', () => {
  const table: [ProviderErrorKind, number | null, boolean, boolean, boolean][] = [
    // kind, status, read, idempotent write, other write
    ['conflict', 409, true, true, true],
    ['rate_limited', 429, true, true, true],
    ['unavailable', 500, true, false, false],
    ['unavailable', 502, true, true, false],
    ['unavailable', 503, true, false, false],
    ['unavailable', 504, true, true, false],
    ['unavailable', 520, false, false, false],
    ['unreachable', null, true, false, false],
    ['timeout', null, true, false, false],
  ]
  it.each(table)('%s %s: read %s, idempotent write %s, other write %s', (kind, status, read, idempotent, other) => {
    expect(retries({ kind, status })).toBe(read)
    expect(retries({ kind, status, access: 'write' })).toBe(idempotent)
    expect(retries({ kind, status, access: 'write', idempotent: false })).toBe(other)
  })

  it('repeats nothing else, whatever it was', () => {
    const repeated = new Set(table.map(([kind]) => kind))
    for (const kind of providerErrorKinds.filter((entry) => !repeated.has(entry))) {
      expect(retries({ kind, status: 400 }), kind).toBe(false)
    }
  })

  it('sends at most three times for a person and twice in the background', () => {
    expect([1, 2, 3].map((attempt) => retries({ attempt }))).toEqual([true, true, false])
    expect([1, 2].map((attempt) => retries({ attempt, priority: 'background' }))).toEqual([true, false])
  })

  it('waits out a full time-out only twice', () => {
    expect([1, 2].map((attempt) => retries({ kind: 'timeout', attempt }))).toEqual([true, false])
  })

  it('leaves the next token to people when the rate limit is reached', () => {
    expect(retries({ kind: 'rate_limited', status: 429, priority: 'background' })).toBe(false)
  })

  it('waits with full jitter, and after a 429 at least until the next token', () => {
    for (const random of [0, 0.5, 0.999]) {
      for (const attempt of [1, 2]) {
        const delay = retryDelayMs(failed({ attempt }), () => random)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(200 * 2 ** attempt)
        const limited = retryDelayMs(failed({ attempt, kind: 'rate_limited', status: 429 }), () => random)
        expect(limited).toBeGreaterThanOrEqual(1_000)
        expect(limited).toBeLessThan(1_500)
      }
    }
  })
})

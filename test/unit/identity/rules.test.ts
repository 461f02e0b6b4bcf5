import { assert, integer, nat, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, minutes } from '../../../worker/kernel/clock.ts'
import {
  decideRefresh,
  isRecentlyVerified,
  isSignCountRegression,
  linkState,
  normalizeRecoveryCode,
  sessionExpiry,
} from '../../../worker/features/identity/rules.ts'

const time = integer({ min: 0, max: 4_000_000_000_000 })

describe('session expiry', () => {
  it('is 30 days away, but never past 90 days of age', () => {
    expect(sessionExpiry(0, 0)).toBe(days(30))
    expect(sessionExpiry(0, days(80))).toBe(days(90))
    assert(
      property(time, nat(), (created, age) => {
        const expiry = sessionExpiry(created, created + age)
        return expiry <= created + days(90) && expiry <= created + age + days(30)
      }),
    )
  })
})

describe('a refresh token', () => {
  it.each([
    [null, 0, 'rotate'],
    [1_000, 1_000, 'grace'],
    [1_000, 11_000, 'grace'],
    [1_000, 11_001, 'reuse'],
  ] as const)('used at %s and presented at %s means %s', (usedAt, now, decision) => {
    expect(decideRefresh(usedAt, now)).toBe(decision)
  })
})

describe('a signature counter', () => {
  it.each([
    [0, 0, false],
    [0, 1, false],
    [5, 6, false],
    [5, 5, true],
    [5, 4, true],
    [5, 0, true],
  ])('stored %i, presented %i: backwards is %s', (stored, presented, backwards) => {
    expect(isSignCountRegression(stored, presented)).toBe(backwards)
  })
})

describe('a fresh proof', () => {
  it('lasts five minutes and is never there without a passkey', () => {
    const now = days(20_000)
    expect(isRecentlyVerified(now, now)).toBe(true)
    expect(isRecentlyVerified(now - minutes(5), now)).toBe(true)
    expect(isRecentlyVerified(now - minutes(5) - 1, now)).toBe(false)
    expect(isRecentlyVerified(0, minutes(1))).toBe(false)
  })
})

describe('a link', () => {
  it.each([
    [{ usedAt: null, expiresAt: 11 }, 'valid'],
    [{ usedAt: null, expiresAt: 10 }, 'expired'],
    [{ usedAt: 5, expiresAt: 11 }, 'used'],
    [{ usedAt: 5, expiresAt: 9 }, 'used'],
  ] as const)('%j at 10 is %s', (link, state) => {
    expect(linkState(link, 10)).toBe(state)
  })
})

describe('a recovery code', () => {
  it('is the same however people type it', () => {
    for (const typed of ['abcd-0123-efgh-1jkm', 'ABCD 0123 EFGH 1JKM', ' abcdo123efghijkm ', 'abcd–o123–efgh–ljkm']) {
      expect(normalizeRecoveryCode(typed)).toBe('abcd0123efgh1jkm')
    }
  })

  it('reads the same after being read once', () => {
    assert(
      property(string(), (text) => {
        const once = normalizeRecoveryCode(text)
        return normalizeRecoveryCode(once) === once
      }),
    )
  })
})

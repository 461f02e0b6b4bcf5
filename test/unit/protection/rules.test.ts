import { describe, expect, it } from 'vitest'
import {
  accountBackoff,
  completeRules,
  isFailureLimit,
  isImpossibleTravel,
  isRepeatedReuse,
  judgeDestructive,
} from '../../../worker/features/protection/rules.ts'
import { hours, minutes } from '../../../worker/kernel/clock.ts'
import { backoffMs } from '../../../worker/kernel/rate-limit.ts'

describe('the growing delay', () => {
  it('leaves three failures free, doubles from one second, and ends at a quarter of an hour', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 12, 13, 100, 5_000].map((n) => backoffMs(n, accountBackoff) / 1_000)
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 512, 900, 900, 900])
  })
})

describe('failed sign-ins', () => {
  it('strike at the fifth in a row, and at every fifth while nobody reacted', () => {
    expect([0, 1, 4, 5, 6, 9, 10].map(isFailureLimit)).toEqual([false, false, false, true, false, false, true])
  })
})

describe('impossible travel', () => {
  const at = 1_000_000_000
  const from = { country: 'DE', at }
  it.each([
    ['another country within the hour', from, { country: 'BR', at: at + minutes(59) }, ['DE'], true],
    ['another country after an hour', from, { country: 'BR', at: at + hours(1) }, ['DE'], false],
    ['the same country', from, { country: 'DE', at: at + 1 }, [], false],
    ['a confirmed country', from, { country: 'BR', at: at + 1 }, ['BR'], false],
    ['the first country ever seen', null, { country: 'BR', at: at + 1 }, [], false],
    ['a clock that went backwards', from, { country: 'BR', at: at - minutes(5) }, ['DE'], true],
  ])('%s', (_name, before, to, confirmed, expected) => {
    expect(isImpossibleTravel(before, to, confirmed)).toBe(expected)
  })
})

describe('a destructive act', () => {
  it.each([
    ['DE', ['DE'], false, 'familiar'],
    [null, [], false, 'familiar'],
    ['BR', ['DE'], true, 'tell'],
    ['BR', ['DE'], false, 'refuse'],
    ['BR', [], false, 'refuse'],
  ])('from %s with %j confirmed, fresh proof %s: %s', (country, confirmed, fresh, verdict) => {
    expect(judgeDestructive(country, confirmed, fresh)).toBe(verdict)
  })
})

it('a copied session is told once and strikes the second time', () => {
  expect([0, 1, 2, 3].map(isRepeatedReuse)).toEqual([false, false, true, true])
})

it('a rule that nobody has decided about suspends, as G8 asks', () => {
  const rules = completeRules({ refusals: { on: false, reaction: 'alert' } })
  expect(rules.refusals).toEqual({ on: false, reaction: 'alert' })
  expect(rules.failed_sign_ins).toEqual({ on: true, reaction: 'suspend' })
})

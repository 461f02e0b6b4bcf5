import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest, trafficStep } from '../../../worker/features/sync/digest.ts'
import { mapLimited } from '../../../worker/features/sync/map-limited.ts'
import {
  isTransitional,
  nextIntervalMs,
  shouldLookOutside,
  shouldReadPrices,
  stateOfPass,
  type PassFacts,
} from '../../../worker/features/sync/rules.ts'
import { minutes, seconds } from '../../../worker/kernel/clock.ts'
import { providerErrorKinds, serverStatuses } from '../../../worker/provider/provider.ts'

const quiet: PassFacts = {
  result: 'complete',
  budgetLow: false,
  busy: false,
  unchangedPasses: 0,
  intervalMs: minutes(1),
}

describe('the interval', () => {
  it('is a minute after a change, and grows to five when nothing happens for long', () => {
    const at = (unchangedPasses: number) => nextIntervalMs({ ...quiet, unchangedPasses })
    expect([0, 9, 10, 19, 20, 34, 35, 1_000].map(at)).toEqual([1, 1, 2, 2, 3, 3, 5, 5].map((n) => minutes(n)))
  })

  it('is 15 s while something is under way, whatever went before', () => {
    expect(nextIntervalMs({ ...quiet, busy: true, unchangedPasses: 500 })).toBe(seconds(15))
  })

  it('is five minutes when the budget is low, even while something is under way', () => {
    expect(nextIntervalMs({ ...quiet, busy: true, budgetLow: true })).toBe(minutes(5))
  })

  it('is half a minute after a partial pass', () => {
    expect(nextIntervalMs({ ...quiet, result: 'partial' })).toBe(seconds(30))
  })

  it('is between 15 s and five minutes for any pass', () => {
    const facts = fc.record({
      result: fc.constantFrom('complete' as const, 'partial' as const, 'failed' as const),
      budgetLow: fc.boolean(),
      busy: fc.boolean(),
      unchangedPasses: fc.nat(),
      intervalMs: fc.integer({ min: seconds(15), max: minutes(5) }),
    })
    fc.assert(
      fc.property(facts, (pass) => {
        const ms = nextIntervalMs(pass)
        return ms >= seconds(15) && ms <= minutes(5)
      }),
    )
  })
})

describe('what a pass says about the account', () => {
  it('is ok only after a complete one', () => {
    expect(stateOfPass('complete', null)).toBe('ok')
    for (const kind of providerErrorKinds) {
      expect(stateOfPass('failed', kind)).not.toBe('ok')
      expect(stateOfPass('partial', kind)).toBe(kind === 'token_rejected' ? 'revoked' : 'partial')
    }
  })

  it('never calls a token dead because it may only read', () => {
    expect(stateOfPass('failed', 'token_read_only')).not.toBe('revoked')
    expect(stateOfPass('failed', 'forbidden')).not.toBe('revoked')
  })
})

describe('when to ask for more', () => {
  it('looks outside after a change and every fifth quiet pass, but never before there is something to compare', () => {
    expect(shouldLookOutside(1, 3, 1)).toBe(true)
    expect([0, 1, 4, 5, 6, 10].map((quietBefore) => shouldLookOutside(0, quietBefore, 1))).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ])
    expect(shouldLookOutside(5, 0, null)).toBe(false)
  })

  it('reads prices once a day, and after a failure once in ten minutes', () => {
    const now = Date.parse('2026-11-21T12:30:00Z')
    expect(shouldReadPrices('2026-11-21', '2026-11-21', null, now)).toBe(false)
    expect(shouldReadPrices(null, '2026-11-21', null, now)).toBe(true)
    expect(shouldReadPrices('2026-11-20', '2026-11-21', now - minutes(1), now)).toBe(true)
    expect(shouldReadPrices('2026-11-20', '2026-11-21', now, now + minutes(1))).toBe(false)
  })

  it('knows which states end by themselves', () => {
    expect(serverStatuses.filter((status) => !isTransitional(status))).toEqual(['running', 'off', 'unknown'])
  })
})

describe('the digest', () => {
  it('tells 100,000 similar texts apart', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, i) => digest(`["name","web-${i}"],["status","running"]`)))
    expect(seen.size).toBe(100_000)
  })

  it('changes with every character, the last one too', () => {
    expect(digest('ab')).not.toBe(digest('ac'))
    expect(digest('ab')).not.toBe(digest('ba'))
    expect(digest('')).toMatch(/^[0-9a-f]{16}$/)
  })

  it('takes used traffic in steps, so that a running server is not news in every pass', () => {
    const included = 20 * 2 ** 40
    expect(trafficStep(5 * 2 ** 30, included)).toBe(trafficStep(6 * 2 ** 30, included))
    expect(trafficStep(50 * 2 ** 30, included)).not.toBe(trafficStep(5 * 2 ** 30, included))
    expect(trafficStep(null, included)).toBeNull()
    expect(trafficStep(2 ** 30, null)).toBe(1)
  })
})

describe('mapLimited', () => {
  it('keeps the order and never runs more at once than it may', async () => {
    let running = 0
    let most = 0
    const results = await mapLimited([5, 1, 4, 2, 3], 2, async (n) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, n))
      running--
      return n * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(2)
    expect(await mapLimited([], 2, async () => 1)).toEqual([])
  })
})

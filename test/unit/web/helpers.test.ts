import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../../web/src/lib/live/backoff.ts'
import { initials } from '../../../web/src/lib/shell/initials.ts'
import { safeNext, signInAddress } from '../../../web/src/lib/shell/sign-in-address.ts'
import { keyCaps } from '../../../web/src/lib/ui/keys.ts'
import { nextSort, tracksOf } from '../../../web/src/lib/ui/table/column.ts'

describe('the way back after signing in', () => {
  it('is remembered, and leads nowhere outside', () => {
    expect(signInAddress({ pathname: '/servers/a', search: '?tab=metrics' })).toBe(
      '/sign-in?next=%2Fservers%2Fa%3Ftab%3Dmetrics',
    )
    expect(signInAddress({ pathname: '/', search: '' })).toBe('/sign-in')
    expect(safeNext('/servers/a?tab=metrics')).toBe('/servers/a?tab=metrics')
    for (const bad of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '',
      null,
    ]) {
      expect(safeNext(bad)).toBe('/servers')
    }
  })
})

describe('coming back after a break', () => {
  it('waits longer each time, with jitter, never more than half a minute', () => {
    expect(backoffMs(0, () => 1)).toBe(500)
    expect(backoffMs(3, () => 1)).toBe(4_000)
    expect(backoffMs(50, () => 1)).toBe(30_000)
    expect(backoffMs(50, () => 0)).toBe(500)
  })
})

describe('small words', () => {
  it('initials take whole characters of any script', () => {
    expect(initials('Mara König')).toBe('MK')
    expect(initials('محمد علي')).toBe('مع')
    expect(initials('')).toBe('·')
  })

  it('keys look as on the keyboard', () => {
    expect(keyCaps('mod+k', true)).toEqual(['⌘K'])
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K'])
    expect(keyCaps('g s', false)).toEqual(['G', 'S'])
  })
})

describe('sorting by a heading', () => {
  it('goes up first, then down', () => {
    const up = nextSort(null, 'name')
    expect(up).toEqual({ column: 'name', direction: 'asc' })
    expect(nextSort(up, 'name').direction).toBe('desc')
    expect(nextSort(up, 'status')).toEqual({ column: 'status', direction: 'asc' })
  })

  it('keeps room for the check box only where rows can be chosen', () => {
    const columns = [{ id: 'a', label: 'A', cell: (() => {}) as never, track: '120px' }]
    expect(tracksOf(columns, true)).toBe('40px 120px')
    expect(tracksOf(columns, false)).toBe('120px')
  })
})

import { describe, expect, it } from 'vitest'
import { formatBytes, formatRate } from '../../../web/src/lib/format/bytes.ts'
import { formatDuration } from '../../../web/src/lib/format/duration.ts'
import { formatMoney } from '../../../web/src/lib/format/money.ts'
import { formatPercent } from '../../../web/src/lib/format/number.ts'
import { formatExact, formatRelative, formatRelativeDay } from '../../../web/src/lib/format/time.ts'

describe('money', () => {
  it('shows a decimal string exactly, beyond what a float can hold', () => {
    expect(formatMoney('12345678901234567.89', 'EUR', 'en')).toBe('€12,345,678,901,234,567.89')
  })

  it('keeps rates below a cent readable', () => {
    expect(formatMoney('0.0083', 'EUR', 'en')).toBe('€0.0083')
    expect(formatMoney('4.9', 'EUR', 'en')).toBe('€4.90')
    expect(formatMoney('0.5', 'EUR', 'en')).toBe('€0.50')
    expect(formatMoney('0', 'EUR', 'en')).toBe('€0.00')
  })

  it('uses Latin digits in Arabic too', () => {
    expect(formatMoney('4.99', 'EUR', 'ar')).toContain('4.99')
  })
})

describe('bytes', () => {
  it('keeps three significant digits and the right unit', () => {
    expect(formatBytes(0, 1024, 'en')).toBe('0 B')
    expect(formatBytes(1536, 1024, 'en')).toBe('1.5 KiB')
    expect(formatBytes(1024 ** 3 * 80, 1024, 'en')).toBe('80 GiB')
    expect(formatBytes(20_000_000_000_000, 1000, 'en')).toBe('20 TB')
    expect(formatRate(125_000, 'en')).toBe('125 kB/s')
  })
})

describe('times', () => {
  const now = Date.UTC(2026, 10, 21, 12, 0, 0)
  const at = (secondsAgo: number) => formatRelative(new Date(now - secondsAgo * 1000), now, 'en')

  it('name the largest unit that says something, never rounded up', () => {
    expect(at(0)).toBe('now')
    expect(at(12)).toBe('12 sec. ago')
    expect(at(119)).toBe('1 min. ago')
    expect(at(3 * 3600 + 59)).toBe('3 hr. ago')
    expect(at(26 * 3600)).toBe('yesterday')
    expect(at(-90)).toBe('in 1 min.')
    expect(at(800 * 86_400)).toBe('2 yr. ago')
  })

  it('are exact with their zone, and in UTC', () => {
    expect(formatExact(new Date(now), 'en', 'Europe/Berlin')).toMatch(/13:00:00.*GMT\+1.* · 2026-11-21T12:00:00Z$/)
  })
})

describe('durations and ratios', () => {
  it('show at most two units', () => {
    expect(formatDuration(3_725_000, 'en')).toBe('1 hr 2 min')
    expect(formatDuration(0, 'en')).toBe('0 sec')
    expect(formatDuration(86_400_000 * 3 + 61_000, 'en')).toBe('3 days 1 min')
  })

  it('show ratios as per cent', () => {
    expect(formatPercent(0.42, 0, 'en')).toBe('42%')
  })
})

describe('days', () => {
  it('are all that is said of what is known to the day alone', () => {
    const now = Date.UTC(2026, 10, 21, 10, 56)
    const at = (day: number) => formatRelativeDay(new Date(Date.UTC(2026, 10, day)), now, 'en')
    expect([at(21), at(20), at(3)]).toEqual(['today', 'yesterday', '18 days ago'])
    expect(formatRelativeDay(new Date(Date.UTC(2026, 6, 1)), now, 'en')).toBe('4 mo. ago')
  })
})

import { intlLocale } from './locale.ts'

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** 3,725 s → "1 hr, 2 min": at most the two largest units, rounded down. */
export function formatDuration(ms: number, locale?: string): string {
  let rest = Math.max(0, Math.floor(ms / 1000))
  const parts: string[] = []
  for (const [unit, seconds] of units) {
    const value = Math.floor(rest / seconds)
    if (value > 0 || (unit === 'second' && parts.length === 0)) {
      const format = new Intl.NumberFormat(intlLocale(locale), { style: 'unit', unit, unitDisplay: 'short' })
      parts.push(format.format(value))
      rest -= value * seconds
    }
    if (parts.length === 2) break
  }
  return new Intl.ListFormat(intlLocale(locale), { style: 'narrow', type: 'unit' }).format(parts)
}

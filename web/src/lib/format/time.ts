import { intlLocale } from './locale.ts'

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Infinity],
]

/** "12 seconds ago", "in 3 hours"; the largest unit that says something. Whole units, never rounded up. */
export function formatRelative(date: Date, nowMs: number, locale?: string): string {
  const format = new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto', style: 'short' })
  const difference = (date.getTime() - nowMs) / 1000
  let value = Math.abs(difference) < 1 ? 0 : difference
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) return format.format(Math.trunc(value), unit)
    value /= size
  }
  return format.format(Math.trunc(value), 'year')
}

const dayMs = 86_400_000

/** "today", "3 days ago": for what is known to the day alone, days counted in UTC as the API counts them. */
export function formatRelativeDay(date: Date, nowMs: number, locale?: string): string {
  const days = Math.floor(date.getTime() / dayMs) - Math.floor(nowMs / dayMs)
  if (Math.abs(days) >= 30) return formatRelative(date, nowMs, locale)
  return new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto', style: 'short' }).format(days, 'day')
}

/** "21 Nov 2026, 14:03:22 CET", and in UTC too: what a log line elsewhere says. */
export function formatExact(date: Date, locale?: string, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = {
    dateStyle: undefined,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }
  const here = new Intl.DateTimeFormat(intlLocale(locale), { ...options, ...(timeZone ? { timeZone } : {}) }).format(
    date,
  )
  return `${here} · ${date.toISOString().slice(0, 19)}Z`
}

/** "21 Nov 2026". */
export function formatDate(date: Date, locale?: string): string {
  return new Intl.DateTimeFormat(intlLocale(locale), { year: 'numeric', month: 'short', day: 'numeric' }).format(date)
}

/** "21 Nov, 14:03". */
export function formatDateTime(date: Date, locale?: string): string {
  return new Intl.DateTimeFormat(intlLocale(locale), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date)
}

/** "14:03". */
export function formatClock(date: Date, locale?: string): string {
  return new Intl.DateTimeFormat(intlLocale(locale), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    date,
  )
}

/** "21 Nov". */
export function formatDay(date: Date, locale?: string): string {
  return new Intl.DateTimeFormat(intlLocale(locale), { month: 'short', day: 'numeric' }).format(date)
}

import type { paths } from '#lib/api/schema.d.ts'
import { auditActions, outsideActions, type AuditAction } from './action-text.ts'
import { resultFilters, type ResultFilter } from './result-face.ts'
import { targetTypes, type AuditTargetType } from './target.ts'

export type AuditQuery = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>

export const timeRanges = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const
export type TimeRange = keyof typeof timeRanges

export const outside = 'outside'

/** What a person narrowed the list to, as the address holds it. */
export interface AuditFilter {
  q?: string
  actorId?: string
  /** An API key that stood for somebody. */
  keyId?: string
  /** `outside`: whatever was done past WebNova. */
  action?: AuditAction | typeof outside
  result?: ResultFilter
  targetType?: AuditTargetType
  targetId?: string
  range?: TimeRange
  /** Whole days in the person's time zone, "2026-11-20", both included. */
  from?: string
  to?: string
}

const keys = ['q', 'actorId', 'keyId', 'action', 'result', 'targetType', 'targetId', 'range', 'from', 'to'] as const
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
const isOneOf = (values: readonly string[]) => (text: string) => values.includes(text)

const valid: Partial<Record<keyof AuditFilter, (text: string) => boolean>> = {
  action: isOneOf([outside, ...auditActions]),
  result: isOneOf(resultFilters.map(({ value }) => value)),
  targetType: isOneOf(targetTypes),
  range: isOneOf(Object.keys(timeRanges)),
  from: isDay,
  to: isDay,
}

/** The filter of an address; what makes no sense in it is left out. */
export function readFilter(search: Pick<URLSearchParams, 'get'>): AuditFilter {
  const filter: Record<string, string> = {}
  for (const key of keys) {
    const text = search.get(key)
    if (text && (valid[key]?.(text) ?? true)) filter[key] = text.slice(0, 200)
  }
  return filter
}

/** An address with this filter; other parameters stay. */
export function withFilter(url: Pick<URL, 'pathname' | 'search'>, filter: AuditFilter): string {
  const search = new URLSearchParams(url.search)
  for (const key of keys) {
    const text = filter[key]
    if (text) search.set(key, text)
    else search.delete(key)
  }
  const query = search.toString()
  return query === '' ? url.pathname : `${url.pathname}?${query}`
}

export const isFiltered = (filter: AuditFilter): boolean => keys.some((key) => filter[key])

/** What the API is asked. `now` is the end of a relative range. */
export function toQuery(filter: AuditFilter, now: number): AuditQuery {
  const { q, actorId, keyId, action, result, targetType, targetId, range, from, to } = filter
  const phases = resultFilters.find(({ value }) => value === result)?.phases
  const since = range ? new Date(now - timeRanges[range]) : from ? startOf(from) : null
  return {
    ...(q ? { q } : {}),
    ...(actorId ? { actorId: [actorId] } : {}),
    ...(keyId ? { keyId: [keyId] } : {}),
    ...(action ? { action: action === outside ? [...outsideActions] : [action] } : {}),
    ...(phases ? { phase: [...phases] } : {}),
    ...(targetType ? { targetType } : {}),
    ...(targetId ? { targetId } : {}),
    ...(since ? { from: since.toISOString() } : {}),
    ...(to && !range ? { to: startOf(to, 1).toISOString() } : {}),
  }
}

/** Midnight at the beginning of a day in the person's time zone, or of one `days` later. */
function startOf(day: string, days = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + days)
}

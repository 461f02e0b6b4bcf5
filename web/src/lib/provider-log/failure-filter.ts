import { timeRanges, type TimeRange } from '#lib/audit/audit-filter.ts'
import { failureKinds, type FailureKind, type FailureQuery } from './failure-text.ts'

/** What a person narrowed the provider log to, as the address holds it. */
export interface FailureFilter {
  kind?: FailureKind
  accountId?: string
  range?: TimeRange
}

const keys = ['kind', 'accountId', 'range'] as const

/** The filter of an address; what makes no sense in it is left out. */
export function readFilter(search: Pick<URLSearchParams, 'get'>): FailureFilter {
  const [kind, accountId, range] = keys.map((key) => search.get(key))
  return {
    ...(kind && failureKinds.includes(kind as FailureKind) ? { kind: kind as FailureKind } : {}),
    ...(accountId ? { accountId: accountId.slice(0, 64) } : {}),
    ...(range && range in timeRanges ? { range: range as TimeRange } : {}),
  }
}

export function filterHref(path: string, filter: FailureFilter): string {
  const search = new URLSearchParams()
  for (const key of keys) {
    const value = filter[key]
    if (value) search.set(key, value)
  }
  const query = search.toString()
  return query === '' ? path : `${path}?${query}`
}

export const isFiltered = (filter: FailureFilter): boolean => keys.some((key) => filter[key])

/** What the API is asked. `now` is the end of a relative range. */
export function toQuery({ kind, accountId, range }: FailureFilter, now: number): FailureQuery {
  return {
    ...(kind ? { kind } : {}),
    ...(accountId ? { accountId } : {}),
    ...(range ? { since: new Date(now - timeRanges[range]).toISOString() } : {}),
  }
}

import type { Sort } from '#lib/ui/index.ts'
import type { ServerListQuery } from '../types.ts'

type SortWord = NonNullable<ServerListQuery['sort']>
type StatusList = NonNullable<ServerListQuery['status']>

/** Filters with one value each; null: not set. An empty project or environment means "without one". */
export const facetKeys = ['accountId', 'project', 'environment', 'location', 'type', 'tag', 'label'] as const
export type FacetKey = (typeof facetKeys)[number]

export interface Filters extends Record<FacetKey, string | null> {
  q: string
  /** Statuses, as the address has them. */
  status: string[]
  attention: boolean
  sort: SortWord
}

const defaultSort: SortWord = 'name'
const sortable = ['name', 'status', 'project', 'type', 'location', 'monthly', 'created', 'changed']

/** Reads the filters from an address. What it does not understand is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const sort = params.get('sort') ?? ''
  const facets = Object.fromEntries(facetKeys.map((key) => [key, params.get(key)])) as Record<FacetKey, string | null>
  return {
    ...facets,
    q: params.get('q') ?? '',
    status: params.getAll('status').flatMap((text) => text.split(',').filter(Boolean)),
    attention: params.get('attention') === 'true',
    sort: (sortable.includes(sort.replace(/^-/, '')) ? sort : defaultSort) as SortWord,
  }
}

/** The query part of an address, with only what differs from the plain list: `''` or `?q=…`. */
export function toSearch(filters: Filters): string {
  const params = new URLSearchParams()
  if (filters.q) params.set('q', filters.q)
  if (filters.attention) params.set('attention', 'true')
  if (filters.status.length > 0) params.set('status', filters.status.join(','))
  for (const key of facetKeys) {
    const value = filters[key]
    if (value !== null) params.set(key, value)
  }
  if (filters.sort !== defaultSort) params.set('sort', filters.sort)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

export function toQuery(filters: Filters): ServerListQuery {
  const query: ServerListQuery = { sort: filters.sort }
  if (filters.q.trim()) query.q = filters.q.trim()
  if (filters.attention) query.attention = 'true'
  if (filters.status.length > 0) query.status = filters.status as StatusList
  for (const key of facetKeys) {
    const value = filters[key]
    if (value !== null) query[key] = [value]
  }
  return query
}

/** Everything but the order. */
export const cleared = (filters: Filters): Filters => ({ ...readFilters(new URLSearchParams()), sort: filters.sort })

export const countFacets = (filters: Filters): number => facetKeys.filter((key) => filters[key] !== null).length

export const isFiltered = (filters: Filters): boolean =>
  filters.q !== '' || filters.attention || filters.status.length > 0 || countFacets(filters) > 0

/** The quick views; null where the address asks for something else. */
export const views = ['all', 'trouble', 'off', 'running'] as const
export type View = (typeof views)[number]

export function viewOf({ attention, status }: Filters): View | null {
  const only = status.length === 1 ? status[0] : null
  if (attention) return status.length === 0 ? 'trouble' : null
  if (status.length === 0) return 'all'
  return only === 'off' || only === 'running' ? only : null
}

export const withView = (filters: Filters, view: View): Filters => ({
  ...filters,
  attention: view === 'trouble',
  status: view === 'off' || view === 'running' ? [view] : [],
})

export const toSort = (word: SortWord): Sort => ({
  column: word.replace(/^-/, ''),
  direction: word.startsWith('-') ? 'desc' : 'asc',
})

export const fromSort = ({ column, direction }: Sort): SortWord =>
  `${direction === 'desc' ? '-' : ''}${column}` as SortWord

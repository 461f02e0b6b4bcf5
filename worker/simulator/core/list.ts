import { invalidField } from './errors.ts'
import { ok, type Context, type Reply } from './http.ts'
import { parseSelector } from './selector.ts'
import type { Table } from './table.ts'
import type { Entity, Labels } from './types.ts'

const DEFAULT_PER_PAGE = 25
const MAX_PER_PAGE = 50

/** Values that a list can be sorted by, by the name the client uses. Times are numbers. */
export type SortFields<T> = Record<string, (row: T) => string | number | null>

export interface ListOptions<T> {
  /** Key of the list in the answer. */
  key: string
  sort: SortFields<T>
  toWire: (row: T) => unknown
  /** Exact, case-sensitive `?name=`. */
  name?: (row: T) => string | null
  labels?: (row: T) => Labels
  filter?: (row: T) => boolean
  /** Where a list gives more than the usual number at once. */
  maxPerPage?: number
}

interface SortKey<T> {
  name: string
  valueOf: (row: T) => string | number | null
  direction: 1 | -1
}

/** Answers a list of a table of the project: filtered, sorted, paginated (FACTS §5). */
export function listTable<T extends Entity>(context: Context, table: Table<T>, options: ListOptions<T>): Reply {
  const keys = sortKeys(context.query, options.sort)
  const order = keys.map(({ name, direction }) => `${name}${direction}`).join(',')
  const project = context.project.id
  const rows = keys.length === 0 ? table.of(project) : table.ordered(project, order, (all) => sortRows(all, keys))
  return paginate(context, applyFilters(context.query, rows, options), options)
}

/** The same for rows that are no table, such as a catalogue. */
export function listRows<T>(context: Context, rows: T[], options: ListOptions<T>): Reply {
  const keys = sortKeys(context.query, options.sort)
  const sorted = keys.length === 0 ? rows : sortRows(rows, keys)
  return paginate(context, applyFilters(context.query, sorted, options), options)
}

/** Values of a repeatable parameter; a comma-joined one counts too. Null = not asked for. */
export function queryValues(query: URLSearchParams, name: string): Set<string> | null {
  const values = query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '')
  return values.length === 0 ? null : new Set(values)
}

/** True when the value is among those asked for, or none are. */
export function wanted(values: Set<string> | null, value: string | null): boolean {
  return values === null || (value !== null && values.has(value))
}

/** Sorts by the request's `sort` parameters; unknown fields are ignored. */
export function sortByQuery<T>(query: URLSearchParams, rows: T[], fields: SortFields<T>): T[] {
  const keys = sortKeys(query, fields)
  return keys.length === 0 ? rows : sortRows(rows, keys)
}

function applyFilters<T>(query: URLSearchParams, rows: T[], options: ListOptions<T>): T[] {
  const { name, labels, filter } = options
  const wantedName = name && query.get('name')
  const selector = labels && query.get('label_selector')
  let result = rows
  if (name && wantedName) result = result.filter((row) => name(row) === wantedName)
  if (labels && selector) {
    const matches = parseSelector(selector)
    result = result.filter((row) => matches(labels(row)))
  }
  return filter ? result.filter(filter) : result
}

function paginate<T>(context: Context, rows: T[], options: ListOptions<T>): Reply {
  const page = positive(context.query, 'page', 1)
  const perPage = Math.min(positive(context.query, 'per_page', DEFAULT_PER_PAGE), options.maxPerPage ?? MAX_PER_PAGE)
  const last = Math.max(1, Math.ceil(rows.length / perPage))
  const pagination = {
    page,
    per_page: perPage,
    previous_page: page > 1 ? page - 1 : null,
    next_page: page < last ? page + 1 : null,
    last_page: last,
    total_entries: rows.length,
  }
  const items = rows.slice((page - 1) * perPage, page * perPage).map(options.toWire)
  return ok({ [options.key]: items, meta: { pagination } }, linkHeader(context.url, pagination))
}

function linkHeader(
  url: URL,
  pages: { previous_page: number | null; next_page: number | null; last_page: number },
): Record<string, string> {
  const links = (
    [
      ['prev', pages.previous_page],
      ['next', pages.next_page],
      ['last', pages.last_page],
    ] as const
  ).flatMap(([relation, page]) => {
    if (page === null) return []
    const target = new URL(url)
    target.searchParams.set('page', String(page))
    return [`<${target.href}>; rel=${relation}`]
  })
  return { link: links.join(', ') }
}

function positive(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw invalidField(name, 'must be a positive integer')
  return value
}

function sortKeys<T>(query: URLSearchParams, fields: SortFields<T>): SortKey<T>[] {
  return query.getAll('sort').flatMap((text) => {
    const [name = '', direction = 'asc'] = text.split(':')
    const valueOf = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!valueOf || (direction !== 'asc' && direction !== 'desc')) return []
    return [{ name, valueOf, direction: direction === 'asc' ? 1 : -1 }]
  })
}

/** Rows without a value come last, whatever the direction. */
function sortRows<T>(rows: T[], keys: SortKey<T>[]): T[] {
  return rows.toSorted((a, b) => {
    for (const { valueOf, direction } of keys) {
      const left = valueOf(a)
      const right = valueOf(b)
      if (left === right) continue
      if (left === null) return 1
      if (right === null) return -1
      return left < right ? -direction : direction
    }
    return 0
  })
}

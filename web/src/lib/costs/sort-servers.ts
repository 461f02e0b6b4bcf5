import { intlLocale } from '#lib/format/locale.ts'
import type { Sort } from '#lib/ui/index.ts'
import type { ServerCost } from './cost-types.ts'
import { compareDecimals } from './decimal.ts'

const amounts = {
  server: 'serverMonthlyNet',
  ipv4: 'ipv4MonthlyNet',
  backups: 'backupMonthlyNet',
  month: 'monthlyNet',
  toDate: 'monthToDateNet',
} as const satisfies Record<string, keyof ServerCost>

const texts: Record<string, (row: ServerCost) => string> = {
  name: (row) => row.name,
  project: (row) => row.project ?? '',
  type: (row) => row.typeName,
  location: (row) => row.location,
}

export const defaultSort: Sort = { column: 'month', direction: 'desc' }
export const sortableColumns = [...Object.keys(texts), ...Object.keys(amounts)]

/** A sorted copy. What is unknown comes last in either direction; currencies stay together. */
export function sortServers(rows: readonly ServerCost[], sort: Sort): ServerCost[] {
  const direction = sort.direction === 'asc' ? 1 : -1
  const amount = (amounts as Record<string, (typeof amounts)[keyof typeof amounts]>)[sort.column]
  const text = texts[sort.column]
  const words = new Intl.Collator(intlLocale(), { numeric: true })
  return rows.toSorted((a, b) => {
    const byName = words.compare(a.name, b.name)
    if (text) return words.compare(text(a), text(b)) * direction || byName
    if (!amount) return 0
    const [left, right] = [a[amount], b[amount]]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName
    const byCurrency = words.compare(a.currency ?? '', b.currency ?? '')
    return byCurrency || compareDecimals(left, right) * direction || byName
  })
}

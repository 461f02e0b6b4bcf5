import Big from 'big.js'
import type { CostGroupRow } from './cost.store.ts'
import type { PricesByAccount } from './price.store.ts'
import { costOf, formatDecimal, type BilledServer, type Prices, type ServerCost } from './rules.ts'
import type { CostGroup, CostTotal } from './schemas.ts'

/** Servers that cost the same, and what each of them costs. */
export interface CostLine {
  row: CostGroupRow
  cost: ServerCost
  /** Where its numbers stand; an unpriced server stands with its project's currency, or with most others. */
  currency: string
  live: boolean
}

export const billed = (row: Omit<BilledServer, 'hasIpv4'> & { hasIpv4: number }): BilledServer => ({
  ...row,
  hasIpv4: Boolean(row.hasIpv4),
})

/** @returns the lines, and the currencies, the one of most servers first */
export function priceGroups(rows: readonly CostGroupRow[], prices: PricesByAccount, asOf: number) {
  const priced = rows.map((row) => ({ row, cost: costOf(billed(row), prices.get(row.accountId) ?? null, asOf) }))
  const counts = new Map<string, number>()
  for (const { row, cost } of priced) {
    if (cost.currency !== null) counts.set(cost.currency, (counts.get(cost.currency) ?? 0) + row.servers)
  }
  const currencies = [...counts].toSorted(([, a], [, b]) => b - a).map(([currency]) => currency)
  const lines = priced.map((line): CostLine => ({
    ...line,
    currency: line.cost.currency ?? currencies[0] ?? '',
    live: line.row.deletedAt === null || line.row.deletedAt > asOf,
  }))
  return { lines, currencies }
}

interface Sums {
  servers: number
  offServers: number
  unknownPrices: number
  monthly: Big
  monthToDate: Big
  offMonthly: Big
}

/** Adds a line once for each of its servers. Exact; what has no known price adds nothing and is counted. */
export function addUp(lines: readonly CostLine[]): Sums {
  const zero = new Big(0)
  const sums: Sums = { servers: 0, offServers: 0, unknownPrices: 0, monthly: zero, monthToDate: zero, offMonthly: zero }
  for (const { row, cost, live } of lines) {
    const monthly = (cost.monthly ?? zero).times(row.servers)
    sums.monthly = sums.monthly.plus(monthly)
    sums.monthToDate = sums.monthToDate.plus((cost.monthToDate ?? zero).times(row.servers))
    if (cost.unknownParts.length > 0) sums.unknownPrices += row.servers
    if (!live) continue
    sums.servers += row.servers
    if (!row.off) continue
    sums.offServers += row.servers
    sums.offMonthly = sums.offMonthly.plus(monthly)
  }
  return sums
}

/** One total for a currency. */
export function toTotal(currency: string, lines: readonly CostLine[], prices: PricesByAccount): CostTotal {
  const sums = addUp(lines)
  return {
    currency,
    vatRate: sharedVatRate(currency, listsInUse(lines, prices)),
    servers: sums.servers,
    monthlyNet: formatDecimal(sums.monthly),
    monthToDateNet: formatDecimal(sums.monthToDate),
    offMonthlyNet: formatDecimal(sums.offMonthly),
    offServers: sums.offServers,
  }
}

/** The price lists of the projects these lines are of: a project that costs nothing any more has no say. */
export function listsInUse(lines: readonly CostLine[], prices: PricesByAccount): Prices[] {
  const accountIds = new Set(lines.map(({ row }) => row.accountId))
  return [...accountIds].flatMap((id) => prices.get(id) ?? [])
}

function sharedVatRate(currency: string, lists: readonly Prices[]): string | null {
  const rates = new Set(lists.filter((list) => list.currency === currency).map((list) => list.vatRate))
  const [only] = rates
  return rates.size === 1 && only !== undefined ? only : null
}

/** The dearest group first, each currency for itself. */
export function groupLines(
  lines: readonly CostLine[],
  keyOf: (line: CostLine) => string,
  labelOf: (key: string) => string = (key) => key,
): CostGroup[] {
  const groups = Map.groupBy(lines, (line) => JSON.stringify([keyOf(line), line.currency]))
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      return first ? [{ key: keyOf(first), currency: first.currency, sums: addUp(group) }] : []
    })
    .toSorted((a, b) => b.sums.monthly.cmp(a.sums.monthly) || (a.key < b.key ? -1 : 1))
    .map(({ key, currency, sums }) => ({
      key,
      label: labelOf(key),
      currency,
      servers: sums.servers,
      monthlyNet: formatDecimal(sums.monthly),
      monthToDateNet: formatDecimal(sums.monthToDate),
      unknownPrices: sums.unknownPrices,
    }))
}

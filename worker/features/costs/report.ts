import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { reachOf } from '../../kernel/reach.ts'
import { serverStatuses } from '../../provider/provider.ts'
import { addUp, billed, groupLines, listsInUse, priceGroups, toTotal } from './add-up.ts'
import { selectBilledServers, selectFleetCosts, type BilledServerRow } from './cost.store.ts'
import type { PricesByAccount } from './price.store.ts'
import { costOf, formatDecimal, type Prices, type ServerCost } from './rules.ts'
import type { CostReport, CostsPage, ServerCostView } from './schemas.ts'

/** What the caller's part of the fleet costs at list prices: totals, groups, and a page of servers (P6.1). Needs `costs:read`. */
export async function reportCosts(ctx: Ctx, page: CostsPage): Promise<CostReport> {
  authorize(ctx.actor, 'costs:read')
  const asOf = ctx.clock.now()
  const reach = reachOf(ctx.actor, 'costs:read')
  const [fleet, servers] = await Promise.all([
    selectFleetCosts(ctx.db, asOf, reach),
    selectBilledServers(ctx.db, asOf, page, reach),
  ])
  const { lines, currencies } = priceGroups(fleet.groups, fleet.prices, asOf)
  const totals = currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency)
    return toTotal(currency, own, fleet.prices)
  })
  const accountName = (id: string) => fleet.accountNames.get(id) ?? ''
  return {
    asOf: iso(asOf),
    month: iso(asOf).slice(0, 7),
    listPrice: true,
    currency: totals[0]?.currency ?? null,
    vatRate: totals[0]?.vatRate ?? null,
    totals,
    groups: {
      project: groupLines(lines, ({ row }) => row.project),
      environment: groupLines(lines, ({ row }) => row.environment),
      location: groupLines(lines, ({ row }) => row.location),
      account: groupLines(lines, ({ row }) => row.accountId, accountName),
    },
    unknownPrices: addUp(lines).unknownPrices,
    pricesTakenAt: isoOrNull(oldestOf(listsInUse(lines, fleet.prices))),
    servers: servers.items.map((row) => toView(row, fleet.prices, accountName(row.accountId), asOf)),
    nextCursor: servers.nextCursor,
  }
}

const oldestOf = (lists: readonly Prices[]): number | null =>
  lists.length > 0 ? Math.min(...lists.map((list) => list.takenAt)) : null

function toView(row: BilledServerRow, prices: PricesByAccount, accountName: string, asOf: number): ServerCostView {
  return {
    serverId: row.id,
    name: row.name,
    displayName: row.displayName,
    accountName,
    status: serverStatuses.find((status) => status === row.status) ?? 'unknown',
    deletedAt: isoOrNull(row.deletedAt),
    typeName: row.typeName,
    location: row.location,
    project: row.project || null,
    environment: row.environment || null,
    ...toAmounts(costOf(billed(row), prices.get(row.accountId) ?? null, asOf)),
  }
}

/** A server's cost as it leaves the API. */
export function toAmounts(cost: ServerCost) {
  const text = (value: ServerCost['monthly']) => value && formatDecimal(value)
  return {
    currency: cost.currency,
    priceKnown: cost.unknownParts.length === 0,
    unknownParts: cost.unknownParts,
    serverMonthlyNet: text(cost.serverMonthly),
    ipv4MonthlyNet: text(cost.ipv4Monthly),
    backupMonthlyNet: text(cost.backupMonthly),
    monthlyNet: text(cost.monthly),
    monthToDateNet: text(cost.monthToDate),
  }
}

import Big from 'big.js'
import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { days } from '../../kernel/clock.ts'
import { reachOf } from '../../kernel/reach.ts'
import { addUp, priceGroups } from './add-up.ts'
import { selectFleetCosts } from './cost.store.ts'
import { formatDecimal, parseDecimal } from './rules.ts'
import type { CostHistory } from './schemas.ts'
import { dayOf } from './snapshot.ts'
import { selectHistory } from './snapshot.store.ts'

type CostDay = CostHistory['days'][number]

/** The last `count` days, from the daily record; today as it is now. Needs `costs:read`. */
export async function getCostHistory(ctx: Ctx, count: number): Promise<CostHistory> {
  authorize(ctx.actor, 'costs:read')
  const now = ctx.clock.now()
  const today = dayOf(now)
  const reach = reachOf(ctx.actor, 'costs:read')
  const [recorded, fleet] = await Promise.all([
    selectHistory(ctx.db, dayOf(now - days(count - 1)), today, reach),
    selectFleetCosts(ctx.db, now, reach),
  ])
  const { lines, currencies } = priceGroups(fleet.groups, fleet.prices, now)
  const live = currencies.map((currency): CostDay => {
    // Like the record, which leaves out servers without a known price.
    const sums = addUp(lines.filter((line) => line.currency === currency && line.cost.monthly !== null))
    return toDay(today, currency, sums.servers, sums.monthly, sums.monthToDate)
  })
  return { currency: currencies[0] ?? null, days: [...sumDays(recorded), ...live] }
}

function sumDays(rows: Awaited<ReturnType<typeof selectHistory>>): CostDay[] {
  const byDay = Map.groupBy(rows, (row) => JSON.stringify([row.day, row.currency]))
  return [...byDay.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const total = (of: 'monthlyNet' | 'monthToDateNet') =>
      group.reduce((sum, row) => sum.plus((parseDecimal(row[of]) ?? new Big(0)).times(row.servers)), new Big(0))
    const servers = group.reduce((sum, row) => sum + (row.gone ? 0 : row.servers), 0)
    return [toDay(first.day, first.currency, servers, total('monthlyNet'), total('monthToDateNet'))]
  })
}

const toDay = (day: string, currency: string, servers: number, monthly: Big, monthToDate: Big): CostDay => ({
  day,
  currency,
  servers,
  monthlyNet: formatDecimal(monthly),
  monthToDateNet: formatDecimal(monthToDate),
})

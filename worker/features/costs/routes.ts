import type { ApiRouter } from '../../http/index.ts'
import { getCostHistory } from './history.ts'
import { reportCosts } from './report.ts'
import { costHistory, costReport, costsInput, historyInput } from './schemas.ts'

const tag = 'Costs'

export function costRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/costs',
      permission: 'costs:read',
      tag,
      summary: 'What the fleet costs',
      description: 'List prices, net, without traffic, volumes, snapshots and anything else that is no server.',
      query: costsInput,
      response: costReport,
    },
    ({ ctx, query }) => reportCosts(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/costs/history',
      permission: 'costs:read',
      tag,
      summary: 'What the fleet cost, day by day',
      query: historyInput,
      response: costHistory,
    },
    ({ ctx, query }) => getCostHistory(ctx, query.days),
  )
}

import type { ApiRouter } from '../../http/index.ts'
import { accountParams, syncReport, syncReports } from './schemas.ts'
import { syncAllNow, syncNow } from './sync-now.ts'

const tag = 'Projects'
const permission = 'servers:sync'

export function syncRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/accounts/{accountId}/sync',
      permission,
      recordsRefusals: true,
      tag,
      summary: 'Read a project again now',
      description: 'Answers when the pass has ended, also when it failed: `result` and `errorCode` tell.',
      params: accountParams,
      response: syncReport,
      status: 202,
    },
    ({ ctx, params }) => syncNow(ctx, params.accountId),
  )
  api.add(
    {
      method: 'post',
      path: '/sync',
      permission,
      recordsRefusals: true,
      tag,
      summary: 'Read every project again now',
      description: 'One report for each project that is not paused. One that fails does not keep the others.',
      response: syncReports,
    },
    ({ ctx }) => syncAllNow(ctx),
  )
}

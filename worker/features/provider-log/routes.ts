import type { ApiRouter } from '../../http/index.ts'
import { listProviderLog } from './list.ts'
import { listProviderLogInput, providerLogPage } from './schemas.ts'

export function providerLogRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/provider-log',
      permission: 'provider-log:read',
      tag: 'Logs',
      summary: 'Failures of the provider',
      description: 'Every failed attempt of a call to a provider, newest first. Kept for 90 days.',
      query: listProviderLogInput,
      response: providerLogPage,
    },
    ({ ctx, query }) => listProviderLog(ctx, query),
  )
}

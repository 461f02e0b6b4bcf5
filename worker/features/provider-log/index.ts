import type { Db } from '../../db/index.ts'
import type { ApiRouter } from '../../http/index.ts'
import type { Logger } from '../../kernel/log.ts'
import { failureFields, type ProviderFailure } from '../../provider/provider.ts'

export const recordProviderFailure = async ({ log }: { db: Db; log: Logger }, failure: ProviderFailure): Promise<void> =>
  log.warn('provider.failure', failureFields(failure))
export const providerLogRoutes = (_api: ApiRouter): void => {}

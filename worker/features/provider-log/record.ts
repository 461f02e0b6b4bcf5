import type { Db } from '../../db/index.ts'
import { describeError, type Logger } from '../../kernel/log.ts'
import { failureFields, type ProviderFailure } from '../../provider/provider.ts'
import { insertFailure } from './provider-log.store.ts'

/** Keeps one failed attempt (P5.2). Never throws: where the database fails too, the row goes to our own log. */
export async function recordProviderFailure(ctx: { db: Db; log: Logger }, failure: ProviderFailure): Promise<void> {
  try {
    await insertFailure(ctx.db, failure)
  } catch (error) {
    ctx.log.error('provider_log.write_failed', { ...failureFields(failure), error: describeError(error) })
  }
}

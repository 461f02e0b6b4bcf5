import type { Ctx } from '../../context.ts'
import { days } from '../../kernel/clock.ts'
import { deleteFailures } from './provider-log.store.ts'

const keepMs = days(90)
const keepRows = 50_000

/** Daily housekeeping: a quarter of a year, and never more than a database can hold of a bad day. */
export const pruneProviderLog = (ctx: Pick<Ctx, 'db' | 'clock'>, rows: number = keepRows): Promise<void> =>
  deleteFailures(ctx.db, ctx.clock.now() - keepMs, rows)

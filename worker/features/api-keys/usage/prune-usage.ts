import type { Ctx } from '../../../context.ts'
import { days } from '../../../kernel/clock.ts'
import { deleteUsage } from './usage.store.ts'

/** Three times what is shown. */
const keptDays = 90

/** Daily housekeeping. */
export const pruneKeyUsage = (ctx: Ctx): Promise<void> => deleteUsage(ctx.db, ctx.clock.now() - days(keptDays))

import type { Ctx } from '../../../context.ts'
import { days } from '../../../kernel/clock.ts'
import { deleteApprovals } from './approvals.store.ts'

/** Daily housekeeping: what was asked and answered stands in the audit log. */
export const pruneApprovals = (ctx: Ctx): Promise<void> => deleteApprovals(ctx.db, ctx.clock.now() - days(30))

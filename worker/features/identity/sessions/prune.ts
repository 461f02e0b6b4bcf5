import type { Ctx } from '../../../context.ts'
import { days } from '../../../kernel/clock.ts'
import { deleteEndedSessions } from './sessions.store.ts'

/** Ended sessions are of no use to anyone after this; the audit log keeps who did what from which. */
const keepMs = days(30)
const perRun = 500

/** Daily housekeeping. */
export const pruneSessions = (ctx: Ctx): Promise<number> =>
  deleteEndedSessions(ctx.db, ctx.clock.now() - keepMs, perRun)

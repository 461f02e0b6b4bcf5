import type { Ctx } from '../../../context.ts'
import { days } from '../../../kernel/clock.ts'
import { deleteSeenBefore } from './outside.store.ts'

/** Actions older than a day are never looked at again; their marks are kept for two. */
export const pruneSeenActions = (ctx: Ctx): Promise<void> => deleteSeenBefore(ctx, ctx.clock.now() - days(2))

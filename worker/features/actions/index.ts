import type { Ctx } from '../../context.ts'
import type { FollowUp } from '../../objects/action-lock.ts'

export const followOperation = async (_ctx: Ctx, _operationId: string): Promise<FollowUp> => ({ done: true })

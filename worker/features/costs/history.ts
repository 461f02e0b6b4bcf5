import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CostHistory } from './schemas.ts'

export async function getCostHistory(ctx: Ctx, _days: number): Promise<CostHistory> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

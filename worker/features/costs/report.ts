import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CostReport, CostsPage } from './schemas.ts'

export async function reportCosts(ctx: Ctx, _page: CostsPage): Promise<CostReport> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { MetricRange } from './rules.ts'
import type { ServerMetrics } from './schemas.ts'

export async function getServerMetrics(ctx: Ctx, _serverId: string, _range: MetricRange): Promise<ServerMetrics> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

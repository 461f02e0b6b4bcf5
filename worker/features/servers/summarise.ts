import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ServerSummary } from './schemas.ts'

export async function summariseServers(ctx: Ctx): Promise<ServerSummary> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

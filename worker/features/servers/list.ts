import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ServerFilter } from './inputs.ts'
import type { ServerPage } from './schemas.ts'

export async function listServers(ctx: Ctx, _filter: ServerFilter): Promise<ServerPage> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

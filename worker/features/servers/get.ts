import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ServerDetail } from './schemas.ts'

export async function getServer(ctx: Ctx, _serverId: string): Promise<ServerDetail> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

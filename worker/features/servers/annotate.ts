import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { MetadataPatch } from './inputs.ts'
import type { ServerDetail } from './schemas.ts'

export async function annotateServer(ctx: Ctx, _serverId: string, _input: MetadataPatch): Promise<ServerDetail> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

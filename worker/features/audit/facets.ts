import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { AuditFacets } from './schemas.ts'

export async function listAuditFacets(ctx: Ctx): Promise<AuditFacets> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { AuditEntryView } from './schemas.ts'

export async function getAuditOperation(ctx: Ctx, _operationId: string): Promise<{ items: AuditEntryView[] }> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

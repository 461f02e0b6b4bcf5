import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Page } from '../../kernel/page.ts'
import type { AuditEntryView, AuditFilter } from './schemas.ts'

export async function listAudit(ctx: Ctx, _filter: AuditFilter): Promise<Page<AuditEntryView>> {
  throw new AppError('internal', { detail: 'not filled yet ' + ctx.requestId })
}

import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { notFound } from '../../kernel/errors.ts'
import { selectOperationRows } from './audit-list.store.ts'
import type { AuditEntryView } from './schemas.ts'
import { toEntry } from './to-entry.ts'

/** Every row of one operation, in the order they were written. Needs `audit:read`. @throws AppError `not_found` */
export async function getAuditOperation(ctx: Ctx, operationId: string): Promise<{ items: AuditEntryView[] }> {
  authorize(ctx.actor, 'audit:read')
  const rows = await selectOperationRows(ctx.db, operationId)
  const [first] = rows
  if (!first) throw notFound('Operation')
  return { items: rows.map((row) => toEntry({ row, first }, false)) }
}

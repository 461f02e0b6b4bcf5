import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Page } from '../../kernel/page.ts'
import { selectAudit } from './audit-list.store.ts'
import type { AuditEntryView, AuditFilter } from './schemas.ts'
import { toEntry } from './to-entry.ts'

/** The record (P1.5, P5.1), newest first: by operation as each stands now, or row by row. Needs `audit:read`. */
export async function listAudit(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditEntryView>> {
  authorize(ctx.actor, 'audit:read')
  return listFiltered(ctx, filter)
}

/** What one did oneself: everybody sees that (G). */
export async function listOwnAudit(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditEntryView>> {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  return listFiltered(ctx, { ...filter, actorId: [ctx.actor.id] })
}

async function listFiltered(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditEntryView>> {
  const { items, nextCursor } = await selectAudit(ctx.db, filter)
  return { items: items.map((entry) => toEntry(entry, filter.view === 'operations')), nextCursor }
}

import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { selectAuditFacets } from './audit-list.store.ts'
import type { AuditFacets } from './schemas.ts'

/** Who and what the newest 10,000 rows are about. Needs `audit:read`. */
export async function listAuditFacets(ctx: Ctx): Promise<AuditFacets> {
  authorize(ctx.actor, 'audit:read')
  const { actors, actions, phases } = await selectAuditFacets(ctx.db)
  const labelled = (facet: { value: string; count: number }) => ({ ...facet, label: facet.value })
  return { actors, actions: actions.map(labelled), phases: phases.map(labelled) }
}

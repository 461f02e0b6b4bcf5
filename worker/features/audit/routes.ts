import type { ApiRouter } from '../../http/index.ts'
import { listAuditFacets } from './facets.ts'
import { getAuditOperation } from './get-operation.ts'
import { listAudit, listOwnAudit } from './list.ts'
import { auditFacets, auditOperation, auditPage, listAuditInput, operationParams } from './schemas.ts'

const tag = 'Logs'

export function auditRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/audit',
      permission: 'audit:read',
      tag,
      summary: 'Who did what, to what, with which result',
      description: 'Newest first. Nobody can change or remove an entry.',
      query: listAuditInput,
      response: auditPage,
    },
    ({ ctx, query }) => listAudit(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/me/activity',
      permission: 'self',
      tag: 'Me',
      summary: 'What I did',
      description: 'Newest first: the part of the activity log that is about what one did oneself.',
      query: listAuditInput,
      response: auditPage,
    },
    ({ ctx, query }) => listOwnAudit(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/audit/facets',
      permission: 'audit:read',
      tag,
      summary: 'What the activity log can be filtered by',
      response: auditFacets,
    },
    ({ ctx }) => listAuditFacets(ctx),
  )
  api.add(
    {
      method: 'get',
      path: '/audit/operations/{operationId}',
      permission: 'audit:read',
      tag,
      summary: 'Every row of one operation',
      description: 'In the order they were written, with what was before and after.',
      params: operationParams,
      response: auditOperation,
    },
    ({ ctx, params }) => getAuditOperation(ctx, params.operationId),
  )
}

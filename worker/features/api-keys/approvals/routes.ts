import type { ApiRouter } from '../../../http/index.ts'
import { approve, refuse } from './answer-approval.ts'
import { getApproval, listApprovals } from './read-approvals.ts'
import { approvalList, approvalParams, approvalSchema } from './schemas.ts'

const own = { permission: 'self', tag: 'API keys' } as const

export function approvalRoutes(api: ApiRouter): void {
  api.add(
    {
      ...own,
      method: 'get',
      path: '/me/approvals',
      summary: 'What your API keys ask of you',
      description: 'The newest twenty.',
      response: approvalList,
    },
    ({ ctx }) => listApprovals(ctx),
  )
  api.add(
    {
      ...own,
      method: 'get',
      path: '/me/approvals/{approvalId}',
      summary: 'One request of an API key',
      params: approvalParams,
      response: approvalSchema,
    },
    ({ ctx, params }) => getApproval(ctx, params.approvalId),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/approvals/{approvalId}/approve',
      summary: 'Let an API key do this once',
      description: 'Exactly this request, within ten minutes. Needs a fresh passkey proof.',
      params: approvalParams,
      response: approvalSchema,
    },
    ({ ctx, params }) => approve(ctx, params.approvalId),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/approvals/{approvalId}/refuse',
      summary: 'Refuse a request of an API key',
      params: approvalParams,
      response: approvalSchema,
    },
    ({ ctx, params }) => refuse(ctx, params.approvalId),
  )
}

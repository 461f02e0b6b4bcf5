import { z } from '../../../http/index.ts'
import { auditActions, auditTargets } from '../../../kernel/audit.ts'

export const approvalStates = ['waiting', 'approved', 'refused', 'done', 'expired'] as const

export const approvalParams = z.object({ approvalId: z.string().min(1).max(64) })

export const approvalSchema = z
  .object({
    id: z.string(),
    state: z.enum(approvalStates).openapi({ description: '`approved`: to be made; `done`: made.' }),
    key: z.object({ id: z.string(), name: z.string(), hint: z.string() }),
    operation: z.string(),
    action: z.enum(auditActions).nullable(),
    target: z.object({ type: z.enum(auditTargets), id: z.string(), name: z.string() }).nullable(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().openapi({ description: 'To answer it; after that, to make the request.' }),
  })
  .openapi('KeyApproval')
export type Approval = z.output<typeof approvalSchema>

export const approvalList = z.object({ items: z.array(approvalSchema) })

import { z } from 'zod'
import { auditActions, auditPhases, auditTargets, sources } from '../../kernel/audit.ts'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'

const toList = (value: unknown): unknown[] | undefined => {
  if (value === undefined) return undefined
  const parts: unknown[] = Array.isArray(value) ? value : [value]
  return parts.flatMap((part) => (typeof part === 'string' ? part.split(',').filter(Boolean) : [part]))
}
const list = <T extends z.ZodType>(item: T) => z.preprocess(toList, z.array(item).max(50).optional())
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const auditViews = ['operations', 'rows'] as const

/** Every one narrows the list. */
export const listAuditInput = z.object({
  view: z.enum(auditViews).default('operations').meta({
    description: '`operations`: one entry each, as it stands now. `rows`: every row as it was written.',
  }),
  actorId: list(z.string().max(64)).meta({ description: 'A user id, or the name of a job.' }),
  keyId: list(z.string().max(64)).meta({ description: 'An API key that stood for somebody.' }),
  targetType: z.enum(auditTargets).optional(),
  targetId: z.string().max(64).optional(),
  action: list(z.enum(auditActions)),
  phase: list(z.enum(auditPhases)).meta({ description: 'The result; in `operations` the latest one.' }),
  from: time.optional().meta({ description: 'Nothing that began before.' }),
  to: time.optional().meta({ description: 'Nothing that began at or after.' }),
  q: z.string().trim().max(200).optional().meta({ description: 'In the names of who did it and to what.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})
export type AuditFilter = z.output<typeof listAuditInput>

const snapshot = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable()

export const auditEntrySchema = z
  .object({
    id: z.string(),
    operationId: z.string(),
    at: z.iso.datetime().meta({ description: 'When this row was written.' }),
    startedAt: z.iso.datetime().meta({ description: 'When its operation began.' }),
    endedAt: z.iso.datetime().nullable().meta({ description: 'Null while it is open.' }),
    phase: z.enum(auditPhases),
    action: z.enum(auditActions),
    actor: z.object({
      kind: z.enum(['anonymous', 'user', 'system']),
      id: z.string(),
      name: z.string().meta({ description: 'As it was at the time.' }),
    }),
    target: z.object({
      type: z.enum(auditTargets),
      id: z.string(),
      name: z.string().meta({ description: 'As it was at the time.' }),
    }),
    reason: z.string().nullable(),
    errorCode: z.string().nullable(),
    source: z.enum(sources),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string(),
    key: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'The API key that stood for the person; null in a session.' }),
    before: snapshot,
    after: snapshot,
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntryView = z.output<typeof auditEntrySchema>

export const auditPage = z
  .object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' })

const auditFacet = z
  .object({ value: z.string(), label: z.string(), count: z.number().int() })
  .meta({ id: 'AuditFacet' })

export const auditFacets = z
  .object({ actors: z.array(auditFacet), actions: z.array(auditFacet), phases: z.array(auditFacet) })
  .meta({ id: 'AuditFacets', description: 'What there is to filter by, most frequent first.' })
export type AuditFacets = z.output<typeof auditFacets>

export const operationParams = z.object({ operationId: z.string().min(1).max(64) })
export const auditOperation = z.object({ items: z.array(auditEntrySchema) }).meta({ id: 'AuditOperation' })

import { z } from 'zod'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'
import { providerErrorKinds } from '../../provider/provider.ts'

/** As query parameters; every one narrows the list. */
export const listProviderLogInput = z.object({
  accountId: z.string().max(64).optional(),
  kind: z.enum(providerErrorKinds).optional(),
  since: z.iso.datetime({ offset: true }).optional().meta({ description: 'Nothing older than this.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})
export type ListProviderLogInput = z.input<typeof listProviderLogInput>
export type ProviderLogFilter = z.output<typeof listProviderLogInput>

export const providerLogEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  accountId: z.string().nullable().meta({ description: 'Null while a project is being connected.' }),
  kind: z.enum(providerErrorKinds),
  method: z.string(),
  path: z.string(),
  status: z.number().int().nullable().meta({ description: 'Null when no answer came.' }),
  providerCode: z.string().nullable(),
  detail: z.string().nullable(),
  attempt: z.number().int(),
  durationMs: z.number().int(),
  requestId: z.string(),
  correlationId: z.string().nullable().meta({ description: 'What the provider’s support asks for.' }),
})
export type ProviderLogEntry = z.output<typeof providerLogEntry>

export const providerLogPage = z.object({ items: z.array(providerLogEntry), nextCursor: z.string().nullable() })

import { z } from '@hono/zod-openapi'
import { errorCodes, type ErrorCode } from '../kernel/errors.ts'

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]

/** Which HTTP status each code comes with, for readers of the document. */
const statuses = { 'x-status': Object.fromEntries(codes.map((code) => [code, errorCodes[code].status])) }

/** The body of every refusal and failure, whatever the route. */
export const errorSchema = z
  .object({
    error: z.object({
      code: z.enum(codes).openapi({ description: 'What happened, for a program.', ...statuses }),
      message: z.string().openapi({ description: 'What happened, for a person.' }),
      hint: z.string().optional().openapi({ description: 'What to do next.' }),
      requestId: z.string().openapi({ description: 'Quote it when you ask for help; the log knows it.' }),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      meta: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    }),
  })
  .openapi('Error')

const content = { 'application/json': { schema: errorSchema } }

export const errorResponses = {
  '4XX': { description: 'Refused; nothing was changed.', content },
  '5XX': { description: 'Failed on our side or at the provider.', content },
} as const

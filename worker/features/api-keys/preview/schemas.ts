import { z } from '../../../http/index.ts'
import { keyStepUps } from '../../../kernel/actor.ts'
import { explanationSchema } from '../../access/index.ts'
import { permissionName, scopeList } from '../schemas.ts'

/** JSON in an address: the preview only asks, so that it is a GET. */
const json = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'Not JSON.' })
      return z.NEVER
    }
  })

export const previewInput = z.object({
  permissions: z
    .string()
    .max(4_000)
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(permissionName))
    .openapi({ type: 'string', description: 'Separated by commas.' }),
  scopes: json
    .pipe(scopeList)
    .default([{ kind: 'everything' }])
    .openapi({ type: 'string', description: 'As for making the key, in JSON.' }),
  accountId: z
    .string()
    .max(64)
    .optional()
    .transform((id) => id ?? null)
    .openapi({ type: 'string' }),
  stepUp: z.enum(keyStepUps).default('destructive'),
})
export type PreviewInput = z.output<typeof previewInput>

export const previewSchema = z
  .object({
    servers: z
      .object({ reached: z.number().int(), total: z.number().int() })
      .openapi({ description: 'How many of the servers its person sees are where the key works.' }),
    problems: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .openapi({ description: 'What making this key would be refused for.' }),
    examples: z.array(
      z.object({
        server: z
          .object({ id: z.string(), name: z.string() })
          .nullable()
          .openapi({ description: 'null: something new, or no server at all.' }),
        explanation: explanationSchema,
      }),
    ),
  })
  .openapi('ApiKeyPreview')
export type KeyPreview = z.output<typeof previewSchema>

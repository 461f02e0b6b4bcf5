import { z } from 'zod'
import { errorCodes, type ErrorCode } from '../../kernel/errors.ts'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'
import { powerActions } from '../../provider/provider.ts'

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
const id = z.string().min(1).max(64)

/** The most servers one call may act on. */
export const bulkMax = 100

export const powerAction = z.enum(powerActions).meta({
  id: 'PowerAction',
  description:
    '`stop` asks the system to shut down; `power_off` cuts the power; `reboot` asks the system to restart; `reset` ' +
    'restarts it the hard way.',
})

export const powerBody = z.object({
  action: powerAction,
  confirmName: z
    .string()
    .max(300)
    .optional()
    .meta({ description: "The server's name, typed by the person: needed for `power_off` and `reset`." }),
})

export const bulkPowerBody = z.object({
  serverIds: z.array(id).min(1).max(bulkMax),
  action: powerAction,
  confirm: z.string().max(10).meta({ description: 'How many servers this is about, typed by the person.' }),
})

/** What an operation can be: a power action, or what a tool asked for through the gateway. */
export const operationActions = [
  ...powerActions,
  'create',
  'delete',
  'rebuild',
  'resize',
  'configure',
  'console',
  'other',
] as const
export type OperationAction = (typeof operationActions)[number]

export const operationStatuses = ['started', 'running', 'succeeded', 'failed', 'unknown'] as const

export const operationSchema = z
  .object({
    id: z.string(),
    serverId: z.string(),
    serverName: z.string(),
    action: z.enum(operationActions).meta({
      description:
        'A power action, or what a tool began through the gateway; `other`: something of the project that the server ' +
        'takes part in, as when a volume is attached to it.',
    }),
    status: z.enum(operationStatuses).meta({
      description:
        '`started`: sent, no answer yet. `running`: the provider works on it. `unknown`: nobody can tell any more ' +
        'what became of it.',
    }),
    progress: z.number().int().min(0).max(100),
    actorName: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    errorCode: z.enum(codes).nullable(),
    errorMessage: z.string().nullable(),
  })
  .meta({ id: 'Operation' })

export const operationPage = z.object({ items: z.array(operationSchema), nextCursor: z.string().nullable() })

export const bulkPowerItem = z
  .object({
    serverId: z.string(),
    name: z.string().meta({ description: 'Empty for a server that does not exist.' }),
    ok: z.boolean(),
    operation: operationSchema.optional(),
    error: z.object({ code: z.enum(codes), message: z.string(), hint: z.string().optional() }).optional(),
  })
  .meta({ id: 'BulkPowerItem' })

export const bulkPowerAnswer = z.object({ items: z.array(bulkPowerItem) })

export const serverParams = z.object({ serverId: id })
export const operationParams = z.object({ operationId: id })

export const listOperationsInput = z.object({
  serverId: id.optional(),
  open: z.enum(['true', 'false']).optional().meta({ description: '`true`: only what is still under way.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})

export type Operation = z.output<typeof operationSchema>
export type BulkPowerItem = z.output<typeof bulkPowerItem>
export type ListOperationsInput = z.output<typeof listOperationsInput>

import { z } from 'zod'
import { errorCodes, type ErrorCode } from '../../kernel/errors.ts'

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
const count = z.number().int().nonnegative()

export const accountParams = z.object({ accountId: z.string().min(1).max(64) })

export const syncReport = z
  .object({
    accountId: z.string(),
    result: z.enum(['complete', 'partial', 'failed', 'skipped']).meta({
      description:
        '`partial`: only a part could be read; it was kept, and nothing was concluded from what was missing. ' +
        '`skipped`: another pass was already running.',
    }),
    changed: count.meta({ description: 'Servers that are new, different or back.' }),
    deleted: count.meta({ description: 'Servers that are gone at the provider.' }),
    servers: count.meta({ description: 'Servers read.' }),
    requests: count.meta({ description: 'Requests to the provider, repeats not counted.' }),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    errorCode: z.enum(codes).optional(),
  })
  .meta({ id: 'SyncReport' })
export type SyncReport = z.output<typeof syncReport>

export const syncReports = z.object({ items: z.array(syncReport) })

import { z } from '../../../http/index.ts'
import { label } from '../schemas.ts'

export const sessionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    ip: z.string().nullable(),
    country: z.string().nullable().openapi({ description: 'ISO 3166-1 alpha-2, as the edge saw it.' }),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .openapi('Session')
export type Session = z.output<typeof sessionSchema>

export const sessionList = z.object({ items: z.array(sessionSchema) })
export const sessionParams = z.object({ sessionId: z.string().min(1).max(64) })
export const renameSessionInput = z.object({ name: label })
export const endedSchema = z.object({
  ended: z.number().int().openapi({ description: 'How many sessions were ended.' }),
})

import { z } from '../../../http/index.ts'
import { challengeId, label } from '../schemas.ts'
import { registrationResponse } from '../webauthn/schemas.ts'

export const passkeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    deviceType: z
      .string()
      .openapi({ description: '`singleDevice` stays on one device, `multiDevice` is synchronised.' }),
    backedUp: z.boolean(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('Passkey')
export type Passkey = z.output<typeof passkeySchema>

export const passkeyList = z.object({ items: z.array(passkeySchema) })
export const passkeyParams = z.object({ passkeyId: z.string().min(1).max(1_400) })
export const renamePasskeyInput = z.object({ name: label })
export const addPasskeyInput = z.object({ challengeId, response: registrationResponse, name: label.optional() })
export type AddPasskeyInput = z.output<typeof addPasskeyInput>

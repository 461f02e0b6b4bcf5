import { z } from '../../../http/index.ts'
import { linkToken } from '../enrolment/schemas.ts'
import { meSchema, personName } from '../schemas.ts'

export const setupStatusSchema = z.object({
  claimed: z.boolean(),
  publicOrigin: z.string().openapi({ description: 'The one address at which passkeys work.' }),
  passwords: z.boolean().openapi({ description: 'Whether anybody may sign in with a password; says nothing of whom.' }),
})

export const beginSetupInput = z.object({
  token: linkToken,
  name: personName,
  email: z.string().trim().max(254).pipe(z.email()),
})
export type BeginSetupInput = z.output<typeof beginSetupInput>

export const claimedSchema = z.object({
  me: meSchema,
  recoveryCodes: z.array(z.string()).openapi({ description: 'Shown this once.' }),
})

import { z } from '../../../http/index.ts'
import { challengeId, label, meSchema } from '../schemas.ts'
import { challengeSchema, registrationResponse } from '../webauthn/schemas.ts'

export const linkToken = z.string().min(1).max(200)

export const beginEnrolmentInput = z.object({ token: linkToken })
export const enrolmentChallenge = challengeSchema.extend({
  user: z.object({ name: z.string(), email: z.string() }),
})

export const finishLinkInput = z.object({
  token: linkToken,
  challengeId,
  response: registrationResponse,
  passkeyName: label.optional(),
})
export type FinishLinkInput = z.output<typeof finishLinkInput>

export const enrolledSchema = z.object({
  me: meSchema,
  recoveryCodes: z.array(z.string()).nullable().openapi({ description: 'New ones, shown once, where none were left.' }),
})

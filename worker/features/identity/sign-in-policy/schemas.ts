import { z } from '../../../http/index.ts'

const policy = z.enum(['off', 'allowed'])
const ended = z.number().int().openapi({ description: 'Sessions that a password had opened and that ended with it.' })

export const signInSettingsSchema = z
  .object({
    passwords: policy.openapi({ description: '`off`: passkeys only, but for those with a rule of their own.' }),
    exceptions: z
      .array(z.object({ userId: z.string(), name: z.string(), email: z.string(), passwords: policy }))
      .openapi({ description: 'People with a rule of their own, at most 200.' }),
  })
  .openapi('SignInSettings')
export type SignInSettings = z.output<typeof signInSettingsSchema>

export const setSignInInput = z.object({ passwords: policy })
export const signInSettingsChanged = z.object({ settings: signInSettingsSchema, ended })

export const personSignInParams = z.object({ userId: z.string().min(1).max(64) })
export const personSignInSchema = z
  .object({
    own: policy.nullable().openapi({ description: 'The rule for this person; null follows the one for everybody.' }),
    everybody: policy,
    passwords: policy.openapi({ description: 'What holds for this person.' }),
    hasPassword: z.boolean(),
    hasAuthenticator: z.boolean(),
  })
  .openapi('PersonSignIn')
export type PersonSignIn = z.output<typeof personSignInSchema>

export const setPersonSignInInput = z.object({ passwords: policy.nullable() })
export const personSignInChanged = z.object({ signIn: personSignInSchema, ended })

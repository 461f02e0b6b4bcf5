import { z } from '../../../http/index.ts'
import { challengeId } from '../schemas.ts'

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/, 'Not base64url.')

const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
}

/** `PublicKeyCredential.toJSON()` of `navigator.credentials.create()`. */
export const registrationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(8_000),
      attestationObject: base64url(40_000),
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  })
  .openapi('RegistrationResponse')

/** `PublicKeyCredential.toJSON()` of `navigator.credentials.get()`. */
export const assertionResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(8_000),
      authenticatorData: base64url(8_000),
      signature: base64url(8_000),
      userHandle: z.string().max(200).nullish(),
    }),
  })
  .openapi('AssertionResponse')

export type RegistrationResponse = z.output<typeof registrationResponse>
export type AssertionResponse = z.output<typeof assertionResponse>

const options = z.record(z.string(), z.unknown())

export const challengeSchema = z
  .object({
    challengeId: z.string(),
    options: options.openapi({ description: 'WebAuthn options as JSON, for the browser’s passkey prompt.' }),
  })
  .openapi('PasskeyChallenge')
export type Challenge = z.output<typeof challengeSchema>

export const answerAssertion = z.object({ challengeId, response: assertionResponse })

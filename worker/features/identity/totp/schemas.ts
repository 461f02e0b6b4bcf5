import { z } from '../../../http/index.ts'

export const totpBegunSchema = z
  .object({
    secret: z.string().openapi({ description: 'Base 32; shown this once.' }),
    uri: z.string().openapi({ description: 'The same for a QR code (`otpauth://`).' }),
  })
  .openapi('AuthenticatorSecret')

export const finishTotpInput = z.object({ code: z.string().trim().min(6).max(12) })

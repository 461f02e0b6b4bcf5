import { z } from '../../../http/index.ts'

export const recoverySignInInput = z.object({
  email: z.string().trim().min(3).max(254),
  code: z.string().trim().min(1).max(60),
})
export type RecoverySignInInput = z.output<typeof recoverySignInInput>

export const recoveryStatusSchema = z.object({
  remaining: z.number().int(),
  createdAt: z.iso.datetime().nullable(),
})

export const recoveryCodesSchema = z
  .object({ codes: z.array(z.string()).openapi({ description: 'Shown this once; the earlier ones no longer work.' }) })
  .openapi('RecoveryCodes')

import { z } from '../../../http/index.ts'
import { passwordMaxLength, passwordMinLength } from './policy.ts'

const typed = z.string().min(1).max(passwordMaxLength)

export const passwordSignInInput = z.object({
  email: z.string().trim().min(3).max(254),
  password: typed,
  code: z.string().trim().min(1).max(60).openapi({ description: 'Of the authenticator app, or a recovery code.' }),
})
export type PasswordSignInInput = z.output<typeof passwordSignInInput>

export const setPasswordInput = z.object({
  password: typed.openapi({
    description: `${passwordMinLength} to ${passwordMaxLength} characters; not the commonest, not one’s own name or address.`,
  }),
})

const when = z.iso.datetime().nullable()

export const waysInSchema = z
  .object({
    allowed: z.boolean().openapi({ description: 'Whether the rules of this instance let this person use a password.' }),
    password: z.object({ setAt: z.iso.datetime(), lastUsedAt: when }).nullable(),
    authenticator: z.object({ confirmedAt: z.iso.datetime(), lastUsedAt: when }).nullable(),
    usable: z.boolean().openapi({ description: 'Allowed, with both a password and an authenticator app.' }),
  })
  .openapi('WaysIn', { description: 'The second way in beside passkeys.' })
export type WaysIn = z.output<typeof waysInSchema>

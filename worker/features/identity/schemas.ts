import { z } from '../../http/index.ts'
import { keyStepUps } from '../../kernel/actor.ts'
import { permissions, roles, userStatuses, type Permission } from '../../kernel/permissions.ts'
import type { Scope } from '../../kernel/scope.ts'
import { oneLine, oneLineMessage } from '../../kernel/text.ts'

export const locales = ['en', 'ar'] as const
export const themes = ['light', 'dark', 'system'] as const

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]]

export const personName = z.string().trim().min(1).max(100).regex(oneLine, oneLineMessage)
/** What people call a passkey or a session. */
export const label = z.string().trim().min(1).max(60).regex(oneLine, oneLineMessage)
export const challengeId = z.string().min(1).max(64)

const everywhere = z
  .array(z.enum(permissionNames))
  .openapi({ description: 'Those of them that hold for everything, and not only for some servers or projects.' })

export const meSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    status: z.enum(userStatuses),
    locale: z.enum(locales).nullable().openapi({ description: 'Null follows the browser.' }),
    theme: z.enum(themes),
    permissions: z
      .array(z.enum(permissionNames))
      .openapi({ description: 'What the API will allow, somewhere at least; the rest it refuses.' }),
    permissionsEverywhere: everywhere,
    session: z.object({
      id: z.string(),
      name: z.string(),
      verifiedAt: z.iso
        .datetime()
        .nullable()
        .openapi({ description: 'When a passkey was last proven in this session.' }),
      mustAddPasskey: z.boolean().openapi({ description: 'Opened by a recovery code: add a passkey now.' }),
    }),
    passkeyCount: z.number().int(),
    recoveryCodesRemaining: z.number().int(),
  })
  .openapi('Me')
export type Me = z.output<typeof meSchema>

/** What `GET /me` says to an API key. */
export const keyMeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    permissions: z.array(z.enum(permissionNames)).openapi({ description: 'What both its person and the key allow.' }),
    permissionsEverywhere: everywhere,
    key: z.object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.custom<Scope>().openapi({ type: 'object' })),
      stepUp: z.enum(keyStepUps),
      accountId: z.string().nullable(),
      hourlyBudget: z.number().int().nullable(),
      expiresAt: z.iso.datetime().nullable(),
    }),
  })
  .openapi('KeyMe')
export type KeyMe = z.output<typeof keyMeSchema>

export const updateMeInput = z.object({
  name: personName.optional(),
  locale: z.enum(locales).optional(),
  theme: z.enum(themes).optional(),
})
export type UpdateMeInput = z.input<typeof updateMeInput>

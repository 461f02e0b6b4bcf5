import { z } from '../../http/index.ts'
import { pageLimitMax } from '../../kernel/page.ts'
import { permissions, roles, userStatuses, type Permission, type PermissionOverride } from '../../kernel/permissions.ts'
import { personName, sessionSchema } from '../identity/index.ts'

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]]
const overrideNames = permissionNames.flatMap((name): PermissionOverride[] => [`+${name}`, `-${name}`])
const override = z.enum(overrideNames as [PermissionOverride, ...PermissionOverride[]])

export const userParams = z.object({ userId: z.string().min(1).max(64) })

export const userSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    status: z.enum(userStatuses),
    permissions: z
      .array(override)
      .openapi({ description: 'What this person has beyond (`+`) or short of (`-`) the role. `-` beats `+`.' }),
    lastLoginAt: z.iso.datetime().nullable(),
    lastIp: z.string().nullable(),
    failedLoginAttempts: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    statusChangedAt: z.iso.datetime().nullable(),
    statusChangedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    statusReason: z.string().nullable(),
    passkeyCount: z.number().int(),
    sessionCount: z.number().int(),
    invitation: z
      .object({ expiresAt: z.iso.datetime(), expired: z.boolean() })
      .nullable()
      .openapi({ description: 'The invitation that has not been taken up; never its link.' }),
  })
  .openapi('User')
export type User = z.output<typeof userSchema>

const effectiveSchema = z
  .object({
    permission: z.enum(permissionNames),
    sentence: z.string(),
    allowed: z.boolean(),
    by: z
      .enum(['role', 'allow', 'deny', 'owner_only', 'viewer', 'grant'])
      .openapi({ description: 'The kind of rule that decided.' }),
    rule: z.string(),
    byRole: z.boolean().openapi({ description: 'What the role alone would say.' }),
    where: z.enum(['everywhere', 'some', 'nowhere']).openapi({ description: '`some`: for some things only.' }),
    grantIds: z.array(z.string()).openapi({ description: 'The rules that give or take it.' }),
    limited: z.boolean().openapi({ description: 'Rules give or take it for some things only.' }),
    lastUsedAt: z.iso.datetime().nullable().openapi({ description: 'To the day.' }),
    unused: z.boolean().openapi({ description: 'Had for 90 days and not used in any of them: it can be taken back.' }),
  })
  .openapi('EffectivePermission')
export type EffectivePermission = z.output<typeof effectiveSchema>

export const userDetailSchema = userSchema
  .extend({
    sessions: z.array(sessionSchema),
    effective: z.array(effectiveSchema),
    narrowable: z
      .array(z.enum(permissionNames))
      .openapi({ description: 'Had for 90 days and not used in any of them.' }),
  })
  .openapi('UserDetail')
export type UserDetail = z.output<typeof userDetailSchema>

export const listUsersInput = z.object({
  q: z.string().trim().max(200).optional().openapi({ description: 'In names and addresses.' }),
  role: z.enum(roles).optional(),
  status: z.enum(userStatuses).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitMax),
})
export type ListUsersInput = z.output<typeof listUsersInput>
export const userPage = z.object({ items: z.array(userSchema), nextCursor: z.string().nullable() }).openapi('UserPage')

const reason = z.string().trim().min(3).max(500)
export const reasonInput = z.object({ reason })
export const optionalReasonInput = z.object({ reason: reason.optional() })

export const inviteInput = z.object({
  name: personName,
  email: z.string().trim().max(254).pipe(z.email()),
  role: z.enum(roles),
})
export type InviteInput = z.output<typeof inviteInput>
export const invitedSchema = z.object({
  user: userDetailSchema,
  link: z.string().openapi({ description: 'Shown this once; works once, for this address, for seven days.' }),
})

export const roleInput = z.object({ role: z.enum(roles), reason: reason.optional() })
export const permissionsInput = z.object({ permissions: z.array(override).max(100), reason: reason.optional() })

export const endedAccessSchema = z
  .object({
    sessions: z.number().int(),
    sockets: z.number().int().nullable().openapi({ description: 'Open dashboards closed at once; null: not known.' }),
    links: z.number().int(),
    invitations: z.number().int(),
    challenges: z.number().int(),
    keys: z.number().int().openapi({ description: 'API keys that worked: refused from now on, after a ban for ever.' }),
  })
  .openapi('EndedAccess', { description: 'Everything that was ended with it.' })
export type EndedAccess = z.output<typeof endedAccessSchema>

export const accessEndedSchema = z.object({ user: userDetailSchema, ended: endedAccessSchema })
export type AccessEnded = z.output<typeof accessEndedSchema>

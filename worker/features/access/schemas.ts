import { z } from '../../http/index.ts'
import { permissions, roles, type Permission } from '../../kernel/permissions.ts'

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]]
const permission = z.enum(permissionNames)
const id = z.string().min(1).max(64)

export const userParams = z.object({ userId: id })
export const grantParams = z.object({ userId: id, grantId: id })
export const permissionParams = z.object({ permission })

export const scopeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('everything') }),
    z.object({ kind: z.literal('account'), accountId: id }),
    z.object({
      kind: z.literal('project'),
      project: z.string().trim().min(1).max(100),
      environment: z.string().trim().min(1).max(100).nullable(),
    }),
    z.object({
      kind: z.literal('labels'),
      selector: z.string().trim().min(1).max(500),
      accountId: id.nullable(),
    }),
    z.object({ kind: z.literal('server'), serverId: id }),
  ])
  .openapi('Scope', {
    description:
      'What a rule is about: everything, one provider project, our own project and environment (`null`: any), the ' +
      'servers whose labels match a selector, or one server.',
  })

export const grantInput = z.object({
  effect: z.enum(['allow', 'deny']),
  permissions: z.array(permission).min(1).max(permissionNames.length),
  scope: scopeSchema,
  note: z.string().trim().max(200).default(''),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .nullable()
    .default(null)
    .openapi({ description: 'When it ends by itself.' }),
})
export type GrantInput = z.output<typeof grantInput>

export const grantSchema = z
  .object({
    id: z.string(),
    effect: z.enum(['allow', 'deny']),
    permissions: z.array(permission),
    scope: scopeSchema,
    scopeName: z.string().nullable().openapi({ description: 'The name of the server or provider project, if known.' }),
    note: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: z.object({ id: z.string(), name: z.string() }),
    expiresAt: z.iso.datetime().nullable(),
    expired: z.boolean(),
  })
  .openapi('Grant', { description: 'Adds or removes permissions for some things only. Removing beats adding.' })
export type GrantView = z.output<typeof grantSchema>
export const grantList = z.object({ items: z.array(grantSchema) }).openapi('GrantList')

export const explanationInput = z.object({
  permission,
  serverId: id.optional().openapi({ description: 'On this server; without: on anything at all.' }),
  accountId: id.optional().openapi({ description: 'On this provider project.' }),
})
export type ExplanationInput = z.output<typeof explanationInput>

export const explanationSchema = z
  .object({
    permission,
    allowed: z.boolean(),
    rule: z.string().openapi({ description: 'The rule that decided, in words.' }),
    by: z.enum(['session', 'system', 'status', 'role', 'allow', 'deny', 'owner_only', 'viewer', 'grant', 'key']),
    grantId: z.string().nullable(),
  })
  .openapi('Explanation')
export type Explanation = z.output<typeof explanationSchema>

export const holdersInput = z.object({ serverId: id.optional() })
export const holdersSchema = z
  .object({
    items: z.array(
      z.object({
        user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(roles) }),
        explanation: explanationSchema,
      }),
    ),
  })
  .openapi('Holders', { description: 'Every active person who may, each with the rule that says so.' })
export type Holders = z.output<typeof holdersSchema>

export const permissionTable = z
  .object({
    items: z.array(
      z.object({
        permission,
        sentence: z.string(),
        isRead: z.boolean(),
        isScoped: z.boolean().openapi({ description: 'Can be given or taken for some things only.' }),
        ownerOnly: z.boolean(),
        roles: z.array(z.enum(roles)).openapi({ description: 'Who has it by role.' }),
      }),
    ),
  })
  .openapi('PermissionTable')
export type PermissionTable = z.output<typeof permissionTable>

import { z } from '../../http/index.ts'
import { keyStepUps } from '../../kernel/actor.ts'
import { isNetwork } from '../../kernel/ip.ts'
import { parseLabelSelector } from '../../kernel/label-selector.ts'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'
import { permissions, userStatuses, type Permission } from '../../kernel/permissions.ts'
import { oneLine, oneLineMessage } from '../../kernel/text.ts'
import { keyStates } from './rules.ts'

/** No key makes keys. */
const names = (Object.keys(permissions) as Permission[]).filter((name) => name !== 'api-keys:use')
const permission = z.enum(names as [Permission, ...Permission[]])
export { permission as permissionName }

const id = z.string().min(1).max(64)
const text = z.string().trim().min(1).max(100).regex(oneLine, oneLineMessage)

const selector = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((value) => {
    try {
      return parseLabelSelector(value).length > 0
    } catch {
      return false
    }
  }, 'Not a label selector: `env=prod,tier in (web,db)`.')

const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everything') }),
  z.object({ kind: z.literal('account'), accountId: id }),
  z.object({ kind: z.literal('project'), project: text, environment: text.nullable() }),
  z.object({ kind: z.literal('labels'), selector, accountId: id.nullable() }),
  z.object({ kind: z.literal('server'), serverId: id }),
])

const name = z.string().trim().min(1).max(60).regex(oneLine, oneLineMessage)
const permissionList = z.array(permission).min(1, 'Choose at least one.').max(names.length)
const scopes = z.array(scope).min(1, 'Say where it works.').max(50)
export { scopes as scopeList }
const ipAllowlist = z
  .array(z.string().trim().max(64).refine(isNetwork, 'Not an address or network, like 192.0.2.7 or 2001:db8::/32.'))
  .max(50)
const stepUp = z.enum(keyStepUps).openapi({
  description:
    '`destructive`: what cannot be undone waits for its person’s passkey (403 `approval_required`). `never`: nothing does.',
})
const hourlyBudget = z
  .number()
  .int()
  .min(1)
  .max(3_600)
  .nullable()
  .openapi({ description: 'Requests an hour through the gateway; null: no limit of its own.' })
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))
const timeOrNever = { type: ['string', 'null'] as ['string', 'null'], format: 'date-time' }

export const keyParams = z.object({ keyId: id })
export const revokeQuery = z.object({ reason: z.string().trim().min(3).max(500).optional() })

export const createKeyInput = z.object({
  name,
  permissions: permissionList,
  scopes: scopes.default([{ kind: 'everything' }]),
  ipAllowlist: ipAllowlist.default([]).openapi({ description: 'Empty: from anywhere.' }),
  stepUp: stepUp.default('destructive'),
  accountId: id.nullable().default(null).openapi({ description: 'The project that the gateway sends it to.' }),
  hourlyBudget: hourlyBudget.default(null),
  expiresAt: time
    .nullable()
    .optional()
    .openapi({
      ...timeOrNever,
      description: 'In 90 days unless said otherwise, at most in two years; null, for owners only: never.',
    }),
})
export type CreateKeyInput = z.output<typeof createKeyInput>

export const updateKeyInput = z.object({
  name: name.optional(),
  ipAllowlist: ipAllowlist.optional(),
  permissions: permissionList.optional(),
  scopes: scopes.optional(),
  stepUp: stepUp.optional(),
  accountId: id.nullable().optional(),
  hourlyBudget: hourlyBudget.optional(),
  expiresAt: time.nullable().optional().openapi(timeOrNever),
})
export type UpdateKeyInput = z.output<typeof updateKeyInput>

export const rotateKeyInput = z.object({
  overlapDays: z.number().int().min(0).max(7).default(1).openapi({ description: 'How long the old one still works.' }),
})

export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string().openapi({ description: 'Its last four characters.' }),
    state: z.enum(keyStates).openapi({ description: '`replacing`: rotated, and still working until `overlapUntil`.' }),
    owner: z.object({ id: z.string(), name: z.string(), status: z.enum(userStatuses) }),
    permissions: z.array(z.enum(Object.keys(permissions) as [Permission, ...Permission[]])),
    scopes: z.array(scope),
    ipAllowlist: z.array(z.string()),
    stepUp: z.enum(keyStepUps),
    accountId: z.string().nullable(),
    hourlyBudget: z.number().int().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().openapi({ description: 'To the minute.' }),
    lastIp: z.string().nullable(),
    useCount: z.number().int().openapi({ description: 'Minutes in which it was used.' }),
    refusalCount: z.number().int(),
    revokedAt: z.iso.datetime().nullable(),
    revokedReason: z.string().nullable(),
    replacedBy: z.string().nullable(),
    overlapUntil: z.iso.datetime().nullable(),
  })
  .openapi('ApiKey')
export type ApiKey = z.output<typeof keySchema>

const day = z.iso.date()
const listedPermission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]])
const limit = { limit: z.number().int(), remaining: z.number().int() }

export const keyDetailSchema = z
  .object({
    key: keySchema,
    scopeNames: z
      .array(z.string().nullable())
      .openapi({ description: 'Of the server or provider project of each scope, where there is one.' }),
    projects: z
      .array(z.object({ id: z.string(), name: z.string(), ...limit }))
      .openapi({ description: 'Where it works, with the provider’s limit an hour for all tools and people together.' }),
    budget: z.object(limit).nullable().openapi({ description: 'Its own limit an hour, where it has one.' }),
    usage: z
      .object({
        days: z.array(z.object({ day, calls: z.number().int(), refusals: z.number().int() })),
        calls: z.number().int(),
        refusals: z.number().int(),
        watchedDays: z.number().int().openapi({ description: 'Since its first counted call.' }),
      })
      .openapi({ description: 'Of the last 30 days (UTC), oldest first. Refused calls are calls, too.' }),
    permissions: z.array(z.object({ permission: listedPermission, lastUsedOn: day.nullable() })),
    operations: z.array(z.object({ operation: z.string(), permission: listedPermission, lastUsedOn: day })),
    tighten: z
      .object({ permissions: z.array(listedPermission) })
      .nullable()
      .openapi({ description: 'What would be enough, after a week at least and where that is less than it has.' }),
  })
  .openapi('ApiKeyDetail')
export type KeyDetail = z.output<typeof keyDetailSchema>

export const keyList = z.object({ items: z.array(keySchema) })
export const keyPage = z.object({ items: z.array(keySchema), nextCursor: z.string().nullable() }).openapi('ApiKeyPage')

export const madeKeySchema = z
  .object({
    key: keySchema,
    secret: z.string().openapi({ description: 'The whole key, 64 characters. Shown this once; kept nowhere.' }),
  })
  .openapi('MadeApiKey')
export type MadeKey = z.output<typeof madeKeySchema>

export const listKeysInput = z.object({
  userId: id.optional(),
  state: z.enum(keyStates).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})
export type ListKeysInput = z.output<typeof listKeysInput>

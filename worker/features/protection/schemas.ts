import { z } from '../../http/index.ts'
import { isNetwork } from '../../kernel/ip.ts'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'
import { alertKinds, alertSeverities, protectionRules, reactions, type RuleName } from '../../kernel/protection.ts'

const rule = (name: RuleName) =>
  z
    .object({
      on: z.boolean(),
      reaction: z
        .enum(reactions)
        .openapi({ description: 'The last active owner is never suspended: there it alerts.' }),
    })
    .openapi({ description: `${protectionRules[name]}.` })
const rules = z.object({
  failed_sign_ins: rule('failed_sign_ins'),
  impossible_travel: rule('impossible_travel'),
  refresh_reuse: rule('refresh_reuse'),
  refusals: rule('refusals'),
  new_country: rule('new_country'),
  rate_limits: rule('rate_limits'),
} satisfies Record<RuleName, unknown>)

const network = z
  .string()
  .trim()
  .max(49)
  .refine(isNetwork, 'An address or a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32.')

const ownerAllowlist = z.array(network).max(100).openapi({
  description: 'Addresses and networks from which owners may work; empty: from anywhere.',
})

const tellOutside = z.boolean().openapi({
  description: 'Alert the owners when somebody changes a server at the provider itself, past WebNova.',
})

export const protectionInput = z.object({ rules, ownerAllowlist, tellOutside, version: z.number().int() })
export type ProtectionInput = z.output<typeof protectionInput>

export const protectionSchema = z
  .object({
    rules,
    ownerAllowlist: z.array(z.string()),
    tellOutside,
    version: z.number().int().openapi({ description: 'Send it back with a change: the newest one wins nothing.' }),
    updatedAt: z.iso.datetime().nullable(),
    yourIp: z.string().nullable(),
  })
  .openapi('Protection')
export type ProtectionSettings = z.output<typeof protectionSchema>

export const alertSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    kind: z.enum(alertKinds),
    severity: z.enum(alertSeverities),
    user: z.object({ id: z.string(), name: z.string() }).nullable(),
    key: z.object({ id: z.string(), name: z.string() }).nullable(),
    ip: z.string().nullable(),
    country: z.string().nullable(),
    userAgent: z.string().nullable(),
    outcome: z.enum(['alerted', 'suspended', 'last_owner', 'refused']).openapi({
      description: 'What was done: nothing but this, suspended, not suspended as the last owner, or refused.',
    }),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    operationId: z.string(),
    readAt: z.iso.datetime().nullable(),
    readBy: z.string().nullable(),
  })
  .openapi('Alert')
export type Alert = z.output<typeof alertSchema>

export const listAlertsInput = z.object({
  unread: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .openapi({ description: 'Only those that nobody has acknowledged.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})
export type ListAlertsInput = z.output<typeof listAlertsInput>
export const alertPage = z
  .object({ items: z.array(alertSchema), nextCursor: z.string().nullable(), unread: z.number().int() })
  .openapi('AlertPage')
export type AlertPage = z.output<typeof alertPage>
export const alertParams = z.object({ alertId: z.string().min(1).max(64) })

export const countryParams = z.object({ country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, ISO 3166-1.') })
export const countryList = z.object({
  here: z.string().nullable().openapi({ description: 'The country of this request, as the edge saw it.' }),
  items: z.array(
    z
      .object({
        country: z.string(),
        firstSeenAt: z.iso.datetime(),
        lastSeenAt: z.iso.datetime(),
        confirmedAt: z.iso.datetime().nullable().openapi({ description: 'Null: not trusted.' }),
      })
      .openapi('KnownCountry'),
  ),
})
export type CountryList = z.output<typeof countryList>

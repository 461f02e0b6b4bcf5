import { z } from 'zod'
import { oneLine, oneLineMessage } from '../../kernel/text.ts'

const name = z
  .string()
  .trim()
  .min(1, 'Give it a name.')
  .max(80, 'At most 80 characters.')
  .regex(oneLine, oneLineMessage)

/**
 * What every provider's token looks like when it was copied whole: one word of printable ASCII. Whether it is valid,
 * the provider says.
 */
const token = z
  .string()
  .trim()
  .min(20, 'This is too short for a token. Copy it again.')
  .max(512, 'This is too long for a token. Copy it again.')
  .regex(/^[\x21-\x7e]+$/, 'A token has no spaces or line breaks. Copy it again.')
  .meta({ description: 'Never given back by any operation.' })

export const accountParams = z.object({ accountId: z.string().min(1).max(64) })

export const addAccountInput = z.object({ provider: z.string().min(1).max(40), name, token })
export type AddAccountInput = z.input<typeof addAccountInput>

export const renameAccountInput = z.object({ name })
export type RenameAccountInput = z.input<typeof renameAccountInput>

export const replaceTokenInput = z.object({ token })
export type ReplaceTokenInput = z.input<typeof replaceTokenInput>

export const accountStates = ['ok', 'pending', 'revoked', 'rate_limited', 'unreachable', 'outage', 'partial'] as const

const accountProvider = z.object({ id: z.string(), name: z.string() }).meta({ id: 'ProviderBrief' })

const time = z.iso.datetime()

export const accountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    provider: accountProvider,
    tokenHint: z.string().meta({ description: 'The last four characters, for recognition.', example: '****1234' }),
    tokenKeyVersion: z.number().int().meta({ description: 'Version of the master key that seals the token.' }),
    access: z.enum(['unknown', 'read_write', 'read_only']).meta({ description: 'What the token may do.' }),
    state: z.enum(accountStates).meta({
      description:
        '`pending`: not read yet. `partial`: the last pass read only a part. `revoked`: the provider rejects the token.',
    }),
    stateDetail: z.string().nullable().meta({ description: 'What was seen, one word, such as `timeout`.' }),
    stateSince: time,
    paused: z.boolean(),
    createdAt: time,
    lastSyncAt: time.nullable().meta({ description: 'The start of the last complete pass.' }),
    lastSyncStartedAt: time.nullable(),
    nextSyncAt: time.nullable().meta({ description: 'Null while paused.' }),
    syncing: z.boolean(),
    syncIntervalMs: z.number().int(),
    lastSyncChanged: z.number().int().nullable().meta({ description: 'Servers the last complete pass changed.' }),
    serverCount: z.number().int(),
  })
  .meta({ id: 'Account' })
export type Account = z.output<typeof accountSchema>

export const accountList = z.object({ items: z.array(accountSchema) })
export const providerList = z.object({ items: z.array(accountProvider) })

export const reencryptReport = z
  .object({
    reencrypted: z.number().int().meta({ description: 'Tokens sealed anew by this call.' }),
    remaining: z.number().int().meta({ description: 'Tokens still under an older key: call again until 0.' }),
    keyVersion: z.number().int().meta({ description: 'The newest version, which seals from now on.' }),
  })
  .meta({ id: 'ReencryptReport' })
export type ReencryptReport = z.output<typeof reencryptReport>

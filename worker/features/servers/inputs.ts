import { z } from 'zod'
import { pageLimitDefault, pageLimitMax } from '../../kernel/page.ts'
import { serverStatuses } from '../../provider/provider.ts'
import { metricRanges, normaliseTags, serverSorts } from './rules.ts'

const maxValues = 100

/** `?x=a&x=b` and `?x=a,b`, for values that cannot hold a comma. */
const commaList = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => toList(value)?.flatMap((part) => (typeof part === 'string' ? part.split(',').filter(Boolean) : part)),
    z.array(item).max(maxValues).optional(),
  )

/** `?x=a&x=b`, for free text. */
const repeated = <T extends z.ZodType>(item: T) => z.preprocess(toList, z.array(item).max(maxValues).optional())

const toList = (value: unknown): unknown[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value : [value]

const word = z.string().min(1).max(64)
const freeText = z.string().max(200)
const flag = z.enum(['true', 'false']).optional()

export const listServersInput = z.object({
  q: z.string().trim().max(200).optional().meta({ description: 'In names, addresses, tags and labels (`k=v`).' }),
  status: commaList(z.enum(serverStatuses)),
  accountId: commaList(word),
  location: commaList(word),
  type: commaList(word),
  project: repeated(freeText).meta({ description: 'Empty: servers without one.' }),
  environment: repeated(freeText).meta({ description: 'Empty: servers without one.' }),
  tag: repeated(freeText).meta({ description: 'Servers with every one of these.' }),
  label: repeated(freeText).meta({ description: '`key` or `key=value`; servers with every one of these.' }),
  attention: flag.meta({ description: '`true`: only servers that deserve a look.' }),
  deleted: flag.meta({ description: '`true`: only servers that are gone.' }),
  id: commaList(word).meta({ description: 'Only these, for updates of a list already shown.' }),
  sort: z.enum(serverSorts).default('name').meta({ description: '`-` in front: descending.' }),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitDefault),
})
export type ServerFilter = z.output<typeof listServersInput>

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // oxlint-disable-next-line no-control-regex -- what it refuses is exactly the control characters
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'One line of text.')
const optionalLine = (max: number) =>
  line(max)
    .nullable()
    .optional()
    .transform((text) => (text === '' ? null : text))

export const annotateServerInput = z
  .object({
    displayName: optionalLine(100),
    project: optionalLine(100),
    environment: optionalLine(100),
    tags: z
      .array(line(50))
      .max(40)
      .transform(normaliseTags)
      .refine((tags) => tags.length <= 20, 'At most 20 tags.')
      .optional()
      .meta({ description: 'Replaces all of them; lower case, no duplicates, at most 20.' }),
    notes: z.string().max(10_000).trim().optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'Name at least one field to change.')
  .meta({ id: 'ServerMetadataPatch', description: 'Only the fields that are present change; null or empty removes.' })
export type MetadataPatch = z.output<typeof annotateServerInput>

export const lockServerInput = z.object({ reason: line(200).optional() })

export const serverParams = z.object({ serverId: z.string().min(1).max(64) })
export const metricsInput = z.object({ range: z.enum(metricRanges).default('1h') })

import { z } from 'zod'

/**
 * What we read of the provider's answers (FACTS §6-§10). Unknown fields pass. Only what identifies an object is
 * required; everything else may be absent, null or of another type, and is then undefined: one odd field must not
 * hide a server.
 */
const lenient = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined)

const id = z.int().nonnegative()
const text = lenient(z.string())
const number = lenient(z.number())
const flag = lenient(z.boolean())

/** A list that loses only the entries it cannot read. */
const lenientList = <T extends z.ZodType>(schema: T) =>
  lenient(z.array(lenient(schema))).transform((list) => (list ?? []).filter((entry) => entry != null) as z.output<T>[])

const decimal = z.string().regex(/^\d+(\.\d+)?$/)
const net = z.object({ net: decimal })
const locationPrice = z.object({ location: z.string(), price_hourly: net, price_monthly: net })
const deprecation = lenient(z.object({ unavailable_after: z.string() }))

const serverType = z.object({
  name: text,
  architecture: text,
  cores: number,
  memory: number,
  disk: number,
  prices: lenientList(locationPrice),
  deprecation,
  /** The older form: a date for some resources, a flag for others. */
  deprecated: text,
  locations: lenientList(z.object({ name: z.string(), deprecation })),
})

export const wireServer = z.object({
  id,
  name: z.string().min(1),
  status: text,
  created: text,
  public_net: lenient(
    z.object({ ipv4: lenient(z.object({ ip: z.string() })), ipv6: lenient(z.object({ ip: z.string() })) }),
  ),
  private_net: lenientList(z.object({ ip: z.string() })),
  server_type: lenient(serverType),
  location: lenient(z.object({ name: z.string().min(1), country: text })),
  image: lenient(z.object({ name: text, description: text })),
  rescue_enabled: flag,
  locked: flag,
  backup_window: text,
  outgoing_traffic: number,
  included_traffic: number,
  protection: lenient(z.object({ delete: flag })),
  labels: lenient(z.record(z.string(), z.string())),
  primary_disk_size: number,
})
export type WireServer = z.output<typeof wireServer>

export const wireAction = z.object({
  id,
  command: z.string(),
  status: z.string(),
  progress: number,
  started: text,
  finished: text,
  resources: lenientList(z.object({ id, type: z.string() })),
  error: lenient(z.object({ code: z.string(), message: z.string().catch('') })),
})
export type WireAction = z.output<typeof wireAction>

/** Absent: a single page. Present but unreadable: malformed, because absence is concluded from it. */
const pagination = z.object({
  page: z.int().positive(),
  per_page: z.int().positive(),
  next_page: z.int().positive().nullish(),
  last_page: z.int().nonnegative().nullish(),
  total_entries: z.int().nonnegative().nullish(),
})
export type WirePagination = z.output<typeof pagination>

export const serverListAnswer = z.object({
  servers: z.array(z.unknown()),
  meta: z.object({ pagination: pagination.nullish() }).nullish(),
})

export const serverAnswer = z.object({ server: wireServer })
export const actionAnswer = z.object({ action: wireAction })
export const imageListAnswer = z.object({ images: lenientList(z.object({ id })) })
/** Whatever it is: an object under the name of its kind. */
export const namedAnswer = z.record(z.string(), lenient(z.object({ name: text, description: text })))
export const actionListAnswer = z.object({ actions: z.array(z.unknown()) })

export const metricsAnswer = z.object({
  metrics: z.object({
    start: text,
    end: text,
    step: number,
    time_series: z.record(
      z.string(),
      z.object({ values: z.array(z.tuple([z.coerce.number(), z.union([z.string(), z.number()])])) }),
    ),
  }),
})
export type WireMetrics = z.output<typeof metricsAnswer>['metrics']

export const pricesAnswer = z.object({
  pricing: z.object({
    currency: z.string().min(1),
    vat_rate: decimal,
    server_types: z.array(z.object({ name: z.string(), prices: lenientList(locationPrice) })),
    primary_ips: lenientList(z.object({ type: z.string(), prices: lenientList(locationPrice) })),
    server_backup: z.object({ percentage: decimal }),
  }),
})
export type WirePrices = z.output<typeof pricesAnswer>['pricing']

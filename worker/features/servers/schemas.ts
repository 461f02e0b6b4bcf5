import { z } from 'zod'
import { auditActions } from '../../kernel/audit.ts'
import { permissions, type Permission } from '../../kernel/permissions.ts'
import { serverStatuses } from '../../provider/provider.ts'
import { attentionReasons, operationStatuses } from './rules.ts'

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]]
const decimal = z.string().meta({ description: 'Decimal string, net.', example: '4.99' })
const named = z.object({ id: z.string(), name: z.string() })

export const operationBrief = z
  .object({
    id: z.string(),
    action: z.enum(auditActions),
    status: z.enum(operationStatuses),
    progress: z.number().int().meta({ description: 'Percent.' }),
    actorName: z.string(),
    startedAt: z.iso.datetime(),
  })
  .meta({ id: 'OperationBrief', description: 'What is being done to a server right now, and by whom.' })

const serverFields = {
  id: z.string().meta({ example: 'srv_01jd8m3k5x7q9w2e4r6t8y0z1a' }),
  name: z.string().meta({ description: 'Its name at the provider.' }),
  displayName: z.string().nullable().meta({ description: 'Its internal name, if somebody gave it one.' }),
  status: z.enum(serverStatuses),
  attention: z.array(z.enum(attentionReasons)).meta({ description: 'Why it deserves a look; empty when all is well.' }),
  account: named,
  provider: named,
  typeName: z.string(),
  architecture: z.string(),
  cores: z.number().int(),
  memoryMb: z.number().int(),
  diskGb: z.number().int(),
  location: z.string(),
  country: z.string(),
  imageName: z.string().nullable(),
  ipv4: z.string().nullable(),
  ipv6: z.string().nullable().meta({ description: 'The prefix in CIDR notation.' }),
  privateIps: z.array(z.string()),
  labels: z.record(z.string(), z.string()).meta({ description: 'Kept at the provider; read only here.' }),
  tags: z.array(z.string()).meta({ description: 'Kept here; the provider never sees them.' }),
  project: z.string().nullable(),
  environment: z.string().nullable(),
  backups: z.boolean(),
  locked: z.boolean().meta({ description: 'The provider is working on it.' }),
  deleteProtected: z.boolean(),
  rescue: z.boolean(),
  ownerLocked: z.boolean().meta({ description: 'Nobody may delete, rebuild or resize it until an owner says so.' }),
  typeDeprecatedAt: z.iso.datetime().nullable().meta({ description: 'When its type is no longer offered.' }),
  monthlyNet: decimal
    .nullable()
    .meta({ description: 'List price of the server alone: no IPv4, no backups. Null for who may not see costs.' }),
  currency: z.string().nullable(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime().meta({ description: 'When a sync last found something different.' }),
  deletedAt: z.iso.datetime().nullable().meta({ description: 'When it was gone, or its project was disconnected.' }),
  syncedAt: z.iso.datetime().nullable().meta({ description: 'When its project was last read completely.' }),
  operation: z.union([operationBrief, z.null()]),
  may: z.array(z.enum(permissionNames)).meta({ description: 'What the caller may do with this very server.' }),
}

export const serverSchema = z.object(serverFields).meta({ id: 'Server' })
export type Server = z.output<typeof serverSchema>

export const serverPage = z
  .object({
    items: z.array(serverSchema),
    nextCursor: z.string().nullable(),
    total: z.number().int().meta({ description: 'How many the filters match, on all pages.' }),
  })
  .meta({ id: 'ServerPage' })
export type ServerPage = z.output<typeof serverPage>

export const serverCostBrief = z
  .object({
    currency: z.string().nullable(),
    listPrice: z.literal(true),
    priceKnown: z.boolean().meta({ description: 'False when a part has no known price; that part is null.' }),
    serverMonthlyNet: decimal.nullable(),
    ipv4MonthlyNet: decimal.nullable(),
    backupMonthlyNet: decimal.nullable(),
    monthlyNet: decimal.nullable().meta({ description: 'Sum of the known parts.' }),
    monthToDateNet: decimal.nullable(),
  })
  .meta({ id: 'ServerCostBrief' })
export type ServerCostBrief = z.output<typeof serverCostBrief>

const ownerLockSchema = z
  .object({ at: z.iso.datetime(), by: z.string(), reason: z.string().nullable() })
  .meta({ id: 'OwnerLock', description: 'Who locked it, and why.' })

export const serverDetail = z
  .object({
    ...serverFields,
    notes: z.string(),
    metadataUpdatedAt: z.iso.datetime().nullable(),
    metadataUpdatedBy: z.string().nullable().meta({ description: 'The name of who changed it last.' }),
    accountState: z.string(),
    accountStateSince: z.iso.datetime(),
    accountAccess: z.enum(['unknown', 'read_write', 'read_only']),
    accountPaused: z.boolean(),
    includedTrafficBytes: z.number().int().nullable(),
    outgoingTrafficBytes: z.number().int().nullable(),
    firstSeenAt: z.iso.datetime(),
    ownerLock: z.union([ownerLockSchema, z.null()]),
    cost: z.union([serverCostBrief, z.null()]).meta({ description: 'Null for who may not see costs.' }),
  })
  .meta({ id: 'ServerDetail' })
export type ServerDetail = z.output<typeof serverDetail>

const facet = z
  .object({
    value: z.string().meta({ description: 'Pass it back as the filter; empty means "none".' }),
    label: z.string(),
    count: z.number().int(),
  })
  .meta({ id: 'Facet' })
export type Facet = z.output<typeof facet>

const byStatus = Object.fromEntries(serverStatuses.map((status) => [status, z.number().int()])) as Record<
  (typeof serverStatuses)[number],
  z.ZodNumber
>

export const serverSummary = z
  .object({
    total: z.number().int(),
    byStatus: z.object(byStatus),
    attention: z.number().int().meta({ description: 'How many servers deserve a look.' }),
    facets: z.object({
      accounts: z.array(facet),
      locations: z.array(facet),
      projects: z.array(facet),
      environments: z.array(facet),
      types: z.array(facet),
      tags: z.array(facet),
    }),
    lastSyncAt: z.iso.datetime().nullable().meta({ description: 'The most recent complete read of any project.' }),
    oldestSyncAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Of the projects that are not paused, the one read longest ago.' }),
  })
  .meta({ id: 'ServerSummary' })
export type ServerSummary = z.output<typeof serverSummary>

export const metricsSchema = z
  .object({
    start: z.iso.datetime(),
    end: z.iso.datetime(),
    stepS: z.number(),
    series: z.array(
      z.object({
        name: z.string().meta({ example: 'cpu' }),
        unit: z.enum(['percent', 'bytes_per_second', 'operations_per_second', 'packets_per_second']),
        points: z
          .array(z.array(z.number()))
          .meta({ description: '[ms since epoch, value]', example: [[1767225600000, 12.5]] }),
      }),
    ),
  })
  .meta({ id: 'ServerMetrics' })
export type ServerMetrics = z.output<typeof metricsSchema>

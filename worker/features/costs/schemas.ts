import { z } from 'zod'
import { pageLimitMax } from '../../kernel/page.ts'
import { serverStatuses } from '../../provider/provider.ts'
import { costParts } from './rules.ts'

const decimal = z.string().meta({ description: 'Decimal string, net.', example: '4.99' })
const day = z.iso.date()

export const costsInput = z.object({
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'Continues `servers`; the totals are always of everything.' }),
  limit: z.coerce.number().int().min(1).max(pageLimitMax).default(pageLimitMax),
})
export type CostsPage = z.output<typeof costsInput>

const amounts = {
  monthlyNet: decimal.meta({ description: 'What a whole month costs as things are now.' }),
  monthToDateNet: decimal.meta({ description: 'Due from the start of the calendar month (UTC) until now.' }),
}

const costTotal = z
  .object({
    currency: z.string(),
    vatRate: z.string().nullable().meta({ description: 'Percent; null when projects differ.' }),
    servers: z.number().int(),
    ...amounts,
    offMonthlyNet: decimal.meta({ description: 'The part of it for servers that are off: they still cost.' }),
    offServers: z.number().int(),
  })
  .meta({ id: 'CostTotal' })

const costGroup = z
  .object({
    key: z.string().meta({ description: 'Filter value; empty means "none".' }),
    label: z.string(),
    currency: z.string(),
    servers: z.number().int(),
    ...amounts,
    unknownPrices: z.number().int(),
  })
  .meta({ id: 'CostGroup' })

const serverCost = z
  .object({
    serverId: z.string(),
    name: z.string(),
    displayName: z.string().nullable(),
    accountName: z.string(),
    status: z.enum(serverStatuses),
    deletedAt: z.iso.datetime().nullable().meta({ description: 'Gone, but it cost something this month.' }),
    typeName: z.string(),
    location: z.string(),
    project: z.string().nullable(),
    environment: z.string().nullable(),
    currency: z.string().nullable(),
    priceKnown: z.boolean(),
    unknownParts: z.array(z.enum(costParts)),
    serverMonthlyNet: decimal.nullable(),
    ipv4MonthlyNet: decimal.nullable(),
    backupMonthlyNet: decimal.nullable(),
    monthlyNet: decimal
      .nullable()
      .meta({ description: 'Sum of the known parts; null when the server itself has no price.' }),
    monthToDateNet: decimal.nullable(),
  })
  .meta({ id: 'ServerCost' })
export type ServerCostView = z.output<typeof serverCost>

export const costReport = z
  .object({
    asOf: z.iso.datetime(),
    month: z.string().meta({ example: '2026-11' }),
    listPrice: z
      .literal(true)
      .meta({ description: "From today's price list; an older server may have an older price." }),
    currency: z.string().nullable().meta({ description: 'The currency of most servers.' }),
    vatRate: z.string().nullable(),
    totals: z.array(costTotal).meta({ description: 'One for each currency; they are never added up.' }),
    groups: z.object({
      project: z.array(costGroup),
      environment: z.array(costGroup),
      location: z.array(costGroup),
      account: z.array(costGroup),
    }),
    unknownPrices: z.number().int().meta({ description: 'Servers of which at least one part has no known price.' }),
    pricesTakenAt: z.iso.datetime().nullable().meta({ description: 'The oldest price list in use.' }),
    servers: z.array(serverCost),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'CostReport' })
export type CostReport = z.output<typeof costReport>
export type CostTotal = CostReport['totals'][number]
export type CostGroup = CostReport['groups']['project'][number]

export const historyInput = z.object({ days: z.coerce.number().int().min(1).max(400).default(90) })

export const costHistory = z
  .object({
    currency: z.string().nullable(),
    days: z.array(
      z.object({ day, currency: z.string(), servers: z.number().int(), ...amounts }).meta({ id: 'CostDay' }),
    ),
  })
  .meta({ id: 'CostHistory', description: 'One entry for each day and currency, oldest first; the last one is now.' })
export type CostHistory = z.output<typeof costHistory>

import Big from 'big.js'
import { hours } from '../../kernel/clock.ts'

export const costParts = ['server', 'ipv4', 'backups'] as const
export type CostPart = (typeof costParts)[number]

/** What one hour costs, and what a whole month costs at most. Net. */
export interface Rate {
  hourly: Big
  monthly: Big
}

/** A project's price list, ready for look-ups. */
export interface Prices {
  currency: string
  vatRate: string
  takenAt: number
  server(typeName: string, location: string): Rate | null
  ipv4(location: string): Rate | null
  backupPercent: Big | null
}

export interface BilledServer {
  typeName: string
  location: string
  /** As the catalogue had it when the server was last read; null where it had none. */
  hourlyNet: string | null
  monthlyNet: string | null
  currency: string | null
  hasIpv4: boolean
  backups: boolean
  /** ms since epoch */
  createdAt: number
  deletedAt: number | null
}

export interface ServerCost {
  currency: string | null
  /** Parts that cost something we do not know: null below, in no sum, and said (never taken for nothing). */
  unknownParts: CostPart[]
  serverMonthly: Big | null
  ipv4Monthly: Big | null
  backupMonthly: Big | null
  /** Sums of the known parts; null when the server itself has no price. */
  monthly: Big | null
  monthToDate: Big | null
}

const nothing = new Big(0)
const free: Rate = { hourly: nothing, monthly: nothing }

/** A decimal of any scale (`0.0088000000000000`), exact. Anything else is unknown. */
export function parseDecimal(text: string | null | undefined): Big | null {
  return text != null && /^\d{1,30}(\.\d{1,30})?$/.test(text) ? new Big(text) : null
}

/** Plain digits, exact, without superfluous zeros: never an exponent. */
export const formatDecimal = (value: Big): string => value.toFixed()

export function rateOf(hourlyNet: string | null, monthlyNet: string | null): Rate | null {
  const [hourly, monthly] = [parseDecimal(hourlyNet), parseDecimal(monthlyNet)]
  return hourly && monthly ? { hourly, monthly } : null
}

/** A part's price as percent of another's (backups, FACTS §10). Exact: no division. */
export const percentOf = (rate: Rate, percent: Big): Rate => ({
  hourly: rate.hourly.times(percent).times('0.01'),
  monthly: rate.monthly.times(percent).times('0.01'),
})

/** What `hoursStarted` cost: by the hour, never more than the month (FACTS §10). */
export function due(rate: Rate, hoursStarted: number): Big {
  const byTheHour = rate.hourly.times(hoursStarted)
  return byTheHour.lt(rate.monthly) ? byTheHour : rate.monthly
}

/** 00:00 UTC on the first of the month that `at` lies in. */
export function monthStart(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
}

/** Hours begun in the calendar month of `asOf`, from creation at the earliest, to deletion at the latest. */
export function hoursStarted(createdAt: number, deletedAt: number | null, asOf: number): number {
  const from = Math.max(createdAt, monthStart(asOf))
  const to = Math.min(deletedAt ?? asOf, asOf)
  return Math.max(0, Math.ceil((to - from) / hours(1)))
}

/** The list price of one server, part by part. One that is off costs the same; one that is gone, only until then. */
export function costOf(server: BilledServer, prices: Prices | null, asOf: number): ServerCost {
  const currency = server.currency ?? prices?.currency ?? null
  const list = prices && prices.currency === currency ? prices : null
  const own = currency === null ? null : rateOf(server.hourlyNet, server.monthlyNet)
  const serverRate = own ?? list?.server(server.typeName, server.location) ?? null
  const rates: Record<CostPart, Rate | null> = {
    server: serverRate,
    ipv4: server.hasIpv4 ? (list?.ipv4(server.location) ?? null) : free,
    backups: server.backups ? backupRate(serverRate, list) : free,
  }
  const hoursDue = hoursStarted(server.createdAt, server.deletedAt, asOf)
  const gone = server.deletedAt !== null && server.deletedAt <= asOf
  const monthlyOf = (rate: Rate | null) => rate && (gone ? nothing : rate.monthly)
  const known = costParts.flatMap((part) => rates[part] ?? [])
  return {
    currency,
    unknownParts: costParts.filter((part) => rates[part] === null),
    serverMonthly: monthlyOf(rates.server),
    ipv4Monthly: monthlyOf(rates.ipv4),
    backupMonthly: monthlyOf(rates.backups),
    monthly: serverRate && sum(known.map((rate) => (gone ? nothing : rate.monthly))),
    monthToDate: serverRate && sum(known.map((rate) => due(rate, hoursDue))),
  }
}

const backupRate = (serverRate: Rate | null, list: Prices | null): Rate | null =>
  serverRate && list?.backupPercent ? percentOf(serverRate, list.backupPercent) : null

export const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), nothing)

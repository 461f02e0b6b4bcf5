import { z } from 'zod'
import type { PriceList } from '../../provider/provider.ts'
import { parseDecimal, rateOf, type Prices, type Rate } from './rules.ts'

const locationPrice = z.object({ location: z.string(), hourlyNet: z.string(), monthlyNet: z.string() })

const stored = z.object({
  currency: z.string(),
  vatRate: z.string(),
  serverTypes: z.array(locationPrice.extend({ name: z.string() })),
  ipv4: z.array(locationPrice),
  backupPercent: z.string(),
}) satisfies z.ZodType<PriceList>

/** A stored price list, ready for look-ups; null when it cannot be read, so that its prices count as unknown. */
export function readPrices(json: string, takenAt: number): Prices | null {
  const list = parse(json)
  if (!list) return null
  const servers = new Map(list.serverTypes.map((price) => [`${price.name}\n${price.location}`, toRate(price)]))
  const ipv4 = new Map(list.ipv4.map((price) => [price.location, toRate(price)]))
  return {
    currency: list.currency,
    vatRate: list.vatRate,
    takenAt,
    server: (typeName, location) => servers.get(`${typeName}\n${location}`) ?? null,
    ipv4: (location) => ipv4.get(location) ?? null,
    backupPercent: parseDecimal(list.backupPercent),
  }
}

const toRate = (price: { hourlyNet: string; monthlyNet: string }): Rate | null =>
  rateOf(price.hourlyNet, price.monthlyNet)

function parse(json: string): PriceList | null {
  try {
    return stored.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

import type { PriceList } from '../provider.ts'
import type { Client } from './client.ts'
import { plainDecimal } from './decimal.ts'
import { operations } from './client-operations.ts'
import { pricesAnswer, type WirePrices } from './wire.ts'

export async function getPrices(client: Client): Promise<PriceList> {
  const { pricing } = await client.request(operations.getPrices, { schema: pricesAnswer })
  return toPriceList(pricing)
}

export function toPriceList(wire: WirePrices): PriceList {
  return {
    currency: wire.currency,
    vatRate: plainDecimal(wire.vat_rate),
    serverTypes: wire.server_types.flatMap(({ name, prices }) => prices.map((price) => ({ name, ...netOf(price) }))),
    ipv4: wire.primary_ips.filter(({ type }) => type === 'ipv4').flatMap(({ prices }) => prices.map(netOf)),
    backupPercent: plainDecimal(wire.server_backup.percentage),
  }
}

type LocationPrice = WirePrices['server_types'][number]['prices'][number]

const netOf = ({ location, price_hourly, price_monthly }: LocationPrice) => ({
  location,
  hourlyNet: plainDecimal(price_hourly.net),
  monthlyNet: plainDecimal(price_monthly.net),
})

import { LOAD_BALANCER_TYPES } from './load-balancer-types.ts'
import { LOCATIONS } from './locations.ts'
import { CURRENCY, price, VAT_RATE } from './money.ts'
import { SERVER_TYPES, typePrices } from './server-types.ts'

const perLocation = <T>(entry: (location: string) => T): T[] => LOCATIONS.map(({ name }) => entry(name))

/** The price list of a project in euro with German VAT (FACTS §10). */
export const PRICING = {
  currency: CURRENCY,
  vat_rate: VAT_RATE,
  image: { price_per_gb_month: price('0.0143') },
  volume: { price_per_gb_month: price('0.0572') },
  floating_ip: { price_monthly: price('3.90') },
  floating_ips: [
    { type: 'ipv4', prices: perLocation((location) => ({ location, price_monthly: price('3.90') })) },
    { type: 'ipv6', prices: perLocation((location) => ({ location, price_monthly: price('1.30') })) },
  ],
  primary_ips: [
    {
      type: 'ipv4',
      prices: perLocation((location) => ({
        location,
        price_hourly: price('0.0008'),
        price_monthly: price('0.50'),
      })),
    },
    {
      type: 'ipv6',
      prices: perLocation((location) => ({ location, price_hourly: price('0'), price_monthly: price('0') })),
    },
  ],
  server_backup: { percentage: '20.00' },
  server_types: SERVER_TYPES.filter((type) => type.retired === null).map((type) => ({
    id: type.id,
    name: type.name,
    prices: typePrices(type),
  })),
  load_balancer_types: LOAD_BALANCER_TYPES.map(({ id, name, prices }) => ({ id, name, prices })),
}

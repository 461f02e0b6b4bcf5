import { LOCATIONS } from './locations.ts'
import { hourlyOf, price } from './money.ts'
import { includedTraffic, type TypePrice } from './server-types.ts'

export interface LoadBalancerType {
  id: number
  name: string
  description: string
  max_connections: number
  max_services: number
  max_targets: number
  max_assigned_certificates: number
  deprecated: null
  deprecation: null
  prices: TypePrice[]
}

const pricesOf = (monthly: string): TypePrice[] =>
  LOCATIONS.map(({ name }) => ({
    location: name,
    price_hourly: price(hourlyOf(monthly)),
    price_monthly: price(monthly),
    included_traffic: includedTraffic(name),
    price_per_tb_traffic: price('1.00'),
  }))

const type = (
  id: number,
  size: number,
  monthly: string,
  [max_connections, max_services, max_targets, max_assigned_certificates]: [number, number, number, number],
): LoadBalancerType => ({
  id,
  name: `lb${size}`,
  description: `LB${size}`,
  max_connections,
  max_services,
  max_targets,
  max_assigned_certificates,
  deprecated: null,
  deprecation: null,
  prices: pricesOf(monthly),
})

/** Load balancer types (FACTS §11). */
export const LOAD_BALANCER_TYPES: LoadBalancerType[] = [
  type(1, 11, '7.00', [10_000, 5, 25, 10]),
  type(2, 21, '20.00', [20_000, 15, 75, 25]),
  type(3, 31, '40.00', [40_000, 30, 150, 50]),
]

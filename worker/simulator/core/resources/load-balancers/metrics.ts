import type { Context, Reply } from '../../http.ts'
import type { LoadBalancerRecord } from '../../types.ts'
import { answerMetrics, load, type SeriesOf } from '../metrics.ts'
import { requireBalancer } from './change.ts'

const SERIES: SeriesOf<LoadBalancerRecord> = {
  open_connections: { open_connections: (row, at) => Math.round(busy(row, at) * 1_900) },
  connections_per_second: { connections_per_second: (row, at) => busy(row, at) * 140 },
  requests_per_second: { requests_per_second: (row, at) => busy(row, at) * 620 },
  bandwidth: {
    'bandwidth.in': (row, at) => busy(row, at) * 2_400_000,
    'bandwidth.out': (row, at) => busy(row, at) * 17_000_000,
  },
}

export function getBalancerMetrics(context: Context): Reply {
  return answerMetrics(context, requireBalancer(context), SERIES)
}

/** One rhythm for all curves, as they measure the same visitors; without a service there are none. */
function busy({ id, services }: LoadBalancerRecord, at: number): number {
  return services.length === 0 ? 0 : load(id, 'web', at, 'visitors')
}

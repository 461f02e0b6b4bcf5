import { serverTypeByName } from '../../catalogue/server-types.ts'
import type { Context, Reply } from '../../http.ts'
import type { ServerRecord } from '../../types.ts'
import { answerMetrics, load, type SeriesOf } from '../metrics.ts'
import { requireServer } from '../shared.ts'

const SERIES: SeriesOf<ServerRecord> = {
  cpu: { cpu: (server, at) => loadOf(server, at, 'cpu') * serverTypeByName(server.type).cores * 100 },
  disk: {
    'disk.0.iops.read': (server, at) => loadOf(server, at, 'read') * 220,
    'disk.0.iops.write': (server, at) => loadOf(server, at, 'write') * 340,
    'disk.0.bandwidth.read': (server, at) => loadOf(server, at, 'read') * 6_400_000,
    'disk.0.bandwidth.write': (server, at) => loadOf(server, at, 'write') * 9_800_000,
  },
  network: {
    'network.0.pps.in': (server, at) => loadOf(server, at, 'in') * 4_200,
    'network.0.pps.out': (server, at) => loadOf(server, at, 'out') * 5_100,
    'network.0.bandwidth.in': (server, at) => loadOf(server, at, 'in') * 3_100_000,
    'network.0.bandwidth.out': (server, at) => loadOf(server, at, 'out') * 8_700_000,
  },
}

/** Metrics of a server; nothing was measured after it was switched off. */
export function getServerMetrics(context: Context): Reply {
  const server = requireServer(context)
  return answerMetrics(context, server, SERIES, server.offSince ?? context.now)
}

function loadOf(server: ServerRecord, at: number, series: string): number {
  return load(server.id, server.labels.role, at, series)
}

import type { ProviderServer } from '../../provider/provider.ts'
import { digest, trafficStep } from './digest.ts'
import type { MirroredServer } from './mirror.store.ts'

/** A provider's server as the mirror keeps it; labels in the order of their keys, so that order is no change. */
export function toMirrored(server: ProviderServer, currency: string | null): MirroredServer {
  const { createdAt, labels, ...facts } = server
  const columns = {
    ...facts,
    labels: Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    currency: server.monthlyNet === null ? null : currency,
    providerCreatedAt: createdAt,
  }
  return { ...columns, digest: digestOf(columns) }
}

/** Over every mirrored column, in one fixed order: a column that is added to the row is hashed without being listed. */
function digestOf(columns: Omit<MirroredServer, 'digest'>): string {
  const { outgoingTrafficBytes, includedTrafficBytes, ...rest } = columns
  const hashed = { ...rest, includedTrafficBytes, traffic: trafficStep(outgoingTrafficBytes, includedTrafficBytes) }
  return digest(JSON.stringify(Object.entries(hashed).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

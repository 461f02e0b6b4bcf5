import type { Provider } from '../provider.ts'
import { checkToken, probeAccess } from './access.ts'
import { getActions, listRecentActions, listServerActions } from './actions.ts'
import { createClient, type ClientOptions } from './client.ts'
import { listBackups } from './images.ts'
import { getMetrics } from './metrics.ts'
import { nameOf } from './name-of.ts'
import { getPrices } from './prices.ts'
import { getServer, listServers, power } from './servers.ts'

export { createForward } from './forward.ts'

export type HetznerProviderOptions = ClientOptions

/** Hetzner Cloud in our words. Every failure is a ProviderError and has been recorded when it arrives. */
export function createHetznerProvider(options: HetznerProviderOptions): Provider {
  const client = createClient(options)
  return {
    checkToken: () => checkToken(client),
    probeAccess: () => probeAccess(client),
    listServers: (page) => listServers(client, page),
    getServer: (providerId) => getServer(client, providerId),
    power: (providerId, action) => power(client, providerId, action),
    getActions: (ids) => getActions(client, ids),
    listServerActions: (providerId, limit) => listServerActions(client, providerId, limit),
    listRecentActions: (kind, limit) => listRecentActions(client, kind, limit),
    nameOf: (kind, id) => nameOf(client, kind, id),
    listBackups: (limit) => listBackups(client, limit),
    getMetrics: (providerId, kinds, startMs, endMs) => getMetrics(client, providerId, kinds, startMs, endMs),
    getPrices: () => getPrices(client),
  }
}

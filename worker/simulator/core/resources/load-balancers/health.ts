import { SECOND } from '../../time.ts'
import type { LoadBalancerService, ServerRecord } from '../../types.ts'
import type { World } from '../../world.ts'

/** What a check needs to know of a target. `server` is null for an address outside the cloud. */
export interface Checked {
  since: number
  server: ServerRecord | null
  isReachable: boolean
}

/**
 * Health of a target for every service (FACTS §0): unknown until the first check is through, then what the server's
 * state makes of it; a server that went off is given up after the retries of the check. Times follow the scale.
 */
export function healthStatus(world: World, now: number, services: LoadBalancerService[], target: Checked): object[] {
  const ms = SECOND * world.time.scale
  return services.map(({ listen_port, since, health_check: { interval, retries } }) => {
    const firstCheck = Math.max(target.since, target.server?.created ?? 0, since) + interval * ms
    if (now < firstCheck) return { listen_port, status: 'unknown' }
    if (!target.isReachable) return { listen_port, status: 'unhealthy', detail: 'layer4_no_connection' }
    if (answers(target.server, now - interval * retries * ms)) return { listen_port, status: 'healthy' }
    return { listen_port, status: 'unhealthy', detail: 'layer4_timeout' }
  })
}

function answers(server: ServerRecord | null, lastGoodCheck: number): boolean {
  if (server === null || server.status === 'running') return true
  return server.status === 'off' && server.offSince !== null && server.offSince > lastGoodCheck
}

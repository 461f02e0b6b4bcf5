import { actionRoutes } from '../actions.ts'
import type { Route } from '../router.ts'
import { catalogueRoutes } from './catalogue.ts'
import { certificateRoutes } from './certificates/index.ts'
import { firewallRoutes } from './firewalls.ts'
import { floatingIpRoutes } from './floating-ips.ts'
import { imageRoutes } from './images.ts'
import { loadBalancerRoutes } from './load-balancers/index.ts'
import { networkRoutes } from './networks.ts'
import { placementGroupRoutes } from './placement-groups.ts'
import { primaryIpRoutes } from './primary-ips.ts'
import { serverRoutes } from './servers/index.ts'
import { sshKeyRoutes } from './ssh-keys.ts'
import { volumeRoutes } from './volumes.ts'
import { zoneRoutes } from './zones/index.ts'

/** The whole API: one module per kind of resource; a new kind is one more line here. */
export function allRoutes(): Route[] {
  return [
    ...actionRoutes(),
    ...catalogueRoutes(),
    ...serverRoutes(),
    ...imageRoutes(),
    ...sshKeyRoutes(),
    ...primaryIpRoutes(),
    ...floatingIpRoutes(),
    ...volumeRoutes(),
    ...networkRoutes(),
    ...firewallRoutes(),
    ...placementGroupRoutes(),
    ...loadBalancerRoutes(),
    ...certificateRoutes(),
    ...zoneRoutes(),
  ]
}

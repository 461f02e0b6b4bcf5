import type { Operation } from './operation.ts'
import { actions } from './table/actions.ts'
import { catalogue } from './table/catalogue.ts'
import { certificates } from './table/certificates.ts'
import { firewalls } from './table/firewalls.ts'
import { images } from './table/images.ts'
import { ips } from './table/ips.ts'
import { loadBalancers } from './table/load-balancers.ts'
import { networks } from './table/networks.ts'
import { placementGroups } from './table/placement-groups.ts'
import { serverActions } from './table/server-actions.ts'
import { servers } from './table/servers.ts'
import { sshKeys } from './table/ssh-keys.ts'
import { volumes } from './table/volumes.ts'
import { rrsets, zones } from './table/zones.ts'

/** Every operation of the provider's API, by method and path. What does not stand here is refused (DESIGN §10). */
export const table = {
  ...actions,
  ...catalogue,
  ...servers,
  ...serverActions,
  ...images,
  ...sshKeys,
  ...volumes,
  ...networks,
  ...firewalls,
  ...ips,
  ...placementGroups,
  ...loadBalancers,
  ...certificates,
  ...zones,
  ...rrsets,
}

export type KnownOperation = keyof typeof table
export const operations: readonly Operation[] = Object.values(table)

import { catalogueImageByName } from '../catalogue/images.ts'
import { serverTypeByName } from '../catalogue/server-types.ts'
import { newPrimaryIp } from '../resources/primary-ip-records.ts'
import type { Labels, ServerRecord } from '../types.ts'
import type { World } from '../world.ts'

export interface ServerSeed {
  name: string
  type: string
  location: string
  image: string
  labels: Labels
  created: number
  status?: 'running' | 'off'
  /** When it went off; needs status off. */
  offSince?: number
  backupWindow?: string
  isProtected?: boolean
}

/** Puts a finished server with its two primary IPs into the world: no action, no waiting. */
export function addServer(world: World, project: number, seed: ServerSeed): ServerRecord {
  const type = serverTypeByName(seed.type)
  const id = world.nextId('servers')
  const address = (kind: 'ipv4' | 'ipv6'): number =>
    world.tables.primary_ips.put(
      newPrimaryIp({
        id: world.nextId('primary_ips'),
        project,
        type: kind,
        location: seed.location,
        assignee: id,
        created: seed.created,
      }),
    ).id
  const protection = { delete: seed.isProtected ?? false, rebuild: seed.isProtected ?? false }
  return world.tables.servers.put({
    id,
    project,
    name: seed.name,
    status: seed.status ?? 'running',
    created: seed.created,
    labels: seed.labels,
    type: seed.type,
    location: seed.location,
    image: catalogueImageByName(seed.image, type.architecture)?.id ?? null,
    iso: null,
    diskSize: type.disk,
    ipv4: address('ipv4'),
    ipv6: address('ipv6'),
    rescue: false,
    lockedBy: null,
    backupWindow: seed.backupWindow ?? null,
    protection,
    placementGroup: null,
    privateNet: [],
    offSince: seed.status === 'off' ? (seed.offSince ?? seed.created) : null,
    keyLogin: true,
  })
}

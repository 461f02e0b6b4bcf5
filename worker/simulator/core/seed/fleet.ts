import { pick } from '../must.ts'
import { SERVER_TYPES } from '../catalogue/server-types.ts'
import { noise } from '../random.ts'
import { DAY } from '../time.ts'
import type { ProjectRecord } from '../types.ts'
import type { World } from '../world.ts'
import { addServer } from './add-server.ts'

const ROLES = ['web', 'api', 'worker', 'database', 'cache', 'ci'] as const
const ENVIRONMENTS = ['production', 'production', 'staging', 'development'] as const
const TEAMS = ['platform', 'storefront', 'payments', 'data'] as const
const IMAGES = ['ubuntu-24.04', 'debian-12', 'ubuntu-22.04', 'debian-13'] as const
const EUROPE = ['fsn1', 'nbg1', 'hel1'] as const

/** Adds `count` servers to a project at once and raises its quotas to hold them. For measurements. */
export function seedFleet(world: World, project: ProjectRecord, count: number): void {
  const types = SERVER_TYPES.filter((type) => type.retired === null && 'fsn1' in type.prices)
  const now = world.now()
  const first = world.tables.servers.count(project.id) + 1
  for (let serial = first; serial < first + count; serial++) {
    const role = pick(ROLES, serial)
    const env = pick(ENVIRONMENTS, serial)
    const type = pick(types, Math.floor(noise(serial, 'type') ** 2 * types.length))
    addServer(world, project.id, {
      name: `${role}-${String(serial).padStart(5, '0')}`,
      type: type.name,
      location: pick(EUROPE, serial),
      image: pick(IMAGES, serial),
      labels: { env, role, team: pick(TEAMS, serial) },
      created: now - Math.floor(noise(serial, 'age') * 900 * DAY),
      ...(noise(serial, 'off') < 0.03 ? { status: 'off', offSince: now - 3 * DAY } : {}),
    })
  }
  const servers = world.tables.servers.count(project.id)
  project.limits = { ...project.limits, servers: servers + 1_000, primary_ips: 2 * servers + 2_000 }
  world.tables.projects.put(project)
}

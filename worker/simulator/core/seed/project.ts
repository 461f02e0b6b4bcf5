import { randomAlphanumeric } from '../random.ts'
import type { Kind, ProjectRecord, TokenRecord } from '../types.ts'
import type { World } from '../world.ts'

const DEFAULT_LIMITS: Partial<Record<Kind, number>> = {
  servers: 100,
  images: 200,
  ssh_keys: 200,
  primary_ips: 300,
  floating_ips: 50,
  volumes: 100,
  networks: 50,
  firewalls: 50,
  placement_groups: 50,
  load_balancers: 25,
  certificates: 100,
  zones: 100,
}
const DEFAULT_RATE_LIMIT = 3_600

/** A new project without tokens. */
export function addProject(world: World, name: string): ProjectRecord {
  return world.tables.projects.put({
    id: world.nextId('projects'),
    project: 0,
    name,
    created: world.now(),
    limits: { ...DEFAULT_LIMITS },
    rateLimit: DEFAULT_RATE_LIMIT,
  })
}

/** A token of 64 random letters and digits. */
export function addToken(
  world: World,
  project: ProjectRecord,
  own: { name: string; access: TokenRecord['access']; revoked?: boolean },
): TokenRecord {
  return world.tables.tokens.put({
    id: world.nextId('tokens'),
    project: project.id,
    token: randomAlphanumeric(64),
    revoked: false,
    ...own,
  })
}

import { invalidField } from '../errors.ts'
import { seedCompany } from '../seed/company.ts'
import { seedFleet } from '../seed/fleet.ts'
import type { Control } from './control.ts'
import { projectOf } from './lookup.ts'
import { describeProject } from './projects.ts'

export function getWorld({ simulator }: Control): unknown {
  const { world } = simulator
  return {
    now: new Date(world.now()).toISOString(),
    time: world.time,
    projects: [...world.tables.projects.all()].map((project) => describeProject(world, project)),
    counts: Object.fromEntries(Object.entries(world.tables).map(([kind, table]) => [kind, table.size])),
  }
}

/** Empties the world, its logs and its clock, and seeds it anew: new tokens, new ids. */
export function resetWorld(control: Control): unknown {
  const { simulator, body } = control
  const seed = body.oneOf('seed', ['company', 'empty']) ?? 'company'
  body.check()
  simulator.world.clear()
  simulator.api.log.clear()
  simulator.api.rateLimits.clear()
  if (seed === 'company') seedCompany(simulator.world)
  return getWorld(control)
}

export function seedServers({ simulator, body }: Control): unknown {
  const project = projectOf(simulator.world, body.requiredReference('project'))
  const servers = body.requiredInteger('servers')
  if (servers < 1 || servers > 50_000) throw invalidField('servers', 'must be between 1 and 50000')
  seedFleet(simulator.world, project, servers)
  return { project: describeProject(simulator.world, project) }
}

export function setTime({ simulator, body }: Control): unknown {
  const { world } = simulator
  const scale = body.raw('scale')
  if (scale !== undefined && (typeof scale !== 'number' || !(scale >= 0)))
    throw invalidField('scale', 'must be a number from 0')
  const frozen = body.boolean('frozen')
  body.check()
  world.setTime({
    ...(scale === undefined ? {} : { scale: scale as number }),
    ...(frozen === undefined ? {} : { frozen }),
  })
  return { time: world.time, now: world.now() }
}

export function advanceTime({ simulator, body }: Control): unknown {
  const seconds = body.raw('seconds')
  if (typeof seconds !== 'number' || seconds < 0) throw invalidField('seconds', 'must be a number from 0')
  simulator.world.advance(seconds * 1_000)
  return { time: simulator.world.time, now: simulator.world.now() }
}

import { notFound } from '../errors.ts'
import { addProject, addToken } from '../seed/project.ts'
import { KINDS, type ProjectRecord, type TokenRecord } from '../types.ts'
import type { World } from '../world.ts'
import type { Control } from './control.ts'
import { projectOf } from './lookup.ts'

export function listProjects({ simulator }: Control): unknown {
  return {
    projects: [...simulator.world.tables.projects.all()].map((project) => describeProject(simulator.world, project)),
  }
}

export function createProject({ simulator, body }: Control): unknown {
  const project = addProject(simulator.world, body.requiredString('name'))
  addToken(simulator.world, project, { name: 'default', access: 'read_write' })
  return { project: describeProject(simulator.world, project) }
}

export function listTokens({ simulator }: Control): unknown {
  return { tokens: [...simulator.world.tables.tokens.all()].map((token) => describeToken(simulator.world, token)) }
}

export function addProjectToken({ simulator, params, body }: Control): unknown {
  const project = projectOf(simulator.world, params[0])
  const access = body.oneOf('access', ['read_write', 'read']) ?? 'read_write'
  const name = body.string('name') ?? 'token'
  body.check()
  const token = addToken(simulator.world, project, { name, access })
  return { token: describeToken(simulator.world, token) }
}

export function setTokenRevoked({ simulator, params }: Control, revoked: boolean): unknown {
  const token = simulator.world.tables.tokens.get(Number(params[0]))
  if (!token) throw notFound('token', params[0])
  token.revoked = revoked
  return { token: describeToken(simulator.world, simulator.world.tables.tokens.put(token)) }
}

export function setLimits({ simulator, params, body }: Control): unknown {
  const { world, api } = simulator
  const project = projectOf(world, params[0])
  const limits = Object.fromEntries(
    Object.keys(KINDS).map((kind) => [kind, body.integer(kind) ?? project.limits[kind]]),
  )
  const rateLimit = body.integer('rate_limit') ?? project.rateLimit
  const remaining = body.integer('rate_remaining')
  body.check()
  project.limits = Object.fromEntries(
    Object.entries(limits).flatMap(([kind, limit]) => (limit === undefined ? [] : [[kind, limit]])),
  )
  project.rateLimit = rateLimit
  if (remaining !== undefined) api.rateLimits.setRemaining(project, remaining, world.now())
  world.tables.projects.put(project)
  return { project: describeProject(world, project) }
}

/** A project with its tokens: what the demo prints for pasting. */
export function describeProject(world: World, project: ProjectRecord): object {
  const tokens = world.tables.tokens.of(project.id)
  const usable = tokens.find((token) => token.access === 'read_write' && !token.revoked)
  return {
    id: project.id,
    name: project.name,
    token: usable?.token ?? null,
    servers: world.tables.servers.count(project.id),
    limits: project.limits,
    rate_limit: project.rateLimit,
    tokens: tokens.map((token) => describeToken(world, token)),
  }
}

function describeToken(world: World, token: TokenRecord): object {
  return {
    id: token.id,
    name: token.name,
    project: world.tables.projects.get(token.project)?.name ?? null,
    access: token.access,
    revoked: token.revoked,
    token: token.token,
  }
}

import { notFound } from '../errors.ts'
import type { ProjectRecord, ServerRecord } from '../types.ts'
import type { World } from '../world.ts'

/** A project by id or name, or 404. */
export function projectOf(world: World, reference: string): ProjectRecord {
  for (const project of world.tables.projects.all()) {
    if (project.name === reference || String(project.id) === reference) return project
  }
  throw notFound('project', reference)
}

/** A server of a project by id or name, or 404. */
export function serverOf(world: World, project: ProjectRecord, reference: string): ServerRecord {
  const servers = world.tables.servers.of(project.id)
  const found =
    servers.find((server) => String(server.id) === reference) ?? servers.find((server) => server.name === reference)
  if (!found) throw notFound('server', reference)
  return found
}

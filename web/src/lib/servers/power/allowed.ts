import { m } from '#lib/paraglide/messages.js'
import type { PowerAction, Server } from '../types.ts'
import { faceOfOperation } from './operation-faces.ts'

/** What is known about the project a server is in. */
export interface ProjectFacts {
  paused: boolean
  access: 'unknown' | 'read_write' | 'read_only'
  state: string
}

type Target = Pick<Server, 'status' | 'operation' | 'deletedAt' | 'locked' | 'may'>

/** Whether an operation is still under way. */
export const isOpen = (operation: { status: string } | null | undefined): boolean =>
  operation?.status === 'started' || operation?.status === 'running'

/**
 * Why an action cannot be used on a server now, or undefined. It spares people dead ends; the API decides. A state in
 * between is no reason: it may never end by itself.
 */
export function reasonAgainst(action: PowerAction, server: Target, project?: ProjectFacts | null): string | undefined {
  if (!server.may.includes('servers:power')) return m.ui_needs_permission({ permission: 'servers:power' })
  if (server.deletedAt !== null) return m.servers_reason_deleted()
  if (project?.paused) return m.servers_reason_paused()
  if (project?.state === 'revoked') return m.servers_reason_revoked()
  if (project?.access === 'read_only') return m.servers_reason_read_only()
  if (server.operation && isOpen(server.operation)) return reasonOf(server.operation)
  if (action === 'start') return server.status === 'running' ? m.servers_reason_running() : undefined
  return server.status === 'off' ? m.servers_reason_off() : undefined
}

const reasonOf = ({ actorName, action }: NonNullable<Server['operation']>): string =>
  m.servers_reason_busy({ by: actorName || m.servers_the_system(), doing: faceOfOperation(action).doing() })

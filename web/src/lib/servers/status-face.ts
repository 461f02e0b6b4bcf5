import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'
import { isOpen } from './power/allowed.ts'
import { faceOfOperation } from './power/operation-faces.ts'
import type { Server, ServerStatus } from './types.ts'

export interface StatusFace {
  tone: StatusTone
  label: string
  percent?: number
}

const words: Record<ServerStatus, { tone: StatusTone; label: () => string }> = {
  running: { tone: 'ok', label: m.servers_status_running },
  off: { tone: 'off', label: m.servers_status_off },
  starting: { tone: 'busy', label: m.servers_status_starting },
  stopping: { tone: 'busy', label: m.servers_status_stopping },
  initializing: { tone: 'busy', label: m.servers_status_initializing },
  rebuilding: { tone: 'busy', label: m.servers_status_rebuilding },
  migrating: { tone: 'busy', label: m.servers_status_migrating },
  deleting: { tone: 'busy', label: m.servers_status_deleting },
  unknown: { tone: 'unknown', label: m.servers_status_unknown },
}

export const statusWord = (status: ServerStatus): string => words[status].label()

type Facts = Pick<Server, 'status' | 'operation' | 'deletedAt' | 'attention'>

/**
 * What is shown of a server's state: an operation under way before the status, so that nothing is called off before
 * the provider says so; a status that can no longer be read is shown as the last known one.
 */
export function faceOfServer(server: Facts): StatusFace {
  if (server.deletedAt !== null) return { tone: 'outside', label: m.servers_status_deleted() }
  const { operation } = server
  if (operation && isOpen(operation)) {
    const { progress } = operation
    return {
      tone: 'busy',
      label: faceOfOperation(operation.action).doing(),
      ...(progress > 0 ? { percent: progress } : {}),
    }
  }
  const { tone, label } = words[server.status]
  if (server.attention.includes('project_unreadable')) {
    return { tone: 'unknown', label: m.servers_status_last({ status: label() }) }
  }
  return { tone, label: label() }
}

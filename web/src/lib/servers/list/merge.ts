import { isOpen } from '../power/allowed.ts'
import { toPowerAction } from '../power/power-actions.ts'
import type { Operation, Server } from '../types.ts'

type Progress = Pick<Operation, 'id' | 'serverId' | 'status' | 'progress'> & Partial<Operation>

/**
 * A server with what is newly known of an operation on it. The status itself is left alone: only the provider says
 * what a server is. An event alone does not name the action, so it only moves an operation that is already shown.
 */
export function withOperation<Row extends Pick<Server, 'operation'>>(row: Row, progress: Progress): Row {
  const shown = row.operation
  if (shown?.id === progress.id) {
    if (!isOpen(progress)) return row
    return {
      ...row,
      operation: { ...shown, status: progress.status, progress: Math.max(shown.progress, progress.progress) },
    }
  }
  const action = toPowerAction(progress.action ?? '')
  if (!isOpen(progress) || !action || !progress.startedAt) return row
  return {
    ...row,
    operation: {
      id: progress.id,
      action: `server.${action}`,
      status: progress.status,
      progress: progress.progress,
      actorName: progress.actorName ?? '',
      startedAt: progress.startedAt,
    },
  }
}

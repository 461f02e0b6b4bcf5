import type { AlertKind, AlertSeverity } from './protection.ts'

/**
 * What open dashboards are told. Events carry ids and states, not objects: whoever receives one reads the object
 * through the API, under their own rights.
 */
export type LiveEvent =
  | { type: 'server.changed'; serverIds: string[] }
  | { type: 'operation.changed'; operationId: string; serverId: string; status: string; progress: number }
  | { type: 'account.changed'; accountId: string }
  | { type: 'sync.finished'; accountId: string; at: string; result: string; changed: number }
  | { type: 'audit.appended' }
  | { type: 'session.ended'; sessionIds: string[] }
  /** To owners only. */
  | { type: 'alert.raised'; alertId: string; kind: AlertKind; severity: AlertSeverity }
  | { type: 'alert.acknowledged' }

/** What concerns owners is sent to nobody else. */
export const isForOwners = (event: LiveEvent): boolean =>
  event.type === 'alert.raised' || event.type === 'alert.acknowledged'

export interface LivePublisher {
  /** Best effort and never in the way: a lost event is made good by polling. */
  publish(event: LiveEvent): void
}

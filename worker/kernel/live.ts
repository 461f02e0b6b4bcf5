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
  /** To this person only: a key of theirs asks. */
  | { type: 'approval.requested'; userId: string; approvalId: string }
  /** For who may see only some of it: something changed; what of it is theirs, the API tells. */
  | { type: 'fleet.changed' }
  /** To owners only. */
  | { type: 'alert.raised'; alertId: string; kind: AlertKind; severity: AlertSeverity }
  | { type: 'alert.acknowledged' }

/** Who is told ids and states: owners, and those who may see all servers, all provider projects, or the record. */
export const audiences = ['owners', 'fleet', 'accounts', 'record'] as const
export type Audience = (typeof audiences)[number]

/** Ids of what somebody may not see are not for them either (DESIGN §6). */
export function audienceOf(event: LiveEvent): Audience | 'person' {
  switch (event.type) {
    case 'server.changed':
    case 'operation.changed':
    case 'fleet.changed':
      return 'fleet'
    case 'account.changed':
    case 'sync.finished':
      return 'accounts'
    case 'audit.appended':
      return 'record'
    case 'alert.raised':
    case 'alert.acknowledged':
    case 'session.ended':
      return 'owners'
    case 'approval.requested':
      return 'person'
  }
}

export interface LivePublisher {
  /** Best effort and never in the way: a lost event is made good by polling. */
  publish(event: LiveEvent): void
}

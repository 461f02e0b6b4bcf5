import { auditPhases, type AuditPhase } from '../../kernel/audit.ts'
import { iso } from '../../kernel/clock.ts'
import type { AuditRow, AuditRowInOperation } from './audit-list.store.ts'
import type { AuditEntryView } from './schemas.ts'

const openPhases: readonly AuditPhase[] = ['started', 'accepted']
export const finalPhases = auditPhases.filter((phase) => !openPhases.includes(phase))

/** A row as it was written; who acted is of the operation's first row where `asOperation` says so. */
export function toEntry({ row, first }: AuditRowInOperation, asOperation: boolean): AuditEntryView {
  const actor = asOperation ? first : row
  return {
    id: row.id,
    operationId: row.operationId,
    at: iso(row.at),
    startedAt: iso(first.at),
    endedAt: finalPhases.includes(row.phase) ? iso(row.at) : null,
    phase: row.phase,
    action: row.action,
    actor: { kind: actor.actorKind, id: actor.actorId, name: actor.actorName },
    target: { type: row.targetType, id: row.targetId, name: row.targetName },
    ...factsOf(row),
  }
}

const factsOf = (row: AuditRow) => ({
  reason: row.reason,
  errorCode: row.errorCode,
  source: row.source,
  ip: row.ip,
  userAgent: row.userAgent,
  requestId: row.requestId,
  before: row.before,
  after: row.after,
})

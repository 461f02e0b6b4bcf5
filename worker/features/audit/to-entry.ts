import { auditPhases, type AuditPhase } from '../../kernel/audit.ts'
import { iso } from '../../kernel/clock.ts'
import type { AuditRowInOperation } from './audit-list.store.ts'
import type { AuditEntryView } from './schemas.ts'

const openPhases: readonly AuditPhase[] = ['started', 'accepted']
export const finalPhases = auditPhases.filter((phase) => !openPhases.includes(phase))

/** A row as it was written; who acted, and from where, is of the operation's first row where `asOperation` says so. */
export function toEntry({ row, first }: AuditRowInOperation, asOperation: boolean): AuditEntryView {
  const begun = asOperation ? first : row
  return {
    id: row.id,
    operationId: row.operationId,
    at: iso(row.at),
    startedAt: iso(first.at),
    endedAt: finalPhases.includes(row.phase) ? iso(row.at) : null,
    phase: row.phase,
    action: row.action,
    actor: { kind: begun.actorKind, id: begun.actorId, name: begun.actorName },
    target: { type: row.targetType, id: row.targetId, name: row.targetName },
    reason: row.reason,
    errorCode: row.errorCode,
    source: begun.source,
    ip: begun.ip,
    userAgent: begun.userAgent,
    requestId: begun.requestId,
    key: begun.keyId === null ? null : { id: begun.keyId, name: begun.keyName ?? '' },
    before: row.before,
    after: row.after,
  }
}

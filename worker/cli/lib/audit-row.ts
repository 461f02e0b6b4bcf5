import type { AuditEntry } from '../../kernel/audit.ts'
import { newId } from '../../kernel/id.ts'

type Facts = Pick<AuditEntry, 'phase' | 'action' | 'targetType' | 'targetId' | 'targetName' | 'operationId'> &
  Partial<Pick<AuditEntry, 'reason' | 'after' | 'before'>>

export const quoted = (value: string | number | null): string => {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

/** A row of the record for what the deployer does by command: these acts are on the record like any other (P1.5). */
export function auditRow(facts: Facts, nowMs: number = Date.now()): string {
  const columns: Record<string, string | number | null> = {
    id: newId('aud', nowMs),
    operation_id: facts.operationId,
    at: nowMs,
    phase: facts.phase,
    action: facts.action,
    actor_kind: 'system',
    actor_id: 'deployer',
    actor_name: 'deployer',
    target_type: facts.targetType,
    target_id: facts.targetId,
    target_name: facts.targetName,
    reason: facts.reason ?? null,
    source: 'system',
    request_id: newId('req', nowMs),
    before: facts.before ? JSON.stringify(facts.before) : null,
    after: facts.after ? JSON.stringify(facts.after) : null,
  }
  const names = Object.keys(columns).map((name) => `"${name}"`)
  return `INSERT INTO audit_log (${names.join(', ')}) VALUES (${Object.values(columns).map(quoted).join(', ')});`
}

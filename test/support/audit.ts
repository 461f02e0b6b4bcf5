import { queryAll } from './database.ts'

export { execute, queryFirst } from './database.ts'

export interface AuditRow {
  phase: string
  action: string
  actor_kind: string
  actor_id: string
  actor_name: string
  target_type: string
  target_id: string
  target_name: string
  reason: string | null
  error_code: string | null
  source: string
  key_id: string | null
  ip: string | null
  before: string | null
  after: string | null
}

/** The rows of an action, oldest first, narrowed by target where one is given. */
export async function auditRows(action: string, targetId?: string): Promise<AuditRow[]> {
  const sql = 'SELECT * FROM audit_log WHERE action = ?'
  return targetId === undefined
    ? queryAll(`${sql} ORDER BY seq`, action)
    : queryAll(`${sql} AND target_id = ? ORDER BY seq`, action, targetId)
}

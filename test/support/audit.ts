import { env } from 'cloudflare:workers'

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
  ip: string | null
  before: string | null
  after: string | null
}

/** The rows of an action, oldest first, narrowed by target where one is given. */
export async function auditRows(action: string, targetId?: string): Promise<AuditRow[]> {
  const query =
    targetId === undefined
      ? env.DB.prepare('SELECT * FROM audit_log WHERE action = ? ORDER BY seq').bind(action)
      : env.DB.prepare('SELECT * FROM audit_log WHERE action = ? AND target_id = ? ORDER BY seq').bind(action, targetId)
  return (await query.all<AuditRow>()).results
}

/** The first row of a query of the test's own. */
export const queryFirst = <T>(sql: string, ...values: unknown[]): Promise<T | null> =>
  env.DB.prepare(sql)
    .bind(...values)
    .first<T>()

export async function execute(sql: string, ...values: unknown[]): Promise<void> {
  await env.DB.prepare(sql)
    .bind(...values)
    .run()
}

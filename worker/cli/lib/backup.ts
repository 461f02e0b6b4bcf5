import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportTo, query, queryAll } from './database.ts'
import { root } from './paths.ts'
import type { Target } from './target.ts'

/** Rows per table, and where the record stands. */
export interface Contents {
  rows: Record<string, number>
  lastAuditSeq: number
}

/** Counts a database. Tables of the platform are left out: no export carries them. */
export async function countContents(target: Target): Promise<Contents> {
  const tables = await query(
    target,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  )
  const names = tables.map((row) => String(row['name'])).toSorted()
  const answers = await queryAll(target, [
    'SELECT COALESCE(MAX(seq), 0) AS count FROM audit_log',
    ...names.map((name) => `SELECT COUNT(*) AS count FROM "${name}"`),
  ])
  const [lastAuditSeq = 0, ...counts] = answers.map((rows) => Number(rows[0]?.['count'] ?? 0))
  return { rows: Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0])), lastAuditSeq }
}

/** Exports to `file`, or to backups/webnova-<environment>-<time>.sql. @returns the file */
export async function backUp(target: Target, file?: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const path = file ?? join(root, 'backups', `webnova-${target.environment}-${stamp}.sql`)
  mkdirSync(dirname(path), { recursive: true })
  await exportTo(target, path)
  return path
}

import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportTo, query } from './database.ts'
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
  const counts = names.map((name) => `SELECT '${name}' AS name, COUNT(*) AS count FROM "${name}"`)
  // D1 allows few terms in one compound SELECT.
  const rows: Record<string, number> = {}
  for (let at = 0; at < counts.length; at += 5) {
    const answers = await query(target, counts.slice(at, at + 5).join(' UNION ALL '))
    for (const row of answers) rows[String(row['name'])] = Number(row['count'])
  }
  const [last] = await query(target, 'SELECT COALESCE(MAX(seq), 0) AS seq FROM audit_log')
  return { rows, lastAuditSeq: Number(last?.['seq'] ?? 0) }
}

/** Exports to `file`, or to backups/webnova-<environment>-<time>.sql. @returns the file */
export async function backUp(target: Target, file?: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const path = file ?? join(root, 'backups', `webnova-${target.environment}-${stamp}.sql`)
  mkdirSync(dirname(path), { recursive: true })
  await exportTo(target, path)
  return path
}

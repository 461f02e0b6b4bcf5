import { sql } from 'drizzle-orm'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Statement } from './client.ts'

const assertions = sqliteTable('assertions', { failed: integer('failed') })

/**
 * Stands right behind a conditional UPDATE, INSERT or DELETE in a batch and aborts the whole batch when that changed
 * no row: a lost race writes nothing. `isLostRace` recognises the failure.
 */
export function expectChanged(db: Db): Statement {
  return db.insert(assertions).select(sql`SELECT 1 WHERE changes() = 0`)
}

import { createClient } from '@libsql/client/web'
import type { BatchItem } from 'drizzle-orm/batch'
import { drizzle as drizzleD1, type DrizzleD1Database } from 'drizzle-orm/d1'
import { drizzle as drizzleLibsql } from 'drizzle-orm/libsql/web'

/**
 * The one database type. D1 and libSQL offer the same builders and `batch`; what only one of them can do
 * (interactive transactions, D1's `meta`) is not used anywhere.
 */
export type Db = DrizzleD1Database

/** A prepared change, to be committed in one batch with its audit row. */
export type Statement = BatchItem<'sqlite'>

export interface LibsqlConfig {
  url: string
  authToken: string | undefined
}

const overD1 = new WeakMap<D1Database, Db>()

/** libSQL over HTTP when configured, otherwise the D1 binding. */
export function createDb(d1: D1Database, libsql: LibsqlConfig | null): Db {
  if (libsql) {
    const client = createClient({ url: libsql.url, ...(libsql.authToken ? { authToken: libsql.authToken } : {}) })
    return drizzleLibsql(client) as unknown as Db
  }
  const known = overD1.get(d1)
  if (known) return known
  const db = drizzleD1(d1)
  overD1.set(d1, db)
  return db
}

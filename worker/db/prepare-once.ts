import type { Db } from './client.ts'

/**
 * A query that is built once for a database and not at every call, its values as `sql.placeholder`. For what every request
 * asks: building such a query takes longer than asking it.
 */
export function prepareOnce<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const built = new WeakMap<Db, Query>()
  return (db) => {
    const known = built.get(db)
    if (known) return known
    const query = build(db)
    built.set(db, query)
    return query
  }
}

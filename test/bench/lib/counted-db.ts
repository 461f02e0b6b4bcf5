/** What D1 bills: queries sent, rows read, rows written (index entries included). */
export interface Counts {
  queries: number
  rowsRead: number
  rowsWritten: number
}

/**
 * D1 with its meter visible. `raw()` carries no figures, so a read is asked a second time for them and a write is read
 * as objects instead: for counting only, never for timing.
 */
export function countedDb(db: D1Database, counts: Counts): D1Database {
  const note = <T>(result: D1Result<T>): D1Result<T> => {
    counts.queries += 1
    counts.rowsRead += result.meta.rows_read
    counts.rowsWritten += result.meta.rows_written
    return result
  }
  const originals = new WeakMap<object, D1PreparedStatement>()
  const wrap = (sql: string, statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(sql, statement.bind(...values)),
      all: async () => note(await statement.all()),
      run: async () => note(await statement.run()),
      raw: async () => {
        const result = note(await statement.all<Record<string, unknown>>())
        return /^\s*(select|with)/i.test(sql) ? statement.raw() : result.results.map((row) => Object.values(row))
      },
    } as unknown as D1PreparedStatement
    originals.set(wrapped, statement)
    return wrapped
  }
  return {
    prepare: (sql: string) => wrap(sql, db.prepare(sql)),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      const results = await db.batch<T>(statements.map((statement) => originals.get(statement) ?? statement))
      return results.map(note)
    },
  } as unknown as D1Database
}

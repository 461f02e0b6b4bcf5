import type { Store, StoredRow } from './core/store.ts'

/** Bytes of JSON in one statement; a Durable Object takes strings up to 2 MB. */
const CHUNK_BYTES = 900_000

/** The world's rows in the SQLite of a Durable Object: one row per record, many rows per statement. */
export function createDurableStore(storage: DurableObjectStorage): Store {
  storage.sql.exec(
    'CREATE TABLE IF NOT EXISTS entities (kind TEXT NOT NULL, id INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID',
  )
  return {
    load: () =>
      storage.sql
        .exec<{ kind: string; id: number; json: string }>('SELECT kind, id, json FROM entities ORDER BY id')
        .toArray(),
    write(puts, deletes) {
      storage.transactionSync(() => {
        for (const { kind, id } of deletes) storage.sql.exec('DELETE FROM entities WHERE kind = ? AND id = ?', kind, id)
        for (const chunk of chunks(puts)) {
          storage.sql.exec(
            `INSERT OR REPLACE INTO entities (kind, id, json)
             SELECT value ->> 'kind', value ->> 'id', value ->> 'json' FROM json_each(?)`,
            chunk,
          )
        }
      })
    },
    clear: () => void storage.sql.exec('DELETE FROM entities'),
  }
}

function* chunks(rows: StoredRow[]): Generator<string> {
  let parts: string[] = []
  let bytes = 0
  for (const row of rows) {
    const part = JSON.stringify(row)
    if (bytes + part.length > CHUNK_BYTES && parts.length > 0) {
      yield `[${parts.join(',')}]`
      parts = []
      bytes = 0
    }
    parts.push(part)
    bytes += part.length
  }
  if (parts.length > 0) yield `[${parts.join(',')}]`
}

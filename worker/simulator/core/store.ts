/** Where the world is kept between restarts. Implementations write a whole batch or nothing. */
export interface StoredRow {
  kind: string
  id: number
  json: string
}

export interface Store {
  /** Every stored row, in ascending id within a kind. */
  load(): StoredRow[]
  /** Writes and deletes in one transaction. */
  write(puts: StoredRow[], deletes: { kind: string; id: number }[]): void
  /** Removes everything. */
  clear(): void
}

/** A store in memory, for Node; give the same one to a second world to try a restart. */
export function createMemoryStore(): Store {
  const rows = new Map<string, StoredRow>()
  return {
    load: () => [...rows.values()].toSorted((a, b) => a.id - b.id),
    write(puts, deletes) {
      for (const row of puts) rows.set(`${row.kind}/${row.id}`, row)
      for (const { kind, id } of deletes) rows.delete(`${kind}/${id}`)
    },
    clear: () => rows.clear(),
  }
}

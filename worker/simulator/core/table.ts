import type { Entity } from './types.ts'

/**
 * All records of one kind, in memory, by project. Changes are noted as dirty for the world to write
 * through; a version per table lets sorted orders be kept between the pages of one listing.
 */
export class Table<E extends Entity> {
  readonly dirty = new Set<number>()
  readonly removed = new Set<number>()
  private readonly rows = new Map<number, E>()
  private readonly byProject = new Map<number, Map<number, E>>()
  private readonly orders = new Map<string, { version: number; rows: E[] }>()
  private readonly groups = new Map<string, { version: number; rows: Map<number, E[]> }>()
  private version = 0

  get size(): number {
    return this.rows.size
  }

  get(id: number): E | undefined {
    return this.rows.get(id)
  }

  /** The record, if it belongs to the project. */
  find(project: number, id: number): E | undefined {
    const row = this.rows.get(id)
    return row && row.project === project ? row : undefined
  }

  /** Records of a project in ascending id. */
  of(project: number): E[] {
    return this.ordered(project, 'id', (rows) => rows)
  }

  count(project: number): number {
    return this.byProject.get(project)?.size ?? 0
  }

  all(): IterableIterator<E> {
    return this.rows.values()
  }

  /** Records in an order that is computed once per version of the table; `key` names the order. */
  ordered(project: number, key: string, sort: (rows: E[]) => E[]): E[] {
    const name = `${project}:${key}`
    const known = this.orders.get(name)
    if (known?.version === this.version) return known.rows
    if (this.orders.size > 24) this.orders.clear()
    const rows = sort([...(this.byProject.get(project)?.values() ?? [])])
    this.orders.set(name, { version: this.version, rows })
    return rows
  }

  /** Records of a project grouped by a key, computed once per version of the table; null keys are left out. */
  grouped(project: number, name: string, keyOf: (row: E) => number | null): Map<number, E[]> {
    const known = this.groups.get(`${project}:${name}`)
    if (known?.version === this.version) return known.rows
    const rows = new Map<number, E[]>()
    for (const row of this.byProject.get(project)?.values() ?? []) {
      const key = keyOf(row)
      if (key === null) continue
      const group = rows.get(key)
      if (group) group.push(row)
      else rows.set(key, [row])
    }
    this.groups.set(`${project}:${name}`, { version: this.version, rows })
    return rows
  }

  /** Stores a record: new or changed in place. */
  put(row: E): E {
    this.load(row)
    this.dirty.add(row.id)
    this.removed.delete(row.id)
    return row
  }

  /** Takes a record over from the store without marking it dirty. */
  load(row: E): void {
    this.rows.set(row.id, row)
    let own = this.byProject.get(row.project)
    if (!own) this.byProject.set(row.project, (own = new Map()))
    own.set(row.id, row)
    this.version++
  }

  delete(id: number): boolean {
    const row = this.rows.get(id)
    if (!row) return false
    this.rows.delete(id)
    this.byProject.get(row.project)?.delete(id)
    this.dirty.delete(id)
    this.removed.add(id)
    this.version++
    return true
  }
}

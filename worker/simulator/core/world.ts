import { Table } from './table.ts'
import { KINDS, type Effect, type EventRecord, type Kind, type Kinds } from './types.ts'
import type { Store, StoredRow } from './store.ts'

/** How time passes. `scale` stretches what takes time (0 = at once); a frozen clock moves only by `advance`. */
export interface TimeState {
  scale: number
  offsetMs: number
  frozenAt: number | null
}

interface MetaState {
  time: TimeState
  nextIds: Partial<Record<Kind, number>>
}

type Tables = { [K in Kind]: Table<Kinds[K]> }

const ACTIONS_KEPT = 5_000
const WRITES_KEPT = 20_000

/**
 * The whole simulated world: records in memory, written through to a store.
 * Nothing runs in the background. Whatever takes time is an event with a due time, and `settle` applies
 * the due ones, in order, before anything is read: so a restart in between changes nothing.
 */
export class World {
  tables = emptyTables()
  private meta = emptyMeta()
  private metaDirty = false
  private queue: EventRecord[] = []
  private readonly store: Store
  private readonly wallClock: () => number

  constructor(store: Store, wallClock: () => number = Date.now) {
    this.store = store
    this.wallClock = wallClock
    for (const row of store.load()) {
      if (row.kind === 'meta') this.meta = { ...emptyMeta(), ...(JSON.parse(row.json) as MetaState) }
      else if (row.kind in this.tables)
        (this.tables[row.kind as Kind] as Table<never>).load(JSON.parse(row.json) as never)
    }
    this.queue = [...this.tables.events.all()].toSorted(byDue)
  }

  get time(): TimeState {
    return this.meta.time
  }

  /** True for a world that was never seeded. */
  get isEmpty(): boolean {
    return this.tables.projects.size === 0
  }

  /** The simulated time in ms. */
  now(): number {
    return this.meta.time.frozenAt ?? this.wallClock() + this.meta.time.offsetMs
  }

  setTime(change: { scale?: number; frozen?: boolean }): void {
    const time = this.meta.time
    if (change.scale !== undefined) time.scale = change.scale
    if (change.frozen === true) time.frozenAt ??= this.now()
    if (change.frozen === false && time.frozenAt !== null) {
      time.offsetMs = time.frozenAt - this.wallClock()
      time.frozenAt = null
    }
    this.metaDirty = true
  }

  advance(ms: number): void {
    if (this.meta.time.frozenAt !== null) this.meta.time.frozenAt += ms
    else this.meta.time.offsetMs += ms
    this.metaDirty = true
    this.settle()
  }

  nextId(kind: Kind): number {
    const id = this.meta.nextIds[kind] ?? KINDS[kind]
    this.meta.nextIds[kind] = id + 1
    this.metaDirty = true
    return id
  }

  schedule(project: number, at: number, effect: Effect, tag?: string): void {
    const event: EventRecord = { id: this.nextId('events'), project, at, effect, ...(tag ? { tag } : {}) }
    this.tables.events.put(event)
    const before = this.queue.findLastIndex((known) => byDue(known, event) < 0)
    this.queue.splice(before + 1, 0, event)
  }

  /** Drops the events that carry the tag. */
  cancel(tag: string): void {
    this.queue = this.queue.filter((event) => {
      if (event.tag !== tag) return true
      this.tables.events.delete(event.id)
      return false
    })
  }

  /** Applies every event that is due. */
  settle(): void {
    const now = this.now()
    for (let event = this.queue[0]; event && event.at <= now; event = this.queue[0]) {
      this.queue.shift()
      this.tables.events.delete(event.id)
      this.apply(event)
    }
  }

  /** Writes what changed since the last commit, in one transaction. */
  commit(): void {
    this.prune()
    const puts: StoredRow[] = []
    const deletes: { kind: string; id: number }[] = []
    for (const [kind, table] of Object.entries(this.tables) as [Kind, Table<Kinds[Kind]>][]) {
      for (const id of table.dirty) puts.push({ kind, id, json: JSON.stringify(table.get(id)) })
      for (const id of table.removed) deletes.push({ kind, id })
      table.dirty.clear()
      table.removed.clear()
    }
    if (this.metaDirty) puts.push({ kind: 'meta', id: 0, json: JSON.stringify(this.meta) })
    this.metaDirty = false
    if (puts.length > 0 || deletes.length > 0) this.store.write(puts, deletes)
  }

  /** Empties the world; the clock returns to normal. */
  clear(): void {
    this.store.clear()
    this.tables = emptyTables()
    this.meta = emptyMeta()
    this.metaDirty = true
    this.queue = []
  }

  private apply({ at, effect }: EventRecord): void {
    if (effect.type === 'finish') return this.finishAction(effect.action, at, effect.error)
    const table = this.tables[effect.kind] as Table<Kinds[Kind]>
    const row = table.get(effect.entity)
    if (!row) return
    if (effect.type === 'delete') table.delete(effect.entity)
    else table.put(Object.assign(row, effect.values))
  }

  private finishAction(id: number, at: number, error?: { code: string; message: string }): void {
    const action = this.tables.actions.get(id)
    if (!action || action.status !== 'running') return
    action.status = error ? 'error' : 'success'
    action.error = error ?? null
    action.ends = at
    this.tables.actions.put(action)
    for (const resource of action.resources) {
      const server = resource.type === 'server' ? this.tables.servers.get(resource.id) : undefined
      if (server?.lockedBy === id) this.tables.servers.put(Object.assign(server, { lockedBy: null }))
    }
  }

  /** Long-finished actions and old write rows go, so that a demo that runs for months stays small. */
  private prune(): void {
    if (this.tables.actions.size > ACTIONS_KEPT * 1.2) {
      for (const action of this.tables.actions.all()) {
        if (this.tables.actions.size <= ACTIONS_KEPT) break
        if (action.status !== 'running') this.tables.actions.delete(action.id)
      }
    }
    if (this.tables.writes.size > WRITES_KEPT * 1.2) {
      for (const write of this.tables.writes.all()) {
        if (this.tables.writes.size <= WRITES_KEPT) break
        this.tables.writes.delete(write.id)
      }
    }
  }
}

function emptyTables(): Tables {
  return Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, new Table()])) as unknown as Tables
}

function emptyMeta(): MetaState {
  return { time: { scale: 1, offsetMs: 0, frozenAt: null }, nextIds: {} }
}

function byDue(a: EventRecord, b: EventRecord): number {
  return a.at - b.at || a.id - b.id
}

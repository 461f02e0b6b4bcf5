/** One request as it was answered. */
export interface LoggedRequest {
  seq: number
  at: number
  project: number | null
  method: string
  /** Path below /v1 with its query. */
  path: string
  /** The route that served it, or null for an unknown one. */
  route: string | null
  status: number
  /** Kinds of the faults that struck. */
  faults: string[]
}

const KEPT = 2_000

/** The last requests and exact counters since the last clearing. In memory: a restart starts both afresh. */
export class RequestLog {
  private entries: LoggedRequest[] = []
  private counts = new Map<string, { project: number | null; method: string; route: string; count: number }>()
  private seq = 0

  add(entry: Omit<LoggedRequest, 'seq'>): void {
    this.entries.push({ seq: ++this.seq, ...entry })
    if (this.entries.length > KEPT * 1.5) this.entries = this.entries.slice(-KEPT)
    const route = entry.route ?? '(unknown)'
    const key = `${entry.project} ${entry.method} ${route}`
    const known = this.counts.get(key)
    if (known) known.count++
    else this.counts.set(key, { project: entry.project, method: entry.method, route, count: 1 })
  }

  list(): LoggedRequest[] {
    return this.entries.slice(-KEPT)
  }

  counters(): { project: number | null; method: string; route: string; count: number }[] {
    return [...this.counts.values()]
  }

  clear(): void {
    this.entries = []
    this.counts.clear()
  }
}

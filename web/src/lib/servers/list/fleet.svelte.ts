import type { ResourceState } from '#lib/api/index.ts'
import { toApiError, type ApiError } from '#lib/errors/index.ts'
import type { Operation, Server, ServerListQuery } from '../types.ts'
import { withOperation } from './merge.ts'
import { readPage, readServers } from './read-servers.ts'

const PAGE = 100
/** The most rows a reload reads anew; rows further down stay as they are until something tells of them. */
const RELOAD_MAX = 1_000

/**
 * The list of servers for one set of filters: pages as they are needed, and only what changed after that. A newer
 * question makes an older one's answer irrelevant.
 */
export class Fleet implements ResourceState<readonly Server[]> {
  #query: ServerListQuery = {}
  #rows = $state.raw<readonly Server[] | undefined>(undefined)
  #total = $state(0)
  #cursor = $state<string | null>(null)
  #error = $state.raw<ApiError | null>(null)
  #loading = $state(false)
  #loadingMore = $state(false)
  #updatedAt = $state<number | null>(null)
  #controller: AbortController | null = null
  #moreWanted = false

  get data(): readonly Server[] | undefined {
    return this.#rows
  }
  /** How many the filters match, on all pages. */
  get total(): number {
    return this.#total
  }
  get hasMore(): boolean {
    return this.#cursor !== null
  }
  get error(): ApiError | null {
    return this.#error
  }
  get loading(): boolean {
    return this.#loading
  }
  get loadingMore(): boolean {
    return this.#loadingMore
  }
  get updatedAt(): number | null {
    return this.#updatedAt
  }

  /** Another question: the rows on screen stay until its answer is there. */
  async show(query: ServerListQuery): Promise<void> {
    this.#query = query
    this.#moreWanted = false
    await this.#read(PAGE, () => [])
  }

  /** Reads again what is on screen. Never throws: the outcome is in `data` and `error`. */
  async refresh(): Promise<void> {
    const loaded = this.#rows?.length ?? 0
    const cursor = this.#cursor
    this.#moreWanted ||= this.#loadingMore
    await this.#read(Math.min(Math.max(loaded, PAGE), RELOAD_MAX), (fresh, next) => {
      if (loaded <= RELOAD_MAX || next === null) return []
      const known = new Set(fresh.map((row) => row.id))
      this.#cursor = cursor
      return (this.#rows ?? []).slice(RELOAD_MAX).filter((row) => !known.has(row.id))
    })
  }

  async #read(count: number, tail: (fresh: Server[], next: string | null) => Server[]): Promise<void> {
    this.#controller?.abort()
    const controller = new AbortController()
    this.#controller = controller
    this.#loading = true
    this.#loadingMore = false
    try {
      const fresh: Server[] = []
      let next: string | null = null
      let total = 0
      do {
        const limit = Math.min(count - fresh.length, 200)
        const page = await readPage({ ...this.#query, limit, ...(next ? { cursor: next } : {}) }, controller.signal)
        fresh.push(...page.items)
        next = page.nextCursor
        total = page.total
      } while (next !== null && fresh.length < count)
      if (this.#controller !== controller) return
      this.#cursor = next
      this.#rows = [...fresh, ...tail(fresh, next)]
      this.#total = total
      this.#heard()
    } catch (error) {
      if (this.#controller === controller) this.#error = toApiError(error)
    } finally {
      if (this.#controller === controller) {
        this.#loading = false
        const wanted = this.#moreWanted && this.#error === null
        this.#moreWanted = false
        if (wanted) void this.more()
      }
    }
  }

  /** The next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    // Asked for during a reload: the end of the list stays in sight, and nobody will ask again.
    if (this.#loading) this.#moreWanted = true
    const cursor = this.#cursor
    if (cursor === null || this.#loading || this.#loadingMore || !this.#controller) return
    const { signal } = this.#controller
    this.#loadingMore = true
    try {
      const page = await readPage({ ...this.#query, limit: PAGE, cursor }, signal)
      if (signal.aborted) return
      const known = new Set(this.#rows?.map((row) => row.id))
      this.#rows = [...(this.#rows ?? []), ...page.items.filter((row) => !known.has(row.id))]
      this.#cursor = page.nextCursor
      this.#total = page.total
      this.#heard()
    } catch (error) {
      if (!signal.aborted) this.#error = toApiError(error)
    } finally {
      if (!signal.aborted) this.#loadingMore = false
    }
  }

  /** Reads these servers again, under the filters: what no longer matches leaves, what is new makes a reload. */
  async patch(ids: readonly string[]): Promise<void> {
    const controller = this.#controller
    if (!controller || this.#rows === undefined) return
    // What fails here is made good by the next event, poll or reload.
    const answers = await readServers(this.#query, ids, controller.signal).catch(() => null)
    if (answers === null) return
    if (this.#controller !== controller) return
    const fresh = new Map(answers.map((row) => [row.id, row]))
    const asked = new Set(ids)
    const before = this.#rows ?? []
    const known = new Set(before.map((row) => row.id))
    const rows = before.filter((row) => !asked.has(row.id) || fresh.has(row.id)).map((row) => fresh.get(row.id) ?? row)
    this.#total -= before.length - rows.length
    this.#rows = rows
    this.#heard()
    if (answers.some((row) => !known.has(row.id)) && this.#cursor === null) await this.refresh()
  }

  /** What an operation has come to, as an answer or a live event tells it. */
  note(operation: Pick<Operation, 'id' | 'serverId' | 'status' | 'progress'> & Partial<Operation>): void {
    if (!this.#rows?.some((row) => row.id === operation.serverId)) return
    this.#rows = this.#rows.map((row) => (row.id === operation.serverId ? withOperation(row, operation) : row))
  }

  cancel(): void {
    this.#controller?.abort()
    this.#controller = null
    this.#loading = false
    this.#loadingMore = false
  }

  #heard(): void {
    this.#error = null
    this.#updatedAt = Date.now()
  }
}

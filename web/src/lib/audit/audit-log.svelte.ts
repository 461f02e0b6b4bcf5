import { api, call, Resource } from '#lib/api/index.ts'
import type { components } from '#lib/api/schema.d.ts'
import { toastError } from '#lib/ui/toast.ts'
import type { AuditQuery } from './audit-filter.ts'
import { mergePage, updateKnown } from './merge-page.ts'

export type AuditPage = components['schemas']['AuditPage']

const PAGE = 50

/**
 * The operations that match, newest first, as far as they were loaded. What arrives later does not move what one is
 * reading: `look` brings what is known up to date in place and counts the new ones, `show` puts them on top.
 */
export class AuditLog {
  readonly list = new Resource((signal) => this.#read(undefined, signal))
  #query: () => AuditQuery
  #own: () => boolean
  #fresh = $state.raw<AuditPage | null>(null)
  #loadingMore = $state(false)
  #looking: AbortController | null = null

  /** `query` is asked again for every read, so that relative times stay relative. `own`: only what one did oneself. */
  constructor(query: () => AuditQuery, own: () => boolean = () => false) {
    this.#query = query
    this.#own = own
  }

  get loadingMore(): boolean {
    return this.#loadingMore
  }

  /** How many operations have begun since the list was shown. */
  get unseen(): number {
    const fresh = this.#fresh
    if (!fresh) return 0
    const known = new Set(this.list.data?.items.map((entry) => entry.operationId))
    return fresh.items.filter((entry) => !known.has(entry.operationId)).length
  }

  /** Starts over: another filter, or a retry. */
  async refresh(): Promise<void> {
    this.#looking?.abort()
    this.#fresh = null
    await this.list.refresh()
  }

  /** Reads the newest page. Entries on screen change in place; with `show`, new ones appear as well. */
  async look(show: boolean): Promise<void> {
    const before = this.list.data
    if (!before || this.list.error) return this.refresh()
    this.#looking?.abort()
    const controller = new AbortController()
    this.#looking = controller
    try {
      const page = await this.#read(undefined, controller.signal)
      if (this.#looking !== controller || this.list.loading) return
      const now = this.list.data ?? before
      this.#fresh = page
      if (show) this.show()
      else this.list.set(updateKnown(now, page))
    } catch {
      // The next event or poll looks again; the page says by itself when the connection is gone.
    }
  }

  /** Puts the new ones on top. */
  show(): void {
    const [fresh, known] = [this.#fresh, this.list.data]
    this.#fresh = null
    if (fresh) this.list.set(known ? mergePage(known, fresh) : fresh)
  }

  async more(): Promise<void> {
    const known = this.list.data
    if (!known?.nextCursor || this.#loadingMore) return
    this.#loadingMore = true
    try {
      const page = await this.#read(known.nextCursor)
      const now = this.list.data
      // Another filter may have been chosen meanwhile.
      if (now && now.nextCursor === known.nextCursor) {
        this.list.set({ items: [...now.items, ...page.items], nextCursor: page.nextCursor })
      }
    } catch (error) {
      toastError(error)
    } finally {
      this.#loadingMore = false
    }
  }

  cancel(): void {
    this.#looking?.abort()
    this.list.cancel()
  }

  #read(cursor?: string, signal?: AbortSignal): Promise<AuditPage> {
    const query = { ...this.#query(), limit: PAGE, ...(cursor ? { cursor } : {}) }
    const options = { params: { query }, ...(signal ? { signal } : {}) }
    return call(this.#own() ? api.GET('/api/v1/me/activity', options) : api.GET('/api/v1/audit', options))
  }
}

import { api, call, Resource } from '#lib/api/index.ts'
import { toastError } from '#lib/ui/toast.ts'
import type { FailureQuery, ProviderLogPage } from './failure-text.ts'

const PAGE = 50

/** The provider's failures that match, newest first, as far as they were loaded. */
export class ProviderLog {
  readonly list = new Resource((signal) => this.#read(undefined, signal))
  #query: () => FailureQuery
  #loadingMore = $state(false)

  constructor(query: () => FailureQuery) {
    this.#query = query
  }

  get loadingMore(): boolean {
    return this.#loadingMore
  }

  /** Reads the newest again, unless more was loaded: then it would be taken from under the reader. */
  async follow(): Promise<void> {
    if ((this.list.data?.items.length ?? 0) <= PAGE) await this.list.refresh()
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

  #read(cursor?: string, signal?: AbortSignal): Promise<ProviderLogPage> {
    const query = { ...this.#query(), limit: PAGE, ...(cursor ? { cursor } : {}) }
    return call(api.GET('/api/v1/provider-log', { params: { query }, ...(signal ? { signal } : {}) }))
  }
}

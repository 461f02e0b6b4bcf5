import { api, call, Resource } from '#lib/api/index.ts'
import { toastError } from '#lib/ui/toast.ts'
import type { Operation } from '../types.ts'

const PAGE = 30
type Log = { items: Operation[]; nextCursor: string | null }

/** What was done with one server's power, newest first: for who sees the server but may not read the audit. */
export class OperationLog {
  readonly #serverId: string
  readonly list: Resource<Log>
  loadingMore = $state(false)

  constructor(serverId: string) {
    this.#serverId = serverId
    this.list = new Resource((signal) =>
      this.#page({ limit: Math.min(Math.max(this.list.data?.items.length ?? 0, PAGE), 200) }, signal),
    )
  }

  async more(): Promise<void> {
    const shown = this.list.data
    if (!shown?.nextCursor || this.loadingMore) return
    this.loadingMore = true
    try {
      const next = await this.#page({ limit: PAGE, cursor: shown.nextCursor })
      this.list.set({ items: [...shown.items, ...next.items], nextCursor: next.nextCursor })
    } catch (error) {
      toastError(error)
    } finally {
      this.loadingMore = false
    }
  }

  #page(paging: { limit: number; cursor?: string }, signal?: AbortSignal): Promise<Log> {
    const query = { serverId: this.#serverId, ...paging }
    return call(api.GET('/api/v1/operations', { params: { query }, ...(signal ? { signal } : {}) }))
  }
}

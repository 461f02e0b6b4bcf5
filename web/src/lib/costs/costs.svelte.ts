import { api, call, Resource } from '#lib/api/index.ts'
import type { CostReport, ServerCost } from './cost-types.ts'

const PAGE = 200

/**
 * What the fleet costs. Totals and groups are always of everything; servers come page by page, the dearest first, and
 * all of them when they are to be sorted or exported.
 */
export class Costs {
  readonly report = new Resource((signal) => this.#readReport(signal))
  #loadingMore = $state(false)
  #pages = 1

  get loadingMore(): boolean {
    return this.#loadingMore
  }

  /** How many servers there are, with those that went away this month where they are known. */
  get total(): number {
    const { totals = [], servers = [], nextCursor = null } = this.report.data ?? {}
    const live = totals.reduce((sum, total) => sum + total.servers, 0)
    return nextCursor === null ? servers.length : Math.max(live, servers.length)
  }

  /** @throws ApiError */
  async more(): Promise<void> {
    const known = this.report.data
    if (!known?.nextCursor || this.#loadingMore) return
    this.#loadingMore = true
    try {
      const page = await read(known.nextCursor)
      const now = this.report.data
      if (now && now.nextCursor === known.nextCursor) {
        this.#pages += 1
        this.report.set({ ...now, servers: [...now.servers, ...page.servers], nextCursor: page.nextCursor })
      }
    } finally {
      this.#loadingMore = false
    }
  }

  /** Every server. @throws ApiError */
  async all(): Promise<readonly ServerCost[]> {
    while (this.report.data?.nextCursor) {
      if (this.#loadingMore) await new Promise((resolve) => setTimeout(resolve, 50))
      else await this.more()
    }
    return this.report.data?.servers ?? []
  }

  /** As many pages again as are shown, so that reading again never shortens the list. */
  async #readReport(signal: AbortSignal): Promise<CostReport> {
    const report = await read(undefined, signal)
    const servers = [...report.servers]
    let { nextCursor } = report
    for (let page = 1; page < this.#pages && nextCursor; page++) {
      const next = await read(nextCursor, signal)
      servers.push(...next.servers)
      nextCursor = next.nextCursor
    }
    return { ...report, servers, nextCursor }
  }
}

const read = (cursor?: string, signal?: AbortSignal): Promise<CostReport> =>
  call(
    api.GET('/api/v1/costs', {
      params: { query: { limit: PAGE, ...(cursor ? { cursor } : {}) } },
      ...(signal ? { signal } : {}),
    }),
  )

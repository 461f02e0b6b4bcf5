import { api, call, type ResourceState } from '#lib/api/index.ts'
import { toApiError, type ApiError } from '#lib/errors/index.ts'
import { session } from '#lib/session/session.svelte.ts'
import { fromAudit, fromOperation, type ActivityRow } from './activity-words.ts'

const PAGE = 30
const RELOAD_MAX = 200

export type ActivityFilter = 'all' | 'power' | 'details'
const powerRows = ['server.start', 'server.stop', 'server.reboot', 'server.power_off', 'server.reset'] as const

/**
 * What was done to one server, newest first: from the audit where one may read it, otherwise the operations, which
 * everybody who sees the server may see.
 */
export class Activity implements ResourceState<readonly ActivityRow[]> {
  readonly #serverId: string
  #filter: ActivityFilter = 'all'
  #rows = $state.raw<readonly ActivityRow[] | undefined>(undefined)
  #cursor = $state<string | null>(null)
  #error = $state.raw<ApiError | null>(null)
  #loading = $state(false)
  #updatedAt = $state<number | null>(null)
  #turn = 0

  constructor(serverId: string) {
    this.#serverId = serverId
  }

  get data(): readonly ActivityRow[] | undefined {
    return this.#rows
  }
  get error(): ApiError | null {
    return this.#error
  }
  get loading(): boolean {
    return this.#loading
  }
  get updatedAt(): number | null {
    return this.#updatedAt
  }
  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async show(filter: ActivityFilter): Promise<void> {
    this.#filter = filter
    await this.#read(PAGE, null)
  }
  async refresh(): Promise<void> {
    await this.#read(Math.min(Math.max(this.#rows?.length ?? 0, PAGE), RELOAD_MAX), null)
  }
  async more(): Promise<void> {
    if (this.#cursor !== null && !this.#loading) await this.#read(PAGE, this.#cursor)
  }
  cancel(): void {
    this.#turn += 1
  }

  async #read(limit: number, cursor: string | null): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.#loading = true
    try {
      const page = await this.#page({ limit, ...(cursor ? { cursor } : {}) })
      if (turn !== this.#turn) return
      this.#rows = cursor ? [...(this.#rows ?? []), ...page.rows] : page.rows
      this.#cursor = page.nextCursor
      this.#error = null
      this.#updatedAt = Date.now()
    } catch (error) {
      if (turn === this.#turn) this.#error = toApiError(error)
    } finally {
      if (turn === this.#turn) this.#loading = false
    }
  }

  async #page(paging: { limit: number; cursor?: string }): Promise<{ rows: ActivityRow[]; nextCursor: string | null }> {
    if (!session.can('audit:read')) {
      const query = { serverId: this.#serverId, ...paging }
      const page = await call(api.GET('/api/v1/operations', { params: { query } }))
      return { rows: page.items.map(fromOperation), nextCursor: page.nextCursor }
    }
    const action = this.#filter === 'power' ? [...powerRows] : this.#filter === 'details' ? (['server.annotate'] as const) : []
    const query = { targetType: 'server' as const, targetId: this.#serverId, ...paging, ...(action.length > 0 ? { action: [...action] } : {}) }
    const page = await call(api.GET('/api/v1/audit', { params: { query } }))
    return { rows: page.items.map(fromAudit), nextCursor: page.nextCursor }
  }
}

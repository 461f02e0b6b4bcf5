import { createContext } from 'svelte'
import { api, call, Resource } from '#lib/api/index.ts'
import { isOpen, type ProjectFacts } from '../power/allowed.ts'
import { withOperation } from '../list/merge.ts'
import type { Operation, ServerDetail } from '../types.ts'

const RECENT_MS = 24 * 3_600_000

/** An operation as the strip shows it, whether it was begun here or heard of. */
export interface ShownOperation {
  id: string
  /** As the record calls it: `server.reboot`. */
  action: string
  progress: number
  actorName: string
  startedAt: string
}

/** One open server: what it is, what is being done to it, and how the last thing ended. */
export class ServerPage {
  readonly id: string
  readonly server: Resource<ServerDetail>
  /** The last operation, open or ended. */
  readonly #last: Resource<Operation | null>
  #dismissed = $state<string | null>(null)

  constructor(id: string) {
    this.id = id
    const path = { serverId: id }
    this.server = new Resource((signal) => call(api.GET('/api/v1/servers/{serverId}', { params: { path }, signal })))
    this.#last = new Resource(async (signal) => {
      const query = { serverId: id, limit: 1 }
      const page = await call(api.GET('/api/v1/operations', { params: { query }, signal }))
      return page.items[0] ?? null
    })
    this.#dismissed = sessionStorage.getItem(dismissedKey(id))
  }

  readonly running = $derived.by((): ShownOperation | null => {
    const operation = this.server.data?.operation
    return operation && isOpen(operation) ? operation : null
  })

  /** How the last operation ended, where a person should know and has not waved it away. */
  readonly outcome = $derived.by((): Operation | null => {
    const last = this.#last.data
    if (!last || this.running || last.id === this.#dismissed) return null
    if (last.status !== 'failed' && last.status !== 'unknown') return null
    return Date.now() - Date.parse(last.finishedAt ?? last.startedAt) < RECENT_MS ? last : null
  })

  readonly project = $derived.by((): ProjectFacts | null => {
    const server = this.server.data
    return server ? { paused: server.accountPaused, access: server.accountAccess, state: server.accountState } : null
  })

  async refresh(): Promise<void> {
    await Promise.all([this.server.refresh(), this.#last.refresh()])
  }

  note(operation: Parameters<typeof withOperation>[1]): void {
    if (operation.serverId !== this.id || !this.server.data) return
    this.server.set(withOperation(this.server.data, operation))
  }

  dismiss(operation: Operation): void {
    this.#dismissed = operation.id
    sessionStorage.setItem(dismissedKey(this.id), operation.id)
  }

  cancel(): void {
    this.server.cancel()
    this.#last.cancel()
  }
}

const dismissedKey = (id: string) => `wn-outcome-${id}`

/** The open server, for the tabs under its frame. */
export const [useServerPage, provideServerPage] = createContext<ServerPage>()

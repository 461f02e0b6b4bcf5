import { SvelteSet } from 'svelte/reactivity'
import { api, call } from '#lib/api/index.ts'
import { reasonAgainst, type ProjectFacts } from '../power/allowed.ts'
import { power } from '../power/power.svelte.ts'
import type { BulkPowerItem, PowerAction, Server } from '../types.ts'
import { sendInParts, type Chosen } from './send-in-parts.ts'

/** The most servers one can act on at once. */
export const bulkMax = 100

/** Several servers at once: what is chosen, what all of them allow, and what came of it. */
export class Bulk {
  readonly selection = new SvelteSet<string>()
  /** What is being asked about. */
  action = $state<PowerAction | null>(null)
  asking = $state(false)
  results = $state.raw<{ action: PowerAction; items: BulkPowerItem[] } | null>(null)
  showing = $state(false)
  retrying = $state(false)
  /** How far the calls of a running action are; null while none is. */
  progress = $state.raw<{ done: number; total: number } | null>(null)

  chosen(rows: readonly Server[]): Server[] {
    return rows.filter((row) => this.selection.has(row.id))
  }

  /** Only what all of the chosen allow. @returns why not, or undefined */
  reason(
    action: PowerAction,
    chosen: readonly Server[],
    projectOf: (id: string) => ProjectFacts | null,
  ): string | undefined {
    for (const server of chosen) {
      const reason = reasonAgainst(action, server, projectOf(server.account.id))
      if (reason) return chosen.length === 1 ? reason : `${server.displayName ?? server.name}: ${reason}`
    }
    return undefined
  }

  ask(action: PowerAction): void {
    this.action = action
    this.asking = true
  }

  /** @throws ApiError when none of it was tried */
  async run(action: PowerAction, chosen: readonly Chosen[]): Promise<void> {
    const total = chosen.length
    this.progress = { done: 0, total }
    const sent = await sendInParts(
      chosen,
      async (serverIds) => {
        const confirm = String(serverIds.length)
        const { items } = await call(api.POST('/api/v1/servers/actions', { body: { serverIds, action, confirm } }))
        for (const item of items) if (item.operation) power.accepted(item.operation)
        return items
      },
      (done) => (this.progress = { done, total }),
    ).finally(() => (this.progress = null))
    const before = this.results?.items.filter((item) => item.ok) ?? []
    const items = this.retrying ? [...sent, ...before] : sent
    // Failures first: they are what is left to do.
    this.results = { action, items: items.toSorted((a, b) => Number(a.ok) - Number(b.ok)) }
    this.showing = true
    this.selection.clear()
  }

  /** Only those that failed, and what came through the first time stays in the list. */
  async retry(): Promise<void> {
    if (!this.results || this.retrying) return
    const failed = this.results.items.filter((item) => !item.ok).map(({ serverId, name }) => ({ serverId, name }))
    this.retrying = true
    try {
      await this.run(this.results.action, failed)
    } finally {
      this.retrying = false
    }
  }
}

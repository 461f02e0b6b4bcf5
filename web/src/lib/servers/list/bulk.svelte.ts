import { SvelteSet } from 'svelte/reactivity'
import { api, call } from '#lib/api/index.ts'
import { reasonAgainst, type ProjectFacts } from '../power/allowed.ts'
import { power } from '../power/power.svelte.ts'
import type { BulkPowerItem, PowerAction, Server } from '../types.ts'

/** The most servers one call may act on. */
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
  async run(action: PowerAction, serverIds: string[]): Promise<void> {
    const answer = await call(
      api.POST('/api/v1/servers/actions', { body: { serverIds, action, confirm: String(serverIds.length) } }),
    )
    for (const item of answer.items) if (item.operation) power.accepted(item.operation)
    const before = this.results?.items.filter((item) => item.ok) ?? []
    const items = this.retrying ? [...answer.items, ...before] : answer.items
    // Failures first: they are what is left to do.
    this.results = { action, items: items.toSorted((a, b) => Number(a.ok) - Number(b.ok)) }
    this.showing = true
    this.selection.clear()
  }

  /** Only those that failed, and what came through the first time stays in the list. */
  async retry(): Promise<void> {
    if (!this.results || this.retrying) return
    const failed = this.results.items.filter((item) => !item.ok).map((item) => item.serverId)
    this.retrying = true
    try {
      await this.run(this.results.action, failed)
    } finally {
      this.retrying = false
    }
  }
}

import { faceOf, type Account } from '#lib/accounts/account-state.ts'
import { api, call, Resource } from '#lib/api/index.ts'
import { m } from '#lib/paraglide/messages.js'
import { session } from '#lib/session/session.svelte.ts'
import { toastError, toastInfo, toastOk } from '#lib/ui/toast.ts'

const SETTLE_MS = 800

/** What stands around the list: counts, values to filter by, the projects and how fresh they are. */
export class FleetFacts {
  readonly summary = new Resource((signal) => call(api.GET('/api/v1/servers/summary', { signal })))
  readonly #accounts = new Resource((signal) => call(api.GET('/api/v1/accounts', { signal })))
  #asked = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** The projects; undefined until read, and for who may not see them. */
  get accounts(): readonly Account[] | undefined {
    return this.#accounts.data?.items
  }
  account(id: string): Account | null {
    return this.accounts?.find((account) => account.id === id) ?? null
  }
  /** Projects whose state is worth a line, the gravest first. */
  readonly troubled = $derived(
    (this.accounts ?? []).filter((account) => faceOf(account).text !== null).toSorted((a, b) => weight(b) - weight(a)),
  )
  readonly reading = $derived((this.accounts ?? []).filter((account) => account.syncing && !account.paused))
  /** A read that was asked for here, or by anybody. */
  readonly syncing = $derived(this.#asked || this.reading.length > 0)

  async refresh(): Promise<void> {
    await Promise.all([this.summary.refresh(), session.can('accounts:read') ? this.#accounts.refresh() : undefined])
  }

  /** Soon, and once for however many changes come in the meantime. */
  refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.refresh()
    }, SETTLE_MS)
  }

  /** Reads every project again, or one. Says what came of it; a project with trouble says it by its own banner. */
  async sync(accountId?: string): Promise<void> {
    if (this.#asked) return
    this.#asked = true
    try {
      const reports = accountId
        ? [await call(api.POST('/api/v1/accounts/{accountId}/sync', { params: { path: { accountId } } }))]
        : (await call(api.POST('/api/v1/sync'))).items
      const good = reports.filter((report) => report.result === 'complete')
      const changes = good.reduce((sum, report) => sum + report.changed + report.deleted, 0)
      if (reports.some((report) => report.result === 'failed' || report.result === 'partial')) {
        toastInfo(m.servers_synced_in_part(), m.servers_synced_in_part_text())
      } else if (good.length > 0) {
        toastOk(changes > 0 ? m.servers_synced_changes({ count: changes }) : m.servers_synced_same())
      }
    } catch (error) {
      toastError(error)
    } finally {
      this.#asked = false
      await this.refresh()
    }
  }

  async resume(accountId: string): Promise<void> {
    try {
      await call(api.POST('/api/v1/accounts/{accountId}/resume', { params: { path: { accountId } } }))
    } catch (error) {
      toastError(error)
    }
    await this.refresh()
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.summary.cancel()
    this.#accounts.cancel()
  }
}

const tones = { bad: 3, busy: 2, off: 1, ok: 0, unknown: 0, outside: 0 }
const weight = (account: Account): number => tones[faceOf(account).tone]

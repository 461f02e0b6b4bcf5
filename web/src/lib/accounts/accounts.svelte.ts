import { SvelteSet } from 'svelte/reactivity'
import { api, call, Resource } from '#lib/api/index.ts'
import { m } from '#lib/paraglide/messages.js'
import { toastError, toastOk } from '#lib/ui/toast.ts'
import type { Account } from './account-state.ts'

/** The connected projects and what can be done to them. */
export class Accounts {
  readonly list = new Resource((signal) => call(api.GET('/api/v1/accounts', { signal })))
  /** Projects with a read under way that was asked for here. */
  readonly syncing = new SvelteSet<string>()

  async sync(account: Account): Promise<void> {
    this.syncing.add(account.id)
    try {
      const report = await call(api.POST('/api/v1/accounts/{accountId}/sync', at(account)))
      if (report.result === 'complete') toastOk(m.accounts_synced({ name: account.name, count: report.servers }))
    } catch (error) {
      toastError(error)
    } finally {
      this.syncing.delete(account.id)
      await this.list.refresh()
    }
  }

  async setPaused(account: Account, paused: boolean): Promise<void> {
    try {
      if (paused) await call(api.POST('/api/v1/accounts/{accountId}/pause', at(account)))
      else await call(api.POST('/api/v1/accounts/{accountId}/resume', at(account)))
    } catch (error) {
      toastError(error)
    }
    await this.list.refresh()
  }

  /** @throws ApiError, for the dialog that asked */
  async rename(account: Account, name: string): Promise<void> {
    await call(api.PATCH('/api/v1/accounts/{accountId}', { ...at(account), body: { name } }))
    await this.list.refresh()
  }

  /** @throws ApiError */
  async replaceToken(account: Account, token: string): Promise<void> {
    await call(api.PUT('/api/v1/accounts/{accountId}/token', { ...at(account), body: { token } }))
    await this.list.refresh()
    void this.sync(account)
  }

  /** @throws ApiError */
  async remove(account: Account): Promise<void> {
    await call(api.DELETE('/api/v1/accounts/{accountId}', at(account)))
    toastOk(m.accounts_removed({ name: account.name }))
    await this.list.refresh()
  }
}

const at = (account: Account) => ({ params: { path: { accountId: account.id } } })

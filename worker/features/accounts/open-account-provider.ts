import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { toAppError as fromProviderError } from '../../provider/app-error.ts'
import { ProviderError, type Priority, type Provider } from '../../provider/provider.ts'
import { findAccountOrThrow, type AccountRow } from './account.store.ts'
import { noteProviderOutcome } from './note-provider-outcome.ts'
import { openToken } from './token.ts'

/**
 * The provider of a project, ready for calls. Every failure arrives as an AppError (`provider_*`, or `outcome_unknown`
 * for a write that may have been carried out) whose `cause` is the ProviderError; what it says about the project is
 * noted in the account's state, and a success ends such a state.
 * @throws AppError `not_found` (also removed), `account_paused`, `misconfigured` (token cannot be opened)
 */
export async function openAccountProvider(ctx: Ctx, accountId: string, priority: Priority): Promise<Provider> {
  const account = await findAccountOrThrow(ctx, accountId)
  if (account.pausedAt !== null) throw new AppError('account_paused')
  return watched(ctx, account, await openProviderOf(ctx, account, priority))
}

/** The bare provider of an account whose row is at hand: for sync, which judges the pass as a whole. */
export async function openProviderOf(ctx: Ctx, account: AccountRow, priority: Priority): Promise<Provider> {
  const token = await openToken(ctx, account)
  return ctx.providers.open(account.provider, { accountId: account.id, token, priority, requestId: ctx.requestId })
}

function watched(ctx: Ctx, account: AccountRow, provider: Provider): Provider {
  let fine = false
  const watch =
    <A extends unknown[], T>(call: (...input: A) => Promise<T>) =>
    async (...input: A): Promise<T> => {
      try {
        const value = await call(...input)
        if (!fine) await noteProviderOutcome(ctx, account, 'ok')
        fine = true
        return value
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        fine = false
        await noteProviderOutcome(ctx, account, error.kind)
        throw fromProviderError(error)
      }
    }
  return {
    checkToken: watch(() => provider.checkToken()),
    probeAccess: watch(() => provider.probeAccess()),
    listServers: watch((page) => provider.listServers(page)),
    getServer: watch((providerId) => provider.getServer(providerId)),
    power: watch((providerId, action) => provider.power(providerId, action)),
    getActions: watch((ids) => provider.getActions(ids)),
    listServerActions: watch((providerId, limit) => provider.listServerActions(providerId, limit)),
    listRecentActions: watch((kind, limit) => provider.listRecentActions(kind, limit)),
    nameOf: watch((kind, id) => provider.nameOf(kind, id)),
    listBackups: watch((limit) => provider.listBackups(limit)),
    getMetrics: watch((...input) => provider.getMetrics(...input)),
    getPrices: watch(() => provider.getPrices()),
  }
}

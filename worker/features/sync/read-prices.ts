import type { Ctx } from '../../context.ts'
import { iso } from '../../kernel/clock.ts'
import { ProviderError, type Provider } from '../../provider/provider.ts'
import { savePrices, type LeasedAccount } from './pass.store.ts'
import { shouldReadPrices } from './rules.ts'

/**
 * The provider's price list, once a day (P6). A list that cannot be read now is read later and spoils no pass.
 * @returns the currency as far as it is known
 */
export async function readPrices(ctx: Ctx, account: LeasedAccount, provider: Provider) {
  const now = ctx.clock.now()
  const today = iso(now).slice(0, 10)
  if (!shouldReadPrices(account.latestPriceDay, today, account.lastSyncAt, now)) {
    return { currency: account.currency, requests: 0 }
  }
  try {
    const prices = await provider.getPrices()
    await savePrices(ctx, account.id, today, prices)
    return { currency: prices.currency, requests: 1 }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { currency: account.currency, requests: 1 }
  }
}

import type { Ctx } from '../../context.ts'
import { selectPrices } from './price.store.ts'
import { toAmounts } from './report.ts'
import { costOf, type BilledServer } from './rules.ts'

type Subject = Omit<BilledServer, 'hasIpv4' | 'createdAt'> & {
  accountId: string
  ipv4: string | null
  providerCreatedAt: number
}

/** What one server costs at list prices. The caller has checked `costs:read`. */
export async function briefServerCost(ctx: Ctx, server: Subject) {
  const prices = (await selectPrices(ctx.db, server.accountId)).get(server.accountId) ?? null
  const facts = { ...server, hasIpv4: server.ipv4 !== null, createdAt: server.providerCreatedAt }
  const { unknownParts: _unknownParts, ...amounts } = toAmounts(costOf(facts, prices, ctx.clock.now()))
  return { ...amounts, listPrice: true as const }
}

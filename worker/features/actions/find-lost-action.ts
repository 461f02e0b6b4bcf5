import type { Ctx } from '../../context.ts'
import type { Provider, ProviderAction } from '../../provider/provider.ts'
import { adoptAction, selectKnownActions, type OperationRow } from './operations.store.ts'
import { findCausedBy } from './rules.ts'

/** The newest of a server; more than that cannot have begun since. */
const lookBack = 25

/**
 * What became of a request whose answer was lost, or whose sender died: the provider's own list says. A match is tied
 * to the operation, so that no second one can claim it. Nothing is ever sent again.
 */
export async function findLostAction(ctx: Ctx, provider: Provider, row: OperationRow): Promise<ProviderAction | null> {
  if (row.serverProviderId === null) return null
  const candidates = await provider.listServerActions(row.serverProviderId, lookBack)
  const ids = candidates.map((candidate) => candidate.providerActionId)
  const taken = await selectKnownActions(ctx.db, row.accountId, ids)
  const match = findCausedBy(row, candidates, taken)
  if (!match) return null
  const adopted = await adoptAction(ctx.db, row, match.providerActionId)
  if (adopted) ctx.log.info('operation.found', { operationId: row.id, providerActionId: match.providerActionId })
  return adopted ? match : null
}

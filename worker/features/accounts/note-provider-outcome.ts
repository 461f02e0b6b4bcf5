import type { Ctx } from '../../context.ts'
import { describeError } from '../../kernel/log.ts'
import type { ProviderErrorKind } from '../../provider/provider.ts'
import { writeOutcome, type AccountRow } from './account.store.ts'
import { disprovedBySuccess, stateAfter } from './rules.ts'

/**
 * Keeps the account's state true to what calls meet (P7.2): a failure that concerns the whole project is noted, a
 * success ends such a state. Writes only news, and never fails the call it notes.
 */
export async function noteProviderOutcome(
  ctx: Ctx,
  used: AccountRow,
  outcome: 'ok' | ProviderErrorKind,
): Promise<void> {
  try {
    if (await noteOutcome(ctx, used, outcome)) ctx.live.publish({ type: 'account.changed', accountId: used.id })
  } catch (error) {
    ctx.log.error('account.note_failed', { accountId: used.id, outcome, error: describeError(error) })
  }
}

async function noteOutcome(ctx: Ctx, used: AccountRow, outcome: 'ok' | ProviderErrorKind): Promise<boolean> {
  const stateSince = ctx.clock.now()
  if (outcome === 'ok') {
    if (!disprovedBySuccess.includes(used.state)) return false
    const state = used.lastSyncAt === null ? 'pending' : 'ok'
    return writeOutcome(ctx, used, { state, stateDetail: null, stateSince }, disprovedBySuccess)
  }
  if (outcome === 'token_read_only') return writeOutcome(ctx, used, { access: 'read_only' })
  const state = stateAfter(outcome)
  return state ? writeOutcome(ctx, used, { state, stateDetail: outcome, stateSince }) : false
}

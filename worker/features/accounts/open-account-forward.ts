import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { toAppError as fromProviderError } from '../../provider/app-error.ts'
import { ProviderError, type Forward, type Priority } from '../../provider/provider.ts'
import { findAccountOrThrow } from './account.store.ts'
import { noteProviderOutcome } from './note-provider-outcome.ts'
import { openToken } from './token.ts'

/**
 * The provider's own API with the project's token, for the gateway. What an answer says about the project is noted in
 * the account's state, as every other call's is.
 * @throws AppError `not_found` (also removed), `account_paused`, `misconfigured`; the forward itself: `provider_*`
 */
export async function openAccountForward(ctx: Ctx, accountId: string, priority: Priority): Promise<Forward> {
  const account = await findAccountOrThrow(ctx, accountId)
  if (account.pausedAt !== null) throw new AppError('account_paused')
  const token = await openToken(ctx, account)
  const forward = ctx.providers.openForward(account.provider, { accountId, token, priority, requestId: ctx.requestId })
  return async (request) => {
    try {
      const answer = await forward(request)
      if (answer.status === 401) await noteProviderOutcome(ctx, account, 'token_rejected')
      else if (answer.status < 400) await noteProviderOutcome(ctx, account, 'ok')
      return answer
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      await noteProviderOutcome(ctx, account, error.kind)
      throw fromProviderError(error)
    }
  }
}

import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { findListedAccountOrThrow } from './account.store.ts'
import type { Account } from './schemas.ts'
import { toAccount } from './view.ts'

/** @throws AppError `not_found` also for a removed project. */
export async function getAccount(ctx: Ctx, accountId: string): Promise<Account> {
  authorize(ctx.actor, 'accounts:read')
  return toAccount(ctx, await findListedAccountOrThrow(ctx, accountId))
}

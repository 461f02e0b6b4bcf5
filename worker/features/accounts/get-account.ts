import type { Ctx } from '../../context.ts'
import { authorize, explain } from '../../kernel/authorize.ts'
import { notFound } from '../../kernel/errors.ts'
import { findListedAccountOrThrow } from './account.store.ts'
import type { Account } from './schemas.ts'
import { toAccount } from './view.ts'

/** @throws AppError `not_found` also for a removed project. */
export async function getAccount(ctx: Ctx, accountId: string): Promise<Account> {
  authorize(ctx.actor, 'accounts:read')
  if (!explain(ctx.actor, 'accounts:read', { accountId }).allowed) throw notFound('Project')
  return toAccount(ctx, await findListedAccountOrThrow(ctx, accountId))
}

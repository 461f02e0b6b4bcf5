import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { findAccounts } from './account.store.ts'
import type { Account } from './schemas.ts'
import { toAccount } from './view.ts'

/** Connected projects, by name. There are few: the list is not paged. */
export async function listAccounts(ctx: Ctx): Promise<{ items: Account[] }> {
  authorize(ctx.actor, 'accounts:read')
  return { items: (await findAccounts(ctx)).map((row) => toAccount(ctx, row)) }
}

import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { covers, reachOf } from '../../kernel/reach.ts'
import { findAccounts } from './account.store.ts'
import type { Account } from './schemas.ts'
import { toAccount } from './view.ts'

/** Connected projects, by name. There are few: the list is not paged. */
export async function listAccounts(ctx: Ctx): Promise<{ items: Account[] }> {
  authorize(ctx.actor, 'accounts:read')
  const reach = reachOf(ctx.actor, 'accounts:read')
  const rows = (await findAccounts(ctx)).filter(({ id }) => covers(reach, { accountId: id }))
  return { items: rows.map((row) => toAccount(ctx, row)) }
}

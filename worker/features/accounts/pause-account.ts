import type { Ctx } from '../../context.ts'
import { expectChanged } from '../../db/index.ts'
import { mutate } from '../../kernel/mutate.ts'
import { findAccountOrThrow, pauseStatement } from './account.store.ts'
import { getAccount } from './get-account.ts'
import type { Account } from './schemas.ts'

/**
 * No more requests to the provider for this project until it is resumed: neither sync nor actions.
 * @throws AppError `conflict` when it is paused already
 */
export async function pauseAccount(ctx: Ctx, accountId: string): Promise<Account> {
  const account = await findAccountOrThrow(ctx, accountId)
  await mutate(ctx, {
    action: 'account.pause',
    permission: 'accounts:manage',
    target: { type: 'account', id: account.id, name: account.name },
    async run(op) {
      const pause = pauseStatement(ctx.db, accountId, ctx.clock.now())
      await op.commit([pause, expectChanged(ctx.db)], { before: { paused: false }, after: { paused: true } })
      op.publish({ type: 'account.changed', accountId })
    },
  })
  return getAccount(ctx, accountId)
}

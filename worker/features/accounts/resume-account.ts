import type { Ctx } from '../../context.ts'
import { expectChanged } from '../../db/index.ts'
import { mutate } from '../../kernel/mutate.ts'
import { findAccountOrThrow, resumeStatement } from './account.store.ts'
import { getAccount } from './get-account.ts'
import type { Account } from './schemas.ts'

/**
 * Ends a pause; the next sync is due at once.
 * @throws AppError `conflict` when it is not paused
 */
export async function resumeAccount(ctx: Ctx, accountId: string): Promise<Account> {
  const account = await findAccountOrThrow(ctx, accountId)
  await mutate(ctx, {
    action: 'account.resume',
    permission: 'accounts:manage',
    target: { type: 'account', id: account.id, name: account.name },
    async run(op) {
      const resume = resumeStatement(ctx.db, accountId, ctx.clock.now())
      await op.commit([resume, expectChanged(ctx.db)], { before: { paused: true }, after: { paused: false } })
      op.publish({ type: 'account.changed', accountId })
    },
  })
  return getAccount(ctx, accountId)
}

import type { Ctx } from '../../context.ts'
import { expectChanged } from '../../db/index.ts'
import { mutate } from '../../kernel/mutate.ts'
import { findAccountOrThrow, updateAccount } from './account.store.ts'
import { getAccount } from './get-account.ts'
import { renameAccountInput, type Account, type RenameAccountInput } from './schemas.ts'

/** Changes our name for the project; the provider is not told. */
export async function renameAccount(ctx: Ctx, accountId: string, input: RenameAccountInput): Promise<Account> {
  const { name } = renameAccountInput.parse(input)
  const account = await findAccountOrThrow(ctx, accountId)
  await mutate(ctx, {
    action: 'account.rename',
    permission: 'accounts:manage',
    target: { type: 'account', id: account.id, name: account.name },
    async run(op) {
      const rename = updateAccount(ctx.db, accountId, { name, updatedAt: ctx.clock.now() })
      await op.commit([rename, expectChanged(ctx.db)], { before: { name: account.name }, after: { name } })
      op.publish({ type: 'account.changed', accountId })
    },
  })
  return getAccount(ctx, accountId)
}

import type { Ctx } from '../../context.ts'
import { isUniqueViolation } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { mutate } from '../../kernel/mutate.ts'
import { insertAccount } from './account.store.ts'
import { alreadyConnected, checkNewToken } from './check-token.ts'
import { getAccount } from './get-account.ts'
import { defaultSyncIntervalMs } from './rules.ts'
import { addAccountInput, type Account, type AddAccountInput } from './schemas.ts'
import { sealToken } from './token.ts'

/**
 * Connects a provider project (P1.3). The token is checked with the provider before it is stored, and stored sealed;
 * the first sync is due at once.
 * @throws AppError `already_exists`, `new_token_rejected`, `invalid_input`, or why the provider could not be asked
 */
export async function addAccount(ctx: Ctx, input: AddAccountInput): Promise<Account> {
  const { provider, name, token } = addAccountInput.parse(input)
  const id = newId('acc', ctx.clock.now())
  await mutate(ctx, {
    action: 'account.add',
    permission: 'accounts:manage',
    target: { type: 'account', id, name },
    async run(op) {
      assertKnownProvider(ctx, provider)
      const { columns } = await checkNewToken(ctx, provider, token)
      const now = ctx.clock.now()
      const row = {
        id,
        name,
        provider,
        ...columns,
        ...(await sealToken(ctx, id, token)),
        state: 'pending' as const,
        stateSince: now,
        createdAt: now,
        updatedAt: now,
        syncIntervalMs: defaultSyncIntervalMs,
        nextSyncAt: now,
      }
      const after = { name, provider, access: columns.access, tokenHint: columns.tokenHint }
      try {
        await op.commit([insertAccount(ctx.db, row)], { after })
      } catch (error) {
        throw isUniqueViolation(error, 'accounts.token_fingerprint') ? alreadyConnected() : error
      }
      op.publish({ type: 'account.changed', accountId: id })
    },
  })
  return getAccount(ctx, id)
}

function assertKnownProvider(ctx: Ctx, provider: string): void {
  if (ctx.providers.known().some(({ id }) => id === provider)) return
  throw new AppError('invalid_input', { fields: [{ path: 'provider', message: 'Not a provider we know.' }] })
}

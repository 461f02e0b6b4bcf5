import type { Ctx } from '../../context.ts'
import { expectChanged } from '../../db/index.ts'
import { explain } from '../../kernel/authorize.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified } from '../identity/index.ts'
import { endServersOf, findListedAccountOrThrow, updateAccount } from './account.store.ts'

/** Every trace of the secret; a pass under way loses its lease. */
const wiped = {
  tokenCiphertext: '',
  tokenSalt: '',
  tokenIv: '',
  tokenKeyVersion: 0,
  tokenHint: '',
  tokenFingerprint: '',
  leaseHolder: null,
  leaseUntil: 0,
}

/**
 * Disconnects a project: its token is wiped, its servers leave the list, its history stays (P1.3). Nothing happens at
 * the provider.
 * @throws AppError `not_found`, `step_up_required`
 */
export async function removeAccount(ctx: Ctx, accountId: string): Promise<void> {
  const account = await findListedAccountOrThrow(ctx, accountId)
  const target = { type: 'account', id: account.id, name: account.name } as const
  // Whoever may not do it at all is refused on the record, not asked for a passkey.
  if (explain(ctx.actor, 'accounts:manage').allowed) assertRecentlyVerified(ctx, { action: 'account.remove', target })
  await mutate(ctx, {
    action: 'account.remove',
    permission: 'accounts:manage',
    target,
    async run(op) {
      const now = ctx.clock.now()
      const remove = updateAccount(ctx.db, accountId, { ...wiped, removedAt: now, updatedAt: now })
      await op.commit([remove, expectChanged(ctx.db), endServersOf(ctx.db, accountId, now)], {
        before: { name: account.name, provider: account.provider, servers: account.serverCount },
      })
      op.publish({ type: 'account.changed', accountId })
    },
  })
}

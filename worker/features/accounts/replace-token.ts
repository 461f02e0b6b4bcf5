import type { Ctx } from '../../context.ts'
import { expectChanged, isUniqueViolation } from '../../db/index.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { Provider } from '../../provider/provider.ts'
import { assertRecentlyVerified } from '../identity/index.ts'
import { findAccountOrThrow, findKnownServers, updateAccount } from './account.store.ts'
import { alreadyConnected, checkNewToken, refusalOf } from './check-token.ts'
import { getAccount } from './get-account.ts'
import { defaultSyncIntervalMs } from './rules.ts'
import { replaceTokenInput, type Account, type ReplaceTokenInput } from './schemas.ts'
import { sealToken } from './token.ts'

/**
 * Puts another token of the same project in the place of the present one, checked first: a refused one changes
 * nothing. The account is `ok` again and its next sync due at once.
 * @throws AppError `conflict` for a token of another project, `already_exists`, `new_token_rejected`, `step_up_required`
 */
export async function replaceToken(ctx: Ctx, accountId: string, input: ReplaceTokenInput): Promise<Account> {
  const { token } = replaceTokenInput.parse(input)
  const account = await findAccountOrThrow(ctx, accountId)
  const target = { type: 'account', id: account.id, name: account.name } as const
  // Whoever may not do it at all is refused on the record, not asked for a passkey.
  if (explain(ctx.actor, 'accounts:manage').allowed)
    assertRecentlyVerified(ctx, { action: 'account.replace_token', target })
  await mutate(ctx, {
    action: 'account.replace_token',
    permission: 'accounts:manage',
    target,
    async run(op) {
      const { columns, provider } = await checkNewToken(ctx, account.provider, token, accountId)
      await assertSameProject(ctx, accountId, provider)
      const now = ctx.clock.now()
      const replace = updateAccount(ctx.db, accountId, {
        ...columns,
        ...(await sealToken(ctx, accountId, token)),
        state: account.lastSyncAt === null ? 'pending' : 'ok',
        stateDetail: null,
        stateSince: now,
        updatedAt: now,
        syncIntervalMs: defaultSyncIntervalMs,
        nextSyncAt: now,
        unchangedPasses: 0,
        // A pass that still reads with the old token must not write its verdict over the new one.
        leaseHolder: null,
        leaseUntil: 0,
      })
      const before = { tokenHint: account.tokenHint, access: account.access, state: account.state }
      const after = { tokenHint: columns.tokenHint, access: columns.access, state: 'ok' }
      try {
        await op.commit([replace, expectChanged(ctx.db)], { before, after })
      } catch (error) {
        throw isUniqueViolation(error, 'accounts.token_fingerprint') ? alreadyConnected() : error
      }
      op.publish({ type: 'account.changed', accountId })
    },
  })
  return getAccount(ctx, accountId)
}

/**
 * A token of another project would make the next sync take every server for deleted. A project that lists servers, but
 * none that we have ever seen in this one, is another project.
 */
async function assertSameProject(ctx: Ctx, accountId: string, provider: Provider): Promise<void> {
  let listed: string[]
  try {
    listed = (await provider.listServers(1)).servers.map((server) => server.providerId)
  } catch (error) {
    throw refusalOf(error)
  }
  if (listed.length === 0) return
  const { anyShared, anyLiving } = await findKnownServers(ctx, accountId, listed)
  if (anyShared || !anyLiving) return
  throw new AppError('conflict', {
    message: 'This token belongs to another project.',
    hint: 'Connect that project on its own, or paste a token of this one.',
    fields: [{ path: 'token', message: 'Of another project.' }],
  })
}

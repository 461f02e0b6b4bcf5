import type { Ctx } from '../../context.ts'
import { newestKeyVersion } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import { resealAuthenticators, resealAuthenticatorStatement } from '../identity/index.ts'
import { countOutdatedTokens, findOutdatedTokens, resealStatement, type AccountRow } from './account.store.ts'
import type { ReencryptReport } from './schemas.ts'
import { openToken, sealToken } from './token.ts'

/** Few enough for one call's queries (50 on the smallest plan). */
const batchSize = 20

/**
 * Seals the next 20 tokens, then the secrets of authenticator apps, that an older master key seals under the newest one. Both keys stay configured until
 * `remaining` is 0, so nothing stops working in between. A call that seals none while some remain means that those
 * cannot be opened: their key version is missing.
 */
export async function reencryptTokens(ctx: Ctx): Promise<ReencryptReport> {
  const keyVersion = newestKeyVersion(ctx.config.masterKeys)
  return mutate(ctx, {
    action: 'account.reencrypt',
    permission: 'accounts:manage',
    target: { type: 'instance', id: 'instance', name: 'WebNova' },
    async run(op) {
      const outdated = await findOutdatedTokens(ctx, keyVersion, batchSize)
      const total = outdated.length < batchSize ? outdated.length : await countOutdatedTokens(ctx, keyVersion)
      const resealed = (await Promise.all(outdated.map((row) => reseal(ctx, row)))).filter((entry) => entry !== null)
      const apps = await resealAuthenticators(ctx, keyVersion, batchSize - outdated.length)
      const reencrypted = resealed.length + apps.resealed.length
      const report = { reencrypted, remaining: total + apps.total - reencrypted, keyVersion }
      // Built here: a statement that came out of a promise would run by itself, without its record.
      await op.commit(
        [
          ...resealed.map(({ row, sealed }) => resealStatement(ctx.db, row, sealed)),
          ...apps.resealed.map((entry) => resealAuthenticatorStatement(ctx, entry)),
        ],
        { after: report },
      )
      return report
    },
  })
}

async function reseal(ctx: Ctx, row: AccountRow) {
  try {
    return { row, sealed: await sealToken(ctx, row.id, await openToken(ctx, row)) }
  } catch (error) {
    const detail = error instanceof AppError ? error.detail : undefined
    ctx.log.error('account.token_unreadable', { accountId: row.id, keyVersion: row.tokenKeyVersion, detail })
    return null
  }
}

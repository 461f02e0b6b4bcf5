import type { Ctx } from '../../../context.ts'
import type { Statement } from '../../../db/index.ts'
import type { SealedSecret } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { openTotpSecret, sealTotpSecret } from './secret.ts'
import { countOutdatedSecrets, resealTotpSecret, selectOutdatedSecrets, type TotpRow } from './totp.store.ts'

export interface ResealedAuthenticator {
  row: TotpRow
  sealed: SealedSecret
}

/**
 * The secrets of authenticator apps that an older master key seals, sealed under the newest one, at most `limit` of
 * them; and how many there are. One that does not open is logged and left out.
 */
export async function resealAuthenticators(
  ctx: Ctx,
  keyVersion: number,
  limit: number,
): Promise<{ resealed: ResealedAuthenticator[]; total: number }> {
  const [outdated, total] = await Promise.all([
    selectOutdatedSecrets(ctx.db, keyVersion, limit),
    countOutdatedSecrets(ctx.db, keyVersion),
  ])
  const resealed = (await Promise.all(outdated.map((row) => reseal(ctx, row)))).filter((entry) => entry !== null)
  return { resealed, total }
}

/** To be committed with its record. */
export const resealAuthenticatorStatement = (ctx: Ctx, { row, sealed }: ResealedAuthenticator): Statement =>
  resealTotpSecret(ctx.db, row, sealed)

async function reseal(ctx: Ctx, row: TotpRow): Promise<ResealedAuthenticator | null> {
  try {
    return { row, sealed: await sealTotpSecret(ctx, row.id, await openTotpSecret(ctx, row)) }
  } catch (error) {
    const detail = error instanceof AppError ? error.detail : undefined
    ctx.log.error('totp.secret_unreadable', { totpId: row.id, keyVersion: row.keyVersion, detail })
    return null
  }
}

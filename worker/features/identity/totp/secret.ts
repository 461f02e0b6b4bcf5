import type { Ctx } from '../../../context.ts'
import { openSecret, sealSecret, type SealedSecret } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { describeError } from '../../../kernel/log.ts'
import type { TotpRow } from './totp.store.ts'

/** Binds a ciphertext to its row: copied to another person's, it does not open. */
const purposeOf = (id: string) => `totp:${id}`

export const sealTotpSecret = (ctx: Pick<Ctx, 'config'>, id: string, secret: string): Promise<SealedSecret> =>
  sealSecret(ctx.config.masterKeys, purposeOf(id), secret)

/** @throws AppError `misconfigured` when its key version is not configured, or the stored form was altered or moved. */
export async function openTotpSecret(ctx: Pick<Ctx, 'config'>, row: TotpRow): Promise<string> {
  try {
    return await openSecret(ctx.config.masterKeys, purposeOf(row.id), row)
  } catch (error) {
    throw new AppError('misconfigured', {
      message: 'The stored secret of this authenticator cannot be opened.',
      hint: 'Restore the master key it was sealed with, or set the authenticator up again.',
      detail: `totp ${row.id}, key version ${row.keyVersion}: ${describeError(error)}`,
      cause: error,
    })
  }
}

import type { Ctx } from '../../context.ts'
import { openSecret, sealSecret } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import type { AccountRow } from './account.store.ts'

/** The stored form of a token (P1.3). */
export type SealedColumns = Pick<AccountRow, 'tokenCiphertext' | 'tokenSalt' | 'tokenIv' | 'tokenKeyVersion'>

/** Binds a ciphertext to its row: copied into another one, it does not open. */
const purposeOf = (accountId: string) => `account:${accountId}`

/** Under the newest master key. */
export async function sealToken(ctx: Ctx, accountId: string, token: string): Promise<SealedColumns> {
  const sealed = await sealSecret(ctx.config.masterKeys, purposeOf(accountId), token)
  return {
    tokenCiphertext: sealed.ciphertext,
    tokenSalt: sealed.salt,
    tokenIv: sealed.iv,
    tokenKeyVersion: sealed.keyVersion,
  }
}

/** @throws AppError `misconfigured` when its key version is not configured, or the stored form was altered or moved. */
export async function openToken(ctx: Ctx, row: Pick<AccountRow, 'id' | keyof SealedColumns>): Promise<string> {
  try {
    return await openSecret(ctx.config.masterKeys, purposeOf(row.id), {
      ciphertext: row.tokenCiphertext,
      salt: row.tokenSalt,
      iv: row.tokenIv,
      keyVersion: row.tokenKeyVersion,
    })
  } catch (error) {
    throw new AppError('misconfigured', {
      message: 'The stored token of this project cannot be opened.',
      hint: 'Restore the master key it was sealed with, or replace the token.',
      detail: `account ${row.id}, key version ${row.tokenKeyVersion}: ${describeError(error)}`,
      cause: error,
    })
  }
}

/** All that is ever shown of a token. */
export const tokenHint = (token: string): string => `****${token.slice(-4)}`

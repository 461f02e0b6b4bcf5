import type { Ctx } from '../../../context.ts'
import { equalConstantTime } from '../../../kernel/crypto.ts'
import { hashRecoveryCode } from '../recovery/codes.ts'
import { createTotpSecret, findTotpStep } from '../totp/code.ts'
import { openTotpSecret } from '../totp/secret.ts'
import type { TotpRow } from '../totp/totp.store.ts'
import type { PasswordCandidate } from './passwords.store.ts'

export type SecondFactor = { kind: 'totp'; row: TotpRow; step: number } | { kind: 'recovery_code'; hash: string }

/**
 * What this code is worth, or null. Looked at whether or not the password was right, so that the time of the answer does
 * not say which of the two was wrong. @throws AppError `misconfigured`, to nobody who has not got the password.
 */
export async function findSecondFactor(
  ctx: Ctx,
  found: PasswordCandidate | null,
  typed: string,
  isPasswordRight: boolean,
): Promise<SecondFactor | null> {
  const code = typed.replaceAll(/\s/g, '')
  return /^\d{6}$/.test(code) ? oneTimeCode(ctx, found, code, isPasswordRight) : recoveryCode(found, code)
}

async function oneTimeCode(ctx: Ctx, found: PasswordCandidate | null, code: string, isPasswordRight: boolean) {
  const row = found?.totp ?? null
  const secret =
    row &&
    (await openTotpSecret(ctx, row).catch((error: unknown) => {
      if (isPasswordRight) throw error
      return null
    }))
  const step = await findTotpStep(secret ?? createTotpSecret(), code, ctx.clock.now(), row?.lastStep ?? 0)
  return row && secret && step !== null ? { kind: 'totp' as const, row, step } : null
}

async function recoveryCode(found: PasswordCandidate | null, code: string) {
  const presented = await hashRecoveryCode(found?.user.id ?? '', code)
  const matches = (found?.recoveryHashes ?? []).filter((hash) => equalConstantTime(hash, presented))
  return matches.length > 0 ? { kind: 'recovery_code' as const, hash: presented } : null
}

import type { Ctx } from '../../context.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { toAppError as fromProviderError } from '../../provider/app-error.ts'
import { ProviderError, type Provider } from '../../provider/provider.ts'
import { findAccountByFingerprint, type AccountRow } from './account.store.ts'
import { tokenHint } from './token.ts'

export interface CheckedToken {
  columns: Pick<AccountRow, 'tokenHint' | 'tokenFingerprint' | 'access'>
  provider: Provider
}

/**
 * Asks the provider about a token before it is stored (P1.3), and whether it may write. `exceptId` is the account
 * whose token it may already be.
 * @throws AppError `already_exists` when another project has it, `new_token_rejected`, or what else the provider
 * answered
 */
export async function checkNewToken(
  ctx: Ctx,
  providerId: string,
  token: string,
  exceptId?: string,
): Promise<CheckedToken> {
  const tokenFingerprint = await sha256(token)
  const holder = await findAccountByFingerprint(ctx, tokenFingerprint)
  if (holder && holder.id !== exceptId) throw alreadyConnected(holder.name)
  const session = { accountId: exceptId ?? null, token, priority: 'person', requestId: ctx.requestId } as const
  const provider = ctx.providers.open(providerId, session)
  const access = await askProvider(provider)
  return { columns: { tokenHint: tokenHint(token), tokenFingerprint, access }, provider }
}

async function askProvider(provider: Provider): Promise<AccountRow['access']> {
  try {
    await provider.checkToken()
    return await provider.probeAccess()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** In the words of someone who has just pasted a token, not of someone whose old one died. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error
  const known = fromProviderError(error)
  if (error.kind !== 'token_rejected') return known
  return new AppError('new_token_rejected', {
    hint: 'Copy the whole token again, or create a new one at the provider.',
    detail: known.detail,
    fields: [{ path: 'token', message: 'Not accepted by the provider.' }],
    cause: error,
  })
}

export const alreadyConnected = (name?: string): AppError =>
  new AppError('already_exists', {
    message: name ? `This token is already connected as ${name}.` : 'This token is already connected.',
    hint: 'Each token can be connected once.',
  })

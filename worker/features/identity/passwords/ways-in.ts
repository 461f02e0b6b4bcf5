import type { Ctx } from '../../../context.ts'
import { iso, isoOrNull } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { selectSignInOf } from '../sign-in-policy/policy.store.ts'
import type { WaysIn } from './schemas.ts'

type SignInRow = NonNullable<Awaited<ReturnType<typeof selectSignInOf>>>

/** What one has set up beside passkeys, and whether it may be used. */
export const readWaysIn = async (ctx: Ctx): Promise<WaysIn> => toWaysIn(await getOwnSignInOrThrow(ctx))

export async function getOwnSignInOrThrow(ctx: Ctx): Promise<SignInRow> {
  const row = await selectSignInOf(ctx.db, getSessionActorOrThrow(ctx).id)
  if (!row) throw new AppError('session_expired')
  return row
}

/** @throws AppError `forbidden` where an owner has not allowed passwords for this person */
export function assertPasswordsAllowed(row: SignInRow): void {
  if (row.rule === 'allowed') return
  throw new AppError('forbidden', {
    message: 'Passwords are switched off for you.',
    hint: 'Ask an owner to allow them.',
  })
}

export const toWaysIn = (row: SignInRow): WaysIn => ({
  allowed: row.rule === 'allowed',
  password:
    row.passwordSetAt === null ? null : { setAt: iso(row.passwordSetAt), lastUsedAt: isoOrNull(row.passwordUsedAt) },
  authenticator:
    row.totpConfirmedAt === null
      ? null
      : { confirmedAt: iso(row.totpConfirmedAt), lastUsedAt: isoOrNull(row.totpUsedAt) },
  usable: row.rule === 'allowed' && row.passwordSetAt !== null && row.totpConfirmedAt !== null,
})

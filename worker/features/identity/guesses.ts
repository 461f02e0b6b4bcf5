import type { Ctx } from '../../context.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { addressKey, type Bucket } from '../../kernel/rate-limit.ts'
import { forgiveTries, takeTry, tooMany } from './refusal.ts'

/** By address, right or wrong (P1.4). */
const byAddress: Record<'recovery' | 'password', Bucket> = {
  /** Five at once, then one a minute: nobody needs more. */
  recovery: { capacity: 5, perSecond: 1 / 60 },
  /** An office behind one address that signs in on a Monday morning; each costs a password hash. */
  password: { capacity: 20, perSecond: 1 / 5 },
}

/**
 * The turn of one guess at what a person types, by address and by account; before anything is looked up or hashed, and
 * alike whether or not there is such a person. @throws `rate_limited`
 */
export async function takeGuess(ctx: Ctx, kind: keyof typeof byAddress, email: string): Promise<void> {
  const { allowed, retryAfterS } = await ctx.limits.take(`${kind}-ip:${addressKey(ctx.ip)}`, byAddress[kind])
  if (!allowed) throw tooMany(retryAfterS)
  await takeTry(ctx, 'secret', await sha256(email))
}

/** After a success. */
export const forgiveGuesses = async (ctx: Ctx, email: string): Promise<void> =>
  forgiveTries(ctx, 'secret', await sha256(email))

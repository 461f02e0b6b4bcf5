import type { Ctx } from '../../context.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { addressKey, type Bucket } from '../../kernel/rate-limit.ts'
import { tooMany } from './refusal.ts'

/** Five at once, then one a minute. */
const few: Bucket = { capacity: 5, perSecond: 1 / 60 }
/** An office behind one address that signs in on a Monday morning; each costs a password hash. */
const office: Bucket = { capacity: 20, perSecond: 1 / 5 }

const perAddress = { recovery: few, password: office }

/**
 * Guesses at what a person types, right or wrong, per address and per account; before anything is looked up or hashed,
 * and alike whether or not there is such a person (P1.4). @throws `rate_limited`
 */
export async function takeGuess(ctx: Ctx, kind: 'recovery' | 'password', email: string): Promise<void> {
  const states = await Promise.all([
    ctx.limits.take(`${kind}-ip:${addressKey(ctx.ip)}`, perAddress[kind]),
    ctx.limits.take(`${kind}-account:${await sha256(email)}`, few),
  ])
  const refused = states.filter((state) => !state.allowed)
  if (refused.length > 0) throw tooMany(Math.max(...refused.map((state) => state.retryAfterS)))
}

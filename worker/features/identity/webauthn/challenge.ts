import type { Ctx } from '../../../context.ts'
import { newId } from '../../../kernel/id.ts'
import { challengeLifetimeMs } from '../rules.ts'
import { insertChallenge, takeChallenge, type ChallengeRow } from './challenge.store.ts'
import type { Challenge } from './schemas.ts'

type Binding = Partial<Pick<ChallengeRow, 'userId' | 'linkId' | 'claimant'>>

/** Remembers what was asked, of whom and for what, for five minutes. */
export async function issueChallenge<T extends { challenge: string }>(
  ctx: Ctx,
  purpose: ChallengeRow['purpose'],
  options: T,
  binding: Binding = {},
): Promise<Challenge> {
  const now = ctx.clock.now()
  const id = newId('chl', now)
  const row = { id, purpose, challenge: options.challenge, expiresAt: now + challengeLifetimeMs, ...binding }
  await insertChallenge(ctx.db, row, now)
  return { challengeId: id, options: { ...options } }
}

/**
 * The challenge, used up by this very call, or null when it is unknown, answered before, late, or was made for
 * another purpose, user or link.
 */
export async function consumeChallenge(
  ctx: Ctx,
  id: string,
  purpose: ChallengeRow['purpose'],
  binding: { userId?: string; linkId?: string } = {},
): Promise<ChallengeRow | null> {
  const row = await takeChallenge(ctx.db, id, purpose)
  if (!row || row.expiresAt <= ctx.clock.now()) return null
  if (binding.userId !== undefined && row.userId !== binding.userId) return null
  if ((binding.linkId ?? null) !== row.linkId) return null
  return row
}

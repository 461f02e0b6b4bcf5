import type { Ctx } from '../../context.ts'
import { days, iso } from '../../kernel/clock.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified } from '../identity/index.ts'
import { insertKey, replaceKey } from './api-keys.store.ts'
import { assertRoom } from './create-key.ts'
import { findOwnKey, getOwnKey } from './get-key.ts'
import { makeKey } from './key-format.ts'
import { livingStates, stateOf, successorExpiry } from './rules.ts'
import type { MadeKey } from './schemas.ts'
import { keySnapshot, keyTarget } from './to-key.ts'
import { isOver } from './update-key.ts'

/**
 * A successor that may do the same, with an id and a secret of its own, shown this once; the old one works for
 * `overlapDays` more and then never again. Needs a fresh passkey proof.
 * @throws AppError `conflict` where it is over or was rotated before, `step_up_required`
 */
export async function rotateKey(ctx: Ctx, keyId: string, overlapDays: number): Promise<MadeKey> {
  const { key: old } = await findOwnKey(ctx, 'api_key.rotate', keyId)
  assertRecentlyVerified(ctx)
  const now = ctx.clock.now()
  await assertRoom(ctx, old.userId, now)
  const { id, secret, key } = makeKey()
  const { userId, name, permissions, scopes, ipAllowlist, stepUp, accountId, hourlyBudget } = old
  const row = {
    id,
    userId,
    name,
    permissions,
    scopes,
    ipAllowlist,
    stepUp,
    accountId,
    hourlyBudget,
    createdAt: now,
    hint: key.slice(-4),
    secretHash: await sha256(secret),
    expiresAt: successorExpiry(old, now),
  }
  const overlapUntil = now + days(overlapDays)
  await mutate(ctx, {
    action: 'api_key.rotate',
    permission: 'api-keys:use',
    target: keyTarget(old),
    run: (op) => {
      const state = stateOf(old, now)
      if (!livingStates.includes(state)) throw isOver()
      if (state === 'replacing') throw new AppError('conflict', { message: 'This key has a successor already.' })
      return op.commit([...replaceKey(ctx.db, old.id, id, overlapUntil), ...insertKey(ctx.db, row, now)], {
        before: { hint: old.hint },
        after: { ...keySnapshot(row), successor: id, overlapUntil: iso(overlapUntil) },
      })
    },
  })
  return { key: await getOwnKey(ctx, id), secret: key }
}

import type { Ctx } from '../../context.ts'
import type { SessionActor } from '../../kernel/actor.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../identity/index.ts'
import { countLivingKeys, insertKey } from './api-keys.store.ts'
import { checkWithinOwn } from './check-within-own.ts'
import { getOwnKey } from './get-key.ts'
import { makeKey } from './key-format.ts'
import { defaultLifetimeMs, keyLimit, maxLifetimeMs, stepUpProblem } from './rules.ts'
import type { CreateKeyInput, MadeKey } from './schemas.ts'
import { keySnapshot, keyTarget } from './to-key.ts'

/**
 * A key of one's own, no wider than oneself, shown this once. Needs `api-keys:use` and a fresh passkey proof.
 * @throws AppError `invalid_input` with the fields that reach too far, `conflict` at the limit, `step_up_required`
 */
export async function createKey(ctx: Ctx, input: CreateKeyInput): Promise<MadeKey> {
  await authorizeOnRecord(ctx, {
    action: 'api_key.create',
    permission: 'api-keys:use',
    target: keyTarget({ id: '', name: input.name }),
  })
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const now = ctx.clock.now()
  const expiresAt = expiryOf(actor, input.expiresAt, now)
  const fields = stepUpProblem(input.permissions, input.stepUp)
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
  await checkWithinOwn(ctx, actor, input)
  await assertRoom(ctx, actor.id, now)
  const { id, secret, key } = makeKey()
  const { name, scopes, ipAllowlist, stepUp, accountId, hourlyBudget } = input
  const permissions = [...new Set(input.permissions)].toSorted()
  const row = {
    id,
    userId: actor.id,
    name,
    hint: key.slice(-4),
    permissions,
    scopes,
    ipAllowlist,
    stepUp,
    accountId,
    hourlyBudget,
    expiresAt,
    secretHash: await sha256(secret),
    createdAt: now,
  }
  await mutate(ctx, {
    action: 'api_key.create',
    permission: 'api-keys:use',
    target: keyTarget(row),
    run: (op) => op.commit(insertKey(ctx.db, row, now), { after: keySnapshot(row) }),
  })
  return { key: await getOwnKey(ctx, id), secret: key }
}

/** The friendly refusal; the insert counts again (api-keys.store.ts). */
export async function assertRoom(ctx: Ctx, userId: string, now: number): Promise<void> {
  if ((await countLivingKeys(ctx.db, userId, now)) < keyLimit) return
  throw new AppError('conflict', { message: `You have ${keyLimit} keys.`, hint: 'Revoke one first.' })
}

function expiryOf(actor: SessionActor, wanted: number | null | undefined, now: number): number | null {
  if (wanted === undefined) return now + defaultLifetimeMs
  const refuse = (message: string) => new AppError('invalid_input', { fields: [{ path: 'expiresAt', message }] })
  if (wanted === null) {
    if (actor.role === 'OWNER') return null
    throw refuse('Only the key of an owner may never expire.')
  }
  if (wanted <= now) throw refuse('This is in the past.')
  if (wanted > now + maxLifetimeMs) throw refuse('At most two years.')
  return wanted
}

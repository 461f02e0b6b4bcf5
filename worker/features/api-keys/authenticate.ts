import type { Ctx } from '../../context.ts'
import type { Authenticator } from '../../http/index.ts'
import type { UserActor } from '../../kernel/actor.ts'
import { explainFor } from '../../kernel/authorize.ts'
import { equalConstantTime, sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { ipMatches } from '../../kernel/ip.ts'
import { describeError } from '../../kernel/log.ts'
import { assertActive, livingGrants } from '../identity/index.ts'
import { isUseDue, selectKeyAuthentication, touchKey, type KeyRow } from './api-keys.store.ts'
import { facetOf } from './key-facet.ts'
import { parseKey } from './key-format.ts'
import { recordKeyRefusal } from './record-refusal.ts'
import { stateOf } from './rules.ts'

const invalid = (detail: string) => new AppError('api_key_invalid', { detail })

type Found = NonNullable<Awaited<ReturnType<typeof selectKeyAuthentication>>>

/**
 * The person an API key stands for right now, with what the key leaves of them: checksum first, then one query that
 * knows of every revocation and suspension (G5, G9); null for what no key of ours can be.
 * A refusal of a known key is on the record, once a minute and reason.
 * @throws AppError `api_key_invalid`, `api_key_expired`, `account_not_active`, `ip_not_allowed` (by the key's list or the
 * owners'), `forbidden` where the
 * person may not use keys any more
 */
export const authenticateKey: Authenticator = async (ctx, token) => {
  const parts = parseKey(token)
  if (!parts) return null
  const now = ctx.clock.now()
  const found = await selectKeyAuthentication(ctx.db, parts.id, now)
  // Hashed in either case, so that the time taken does not tell which ids exist.
  const hash = await sha256(parts.secret)
  if (!found) throw invalid('unknown id')
  const isHolder = equalConstantTime(hash, found.key.secretHash)
  try {
    if (!isHolder) throw invalid('wrong secret')
    assertUsable(ctx, found, now)
  } catch (error) {
    if (error instanceof AppError) ctx.defer(noteRefusal(ctx, found, error, isHolder))
    throw error
  }
  await ctx.protection.assertAddress(ctx, found.user, found.ownerAllowlist)
  if (isUseDue(found.key, now)) ctx.defer(quietly(ctx, touchKey(ctx.db, found.key.id, now, ctx.ip)))
  return keyActor(found, now)
}

/** The status comes first: whoever was suspended is told so, whatever became of the key. */
function assertUsable(ctx: Ctx, { key, user }: Found, now: number): void {
  assertActive(user.status)
  const state = stateOf(key, now)
  if (state === 'expired') throw new AppError('api_key_expired', { hint: 'Make a new one in the dashboard.' })
  if (state === 'revoked' || state === 'replaced') throw invalid(state)
  if (key.ipAllowlist.length > 0 && !ipMatches(key.ipAllowlist, ctx.ip)) {
    throw new AppError('ip_not_allowed', {
      message: `This API key does not work from ${ctx.ip ?? 'an unknown address'}.`,
      hint: 'Its owner can change from where it works.',
    })
  }
  const grants = livingGrants(user.grants, now)
  if (!explainFor({ role: user.role, overrides: user.permissions, grants }, 'api-keys:use').allowed) {
    throw new AppError('forbidden', {
      message: 'The owner of this API key may not use keys any more.',
      meta: { permission: 'api-keys:use' },
    })
  }
}

const keyActor = ({ key, user, approvals, isAccountConnected }: Found, now: number): UserActor => ({
  kind: 'user',
  id: user.id,
  name: user.name,
  role: user.role,
  overrides: user.permissions,
  grants: livingGrants(user.grants, now),
  sessionId: null,
  verifiedAt: 0,
  key: facetOf(key, { approvals, isAccountConnected }),
})

const noteRefusal = (ctx: Ctx, { key, user }: Found, error: AppError, isHolder: boolean): Promise<void> =>
  quietly(
    ctx,
    Promise.all([
      ctx.limits.countUse(key.id, { calls: 1, refusals: 1 }),
      recordKeyRefusal(ctx, { key: key satisfies KeyRow, user: isHolder ? user : null, error }),
    ]),
  )

/** Goes on after the answer, which it must not change. */
async function quietly(ctx: Ctx, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    ctx.log.warn('api_key.note_failed', { error: describeError(error) })
  }
}

import type { Ctx } from '../../context.ts'
import { notFound } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../identity/index.ts'
import { revokeKey, selectKey, type KeyRow } from './api-keys.store.ts'
import { findOwnKey } from './get-key.ts'
import { keyTarget } from './to-key.ts'

/** Ends one of one's own keys at once and for ever. @throws AppError `conflict` where it was revoked before */
export async function revokeOwnKey(ctx: Ctx, keyId: string, reason?: string): Promise<void> {
  const { key } = await findOwnKey(ctx, 'api_key.revoke', keyId)
  await revoke(ctx, key, 'api-keys:use', reason)
}

/** The same for anybody's, by whoever governs. @throws AppError `forbidden`, on the record; `not_found` */
export async function revokeAnyKey(ctx: Ctx, keyId: string, reason?: string): Promise<void> {
  await authorizeOnRecord(ctx, {
    action: 'api_key.revoke',
    permission: 'users:govern',
    target: keyTarget({ id: keyId, name: '' }),
  })
  getSessionActorOrThrow(ctx)
  const found = await selectKey(ctx.db, keyId)
  if (!found) throw notFound('API key')
  await revoke(ctx, found.key, 'users:govern', reason)
}

async function revoke(
  ctx: Ctx,
  key: KeyRow,
  permission: 'api-keys:use' | 'users:govern',
  reason: string | undefined,
): Promise<void> {
  const { id: revokedBy } = getSessionActorOrThrow(ctx)
  await mutate(ctx, {
    action: 'api_key.revoke',
    permission,
    target: keyTarget(key),
    reason,
    run: (op) => {
      const revocation = { revokedAt: ctx.clock.now(), revokedBy, revokedReason: reason ?? null }
      return op.commit(revokeKey(ctx.db, key.id, revocation), { before: { hint: key.hint } })
    },
  })
}

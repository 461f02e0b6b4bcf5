import type { Ctx } from '../../context.ts'
import type { AuditAction } from '../../kernel/audit.ts'
import { notFound } from '../../kernel/errors.ts'
import { authorizeOnRecord } from '../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../identity/index.ts'
import { selectKey, type KeyWithOwner } from './api-keys.store.ts'
import type { ApiKey } from './schemas.ts'
import { keyTarget, toKey } from './to-key.ts'

/** The key of one's own that an act is about. Refuses on the record first. @throws AppError `forbidden`, `not_found` */
export async function findOwnKey(ctx: Ctx, action: AuditAction, keyId: string): Promise<KeyWithOwner> {
  await authorizeOnRecord(ctx, { action, permission: 'api-keys:use', target: keyTarget({ id: keyId, name: '' }) })
  return getOwnKeyRow(ctx, keyId)
}

/** One of one's own. Unknown and somebody else's are the same `not_found`. */
export async function getOwnKeyRow(ctx: Ctx, keyId: string): Promise<KeyWithOwner> {
  const { id } = getSessionActorOrThrow(ctx)
  const found = await selectKey(ctx.db, keyId)
  if (!found || found.owner.id !== id) throw notFound('API key')
  return found
}

export const getOwnKey = async (ctx: Ctx, keyId: string): Promise<ApiKey> =>
  toKey(await getOwnKeyRow(ctx, keyId), ctx.clock.now())

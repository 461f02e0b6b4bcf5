import type { Ctx } from '../../context.ts'
import { decodeCursor, pageLimitMax, toPage, type Page } from '../../kernel/page.ts'
import { getSessionActorOrThrow } from '../identity/index.ts'
import { selectKeys } from './api-keys.store.ts'
import type { ApiKey, ListKeysInput } from './schemas.ts'
import { toKey } from './to-key.ts'

/** One's own, newest first, with the latest that are over. No key may look. */
export async function listOwnKeys(ctx: Ctx): Promise<{ items: ApiKey[] }> {
  const now = ctx.clock.now()
  const rows = await selectKeys(ctx.db, { userId: getSessionActorOrThrow(ctx).id, limit: pageLimitMax }, now)
  return { items: rows.map((row) => toKey(row, now)) }
}

/** Everybody's, newest first, for whoever governs. */
export async function listAllKeys(ctx: Ctx, { cursor, limit, ...filter }: ListKeysInput): Promise<Page<ApiKey>> {
  getSessionActorOrThrow(ctx)
  const now = ctx.clock.now()
  const rows = await selectKeys(ctx.db, { ...filter, after: toPosition(cursor), limit: limit + 1 }, now)
  const page = toPage(rows, limit, ({ key }) => [key.createdAt, key.id])
  return { items: page.items.map((row) => toKey(row, now)), nextCursor: page.nextCursor }
}

function toPosition(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [createdAt, id] = decodeCursor(cursor, 2)
  return { createdAt: Number(createdAt), id: String(id) }
}

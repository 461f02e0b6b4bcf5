import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso } from '../../kernel/clock.ts'
import { decodeCursor, notOurCursor, toPage } from '../../kernel/page.ts'
import { fingerprintOf, publicKeyOf } from './keys.ts'
import type { ListSealsInput, SealPage } from './schemas.ts'
import { selectSealPage } from './seal.store.ts'

/** Newest first. Needs `audit:read`. */
export async function listSeals(ctx: Ctx, { cursor, limit }: ListSealsInput): Promise<SealPage> {
  authorize(ctx.actor, 'audit:read')
  const before = cursor === undefined ? null : decodeCursor(cursor, 1)[0]
  if (typeof before !== 'number' && before !== null) throw notOurCursor()
  const page = toPage(await selectSealPage(ctx.db, before, limit + 1), limit, (seal) => [seal.number])
  return { ...page, items: page.items.map((seal) => ({ ...seal, at: iso(seal.at) })) }
}

/** The public halves of the seal keys; anybody with an export and these can verify it offline. */
export async function listSealKeys(ctx: Ctx) {
  authorize(ctx.actor, 'audit:read')
  const keys = await Promise.all(ctx.config.sealKeys.map(publicKeyOf))
  return { keys: await Promise.all(keys.map(async (key) => ({ ...key, fingerprint: await fingerprintOf(key) }))) }
}

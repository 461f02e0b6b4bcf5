import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso } from '../../kernel/clock.ts'
import { countSealsAfter, selectLastArchive } from './archive.store.ts'
import type { ArchiveState } from './schemas.ts'

/** Whether sealed spans are copied to a bucket, and how far that is. Needs `audit:read`. */
export async function getArchive(ctx: Ctx): Promise<ArchiveState> {
  authorize(ctx.actor, 'audit:read')
  const last = await selectLastArchive(ctx.db)
  const waiting = await countSealsAfter(ctx.db, last?.toSeal ?? 0)
  return {
    configured: ctx.archive !== null,
    waiting,
    last: last ? { key: last.key, toSeal: last.toSeal, at: iso(last.at), bytes: last.bytes } : null,
  }
}

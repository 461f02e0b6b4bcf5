import type { Ctx } from '../../context.ts'
import { explain } from '../../kernel/authorize.ts'
import { days } from '../../kernel/clock.ts'
import { describeError } from '../../kernel/log.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { upsertPermissionUse } from './permission-uses.store.ts'

/** What this isolate has written today: a day's second use costs nothing. */
const noted = new Map<string, number>()
const mostNoted = 10_000

/**
 * Remembers to the day that a permission was of use, so that what is not needed can be taken back (DESIGN §6). Goes on
 * after the answer, and never fails it.
 */
export function notePermissionUse(ctx: Ctx, permission: Permission): void {
  if (ctx.actor.kind !== 'user') return
  const now = ctx.clock.now()
  const today = Math.floor(now / days(1))
  const key = `${ctx.actor.id} ${permission}`
  if (noted.get(key) === today) return
  // Input is read before some verbs decide: an answer about the input is no use of what one does not have.
  if (!explain(ctx.actor, permission).allowed) return
  if (noted.size >= mostNoted) noted.clear()
  noted.set(key, today)
  ctx.defer(write(ctx, ctx.actor.id, permission, days(today), key))
}

async function write(ctx: Ctx, userId: string, permission: Permission, day: number, key: string): Promise<void> {
  try {
    await upsertPermissionUse(ctx.db, userId, permission, day)
  } catch (error) {
    noted.delete(key)
    ctx.log.warn('permission.note_failed', { error: describeError(error) })
  }
}

import type { Ctx } from '../../../context.ts'
import { explain } from '../../../kernel/authorize.ts'
import { days } from '../../../kernel/clock.ts'
import { describeError } from '../../../kernel/log.ts'
import type { Permission } from '../../../kernel/permissions.ts'
import { upsertOperations } from './usage.store.ts'

/** What this isolate has written today: the same once more costs nothing. */
const noted = new Map<string, number>()
const mostNoted = 10_000

/**
 * Remembers to the day what a key was of use for, so that the rest can be taken from it. Goes on after the answer, and
 * never fails it. Calls are counted where the key is limited (objects/use-counter.ts).
 */
export function noteKeyUse(ctx: Ctx, operation: string, permissions: readonly Permission[]): void {
  const key = ctx.actor.kind === 'user' ? ctx.actor.key : null
  if (!key) return
  const today = Math.floor(ctx.clock.now() / days(1))
  const name = (permission: Permission) => `${key.id} ${operation} ${permission}`
  const fresh = [...new Set(permissions)].filter(
    // Input is read before some verbs decide: an answer about the input is no use of what the key does not have.
    (permission) => noted.get(name(permission)) !== today && explain(ctx.actor, permission).allowed,
  )
  if (fresh.length === 0) return
  if (noted.size >= mostNoted) noted.clear()
  for (const permission of fresh) noted.set(name(permission), today)
  const rows = fresh.map((permission) => ({ keyId: key.id, operation, permission, lastUsedAt: days(today) }))
  const write = upsertOperations(ctx.db, rows).catch((error: unknown) => {
    for (const permission of fresh) noted.delete(name(permission))
    ctx.log.warn('api_key.note_failed', { error: describeError(error) })
  })
  ctx.defer(write)
}

/** A call of a key was refused after it had been let in. Nothing where no key stands for the person. */
export function countKeyRefusal(ctx: Ctx): void {
  const key = ctx.actor.kind === 'user' ? ctx.actor.key : null
  if (key) ctx.defer(ctx.limits.countUse(key.id, { calls: 0, refusals: 1 }))
}

import type { Ctx, SeenOutside } from '../../context.ts'
import { describeError } from '../../kernel/log.ts'
import { tellOwners } from './alert.ts'
import { isUnreadOutside } from './protection.store.ts'
import { quietMs } from './rules.ts'
import { readSettings } from './settings.ts'

/**
 * Owners who want it are told that somebody changed something past WebNova. Everything is in the activity log anyway: of
 * the same project they are told again only once they have looked, or after a quarter of an hour.
 */
export async function tellOutside(
  ctx: Ctx,
  account: { id: string; name: string },
  { count, name, command }: SeenOutside,
): Promise<void> {
  try {
    if (!(await readSettings(ctx)).tellOutside) return
    if (await isUnreadOutside(ctx.db, account.id, ctx.clock.now() - quietMs)) return
    const facts = { accountId: account.id, account: account.name, target: name, command, count }
    const target = { type: 'account' as const, id: account.id, name: account.name }
    await tellOwners(ctx, { kind: 'outside_change', user: null, facts }, 'alerted', target)
  } catch (error) {
    ctx.log.error('protection.failed', { rule: 'outside_change', error: describeError(error) })
  }
}

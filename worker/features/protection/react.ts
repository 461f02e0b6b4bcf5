import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { protectionRules, type RuleName } from '../../kernel/protection.ts'
import { isLastActiveOwner, suspendBySystem } from '../users/index.ts'
import { asProtection } from './actor.ts'
import { alertOf, raiseAlert, raised, type FindingOfUser } from './alert.ts'
import { insertAlert } from './protection.store.ts'
import { readSettings } from './settings.ts'

export type Struck = FindingOfUser & {
  kind: RuleName
  /** For what the rule only ever tells. */
  onlyTell?: boolean
}

export type Reacted = 'off' | 'alerted' | 'suspended'

/**
 * A rule has struck: suspends or tells the owners, as they decided. The suspension ends everything as an owner's does,
 * in one batch with the alert. The last active owner is never suspended (G8): the owner is told instead.
 */
export async function react(ctx: Ctx, finding: Struck): Promise<Reacted> {
  const { rules } = await readSettings(ctx)
  const { on, reaction } = rules[finding.kind]
  if (!on) return 'off'
  if (reaction === 'alert' || finding.onlyTell) {
    await raiseAlert(ctx, finding, 'alerted')
    return 'alerted'
  }
  if (!(await isLastActiveOwner(ctx, finding.user.id))) {
    try {
      await suspend(ctx, finding)
      return 'suspended'
    } catch (error) {
      const code = error instanceof AppError ? error.code : null
      // Another rule, or an owner, was quicker: whoever this is about is out already.
      if (code === 'conflict' || code === 'user_state' || code === 'user_banned') return 'suspended'
      if (code !== 'last_owner') throw error
    }
  }
  await raiseAlert(ctx, finding, 'last_owner')
  return 'alerted'
}

const suspend = (ctx: Ctx, finding: Struck): Promise<void> =>
  suspendBySystem(
    asProtection(ctx),
    finding.user.id,
    `Suspended by a rule: ${protectionRules[finding.kind]}.`,
    (id) => {
      const row = alertOf(ctx, finding, 'suspended', id)
      return { statements: [insertAlert(ctx.db, row)], event: raised(row) }
    },
  )

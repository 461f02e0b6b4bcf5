import type { Ctx } from '../../../context.ts'
import { isUniqueViolation } from '../../../db/index.ts'
import { actorIdentity } from '../../../kernel/actor.ts'
import type { AuditEntry, AuditTarget } from '../../../kernel/audit.ts'
import { iso } from '../../../kernel/clock.ts'
import { newId } from '../../../kernel/id.ts'
import type { ProviderAction } from '../../../provider/provider.ts'
import type { AccountRow } from '../../accounts/index.ts'
import { insertSeen, isAlreadySeenColumn } from './outside.store.ts'
import { seenIdOf } from './rules.ts'

export interface Noticed {
  action: ProviderAction
  target: AuditTarget
}

/** Puts each on the record, once whoever looks, and tells the owners where they want it. @returns how many were news */
export async function flagAll(ctx: Ctx, account: AccountRow, noticed: readonly Noticed[]): Promise<number> {
  const flagged: Noticed[] = []
  for (const item of noticed) if (await flag(ctx, account, item)) flagged.push(item)
  const last = flagged.at(-1)
  if (!last) return 0
  ctx.live.publish({ type: 'audit.appended' })
  const { id, name } = account
  const seen = { count: flagged.length, name: last.target.name, command: last.action.command }
  await ctx.protection.doneOutside(ctx, { id, name }, seen)
  return flagged.length
}

/** One row: nothing was run by us, something was noticed. */
async function flag(ctx: Ctx, account: AccountRow, { action, target }: Noticed): Promise<boolean> {
  const mark = insertSeen(ctx.db, seenIdOf(account, action), account.id, ctx.clock.now())
  try {
    await ctx.journal.commit([mark], entryOf(ctx, account, action, target))
    return true
  } catch (error) {
    if (isUniqueViolation(error, isAlreadySeenColumn)) return false
    throw error
  }
}

function entryOf(ctx: Ctx, account: AccountRow, action: ProviderAction, target: AuditTarget): AuditEntry {
  const at = ctx.clock.now()
  const actor = actorIdentity({ kind: 'system', name: 'cron' })
  return {
    id: newId('aud', at),
    operationId: newId('opr', at),
    at,
    phase: 'succeeded',
    action: target.type === 'server' ? 'server.outside_change' : 'resource.outside_change',
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    reason: null,
    errorCode: null,
    source: 'cron',
    ip: null,
    userAgent: null,
    requestId: ctx.requestId,
    before: null,
    after: {
      account: account.id,
      project: account.name,
      command: action.command,
      power: action.power,
      status: action.status,
      startedAt: iso(action.startedAt),
      providerActionId: action.providerActionId,
    },
    keyId: null,
    keyName: null,
  }
}

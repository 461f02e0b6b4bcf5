import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { getUserOrThrow, instanceTarget, userTarget } from '../identity/index.ts'
import {
  countUnread,
  deleteReadAlerts,
  markAllRead,
  markRead,
  selectAlert,
  selectAlerts,
  type AlertRow,
} from './protection.store.ts'
import { keepAlertsMs } from './rules.ts'
import type { Alert, AlertPage, ListAlertsInput } from './schemas.ts'

/** What owners were told, newest first, and how much of it nobody has acknowledged. Needs `users:govern`. */
export async function listAlerts(ctx: Ctx, input: ListAlertsInput): Promise<AlertPage> {
  authorize(ctx.actor, 'users:govern')
  const [page, unread] = await Promise.all([selectAlerts(ctx.db, input), countUnread(ctx.db)])
  return { items: page.items.map(toAlert), nextCursor: page.nextCursor, unread }
}

/** An owner has seen it. Acknowledging again changes nothing. @throws `not_found`. */
export async function acknowledgeAlert(ctx: Ctx, alertId: string): Promise<void> {
  const action = 'alert.acknowledge'
  await authorizeOnRecord(ctx, { action, permission: 'users:govern', target: instanceTarget })
  const alert = await selectAlert(ctx.db, alertId)
  if (!alert) throw notFound('Alert')
  if (alert.readAt !== null) return
  await mutate(ctx, {
    action,
    permission: 'users:govern',
    target: alert.userId ? userTarget({ id: alert.userId, name: alert.userName ?? '' }) : instanceTarget,
    run: async (op) => {
      const by = getUserOrThrow(ctx).id
      await op.commit([markRead(ctx.db, alertId, by, ctx.clock.now())], { after: { alert: alertId, kind: alert.kind } })
      op.publish({ type: 'alert.acknowledged' })
    },
  })
}

/** All that have arrived until now. */
export async function acknowledgeAllAlerts(ctx: Ctx): Promise<void> {
  await mutate(ctx, {
    action: 'alert.acknowledge',
    permission: 'users:govern',
    target: instanceTarget,
    run: async (op) => {
      const unread = await countUnread(ctx.db)
      await op.commit([markAllRead(ctx.db, getUserOrThrow(ctx).id, ctx.clock.now())], { after: { alerts: unread } })
      op.publish({ type: 'alert.acknowledged' })
    },
  })
}

/** Daily housekeeping: acknowledged and a year old. What happened stays in the audit log. */
export const pruneAlerts = (ctx: Pick<Ctx, 'db' | 'clock'>): Promise<number> =>
  deleteReadAlerts(ctx.db, ctx.clock.now() - keepAlertsMs, 500)

function toAlert(row: AlertRow): Alert {
  const { outcome, ...facts } = row.facts
  return {
    id: row.id,
    at: iso(row.at),
    kind: row.kind,
    severity: row.severity,
    user: row.userId === null ? null : { id: row.userId, name: row.userName ?? '' },
    key: row.keyId === null ? null : { id: row.keyId, name: row.keyName ?? '' },
    ip: row.ip,
    country: row.country,
    userAgent: row.userAgent,
    outcome: outcome === 'suspended' || outcome === 'last_owner' || outcome === 'refused' ? outcome : 'alerted',
    facts,
    operationId: row.operationId,
    readAt: isoOrNull(row.readAt),
    readBy: row.readBy,
  }
}

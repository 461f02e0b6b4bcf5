import type { Ctx } from '../../context.ts'
import type { AuditTarget } from '../../kernel/audit.ts'
import { newId } from '../../kernel/id.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { AlertKind, AlertSeverity } from '../../kernel/protection.ts'
import { userTarget } from '../identity/index.ts'
import { asProtection } from './actor.ts'
import { insertAlert, wasTold, type AlertRow } from './protection.store.ts'
import { quietMs } from './rules.ts'
import type { Alert } from './schemas.ts'

export interface Finding {
  kind: AlertKind
  /** Null where it is nobody of ours. */
  user: { id: string; name: string } | null
  key?: { id: string; name: string } | undefined
  facts?: Record<string, string | number | boolean | null>
}

export type FindingOfUser = Finding & { user: { id: string; name: string } }

const severities: Record<Alert['outcome'], AlertSeverity> = {
  alerted: 'warning',
  refused: 'warning',
  suspended: 'critical',
  last_owner: 'critical',
}

/** The alert of a finding: who, from where, and what was done about it. */
export function alertOf(ctx: Ctx, finding: Finding, outcome: Alert['outcome'], operationId: string): AlertRow {
  const at = ctx.clock.now()
  return {
    id: newId('alt', at),
    at,
    kind: finding.kind,
    severity: severities[outcome],
    userId: finding.user?.id ?? null,
    userName: finding.user?.name ?? null,
    keyId: finding.key?.id ?? null,
    keyName: finding.key?.name ?? null,
    ip: ctx.ip,
    country: ctx.country,
    userAgent: ctx.userAgent,
    facts: { ...finding.facts, outcome },
    operationId,
    readAt: null,
    readBy: null,
  }
}

export const raised = ({ id, kind, severity }: AlertRow) =>
  ({ type: 'alert.raised', alertId: id, kind, severity }) as const

/** Tells the owners, at once where a dashboard is open. The same about the same person is told once a quarter hour. */
export async function raiseAlert(ctx: Ctx, finding: FindingOfUser, outcome: Alert['outcome']): Promise<void> {
  if (await wasTold(ctx.db, finding.kind, finding.user.id, ctx.clock.now() - quietMs)) return
  await tellOwners(ctx, finding, outcome, userTarget(finding.user))
}

/** The alert on the record, and at once in open dashboards. */
export async function tellOwners(
  ctx: Ctx,
  finding: Finding,
  outcome: Alert['outcome'],
  target: AuditTarget,
): Promise<void> {
  await mutate(asProtection(ctx), {
    action: 'alert.raise',
    permission: 'users:govern',
    target,
    reason: finding.kind,
    run: async (op) => {
      const row = alertOf(ctx, finding, outcome, op.id)
      await op.commit([insertAlert(ctx.db, row)], { after: { alert: row.id, kind: row.kind, outcome } })
      op.publish(raised(row))
    },
  })
}

import type { Ctx } from '../../../context.ts'
import { iso } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import { getSessionActorOrThrow } from '../../identity/index.ts'
import { selectApproval, selectApprovals, type ApprovalRow, type ApprovalWithKey } from './approvals.store.ts'
import type { Approval } from './schemas.ts'

const shown = 20

/** What one's keys have asked lately, newest first. */
export async function listApprovals(ctx: Ctx): Promise<{ items: Approval[] }> {
  const rows = await selectApprovals(ctx.db, getSessionActorOrThrow(ctx).id, shown)
  return { items: rows.map((row) => toApproval(row, ctx.clock.now())) }
}

/** @throws AppError `not_found` also for somebody else's */
export const getApproval = async (ctx: Ctx, id: string): Promise<Approval> =>
  toApproval(await findApproval(ctx, id), ctx.clock.now())

export async function findApproval(ctx: Ctx, id: string): Promise<ApprovalWithKey> {
  const found = await selectApproval(ctx.db, getSessionActorOrThrow(ctx).id, id)
  if (!found) throw notFound('Approval')
  return found
}

function toApproval({ approval, keyName, keyHint }: ApprovalWithKey, now: number): Approval {
  const { targetType, targetId, targetName } = approval
  return {
    id: approval.id,
    state: stateOf(approval, now),
    key: { id: approval.keyId, name: keyName, hint: keyHint },
    operation: approval.operation,
    action: approval.action,
    target: targetType === null ? null : { type: targetType, id: targetId ?? '', name: targetName ?? '' },
    ip: approval.ip,
    userAgent: approval.userAgent,
    requestedAt: iso(approval.requestedAt),
    expiresAt: iso(approval.expiresAt),
  }
}

function stateOf(row: ApprovalRow, now: number): Approval['state'] {
  if (row.takenAt !== null) return 'done'
  if (row.refusedAt !== null) return 'refused'
  if (row.expiresAt <= now) return 'expired'
  return row.approvedAt === null ? 'waiting' : 'approved'
}

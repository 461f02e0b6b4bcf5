import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified } from '../../identity/index.ts'
import { keyTarget } from '../to-key.ts'
import { answerApproval, type ApprovalRow, type ApprovalWithKey } from './approvals.store.ts'
import { findApproval, getApproval } from './read-approvals.ts'
import { approvalLifetimeMs } from './request-approval.ts'
import type { Approval } from './schemas.ts'

/**
 * Lets one's key make exactly this request, once, within ten minutes. Needs a fresh passkey proof.
 * @throws AppError `conflict` where it was answered or has expired, `step_up_required`, `not_found`
 */
export async function approve(ctx: Ctx, id: string): Promise<Approval> {
  const found = await findApproval(ctx, id)
  assertRecentlyVerified(ctx)
  const now = ctx.clock.now()
  await answer(ctx, found, 'api_key.approve', { approvedAt: now, expiresAt: now + approvalLifetimeMs })
  return getApproval(ctx, id)
}

/** @throws AppError `conflict` where it was answered or has expired, `not_found` */
export async function refuse(ctx: Ctx, id: string): Promise<Approval> {
  await answer(ctx, await findApproval(ctx, id), 'api_key.refuse', { refusedAt: ctx.clock.now() })
  return getApproval(ctx, id)
}

const answer = (
  ctx: Ctx,
  { approval, keyName }: ApprovalWithKey,
  action: 'api_key.approve' | 'api_key.refuse',
  changes: Partial<Pick<ApprovalRow, 'approvedAt' | 'refusedAt' | 'expiresAt'>>,
): Promise<void> =>
  mutate(ctx, {
    action,
    permission: 'self',
    target: keyTarget({ id: approval.keyId, name: keyName }),
    run: (op) =>
      op.commit(answerApproval(ctx.db, approval.id, ctx.clock.now(), changes), {
        after: { approval: approval.id, operation: approval.operation },
      }),
  })

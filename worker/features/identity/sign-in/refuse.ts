import type { Ctx } from '../../../context.ts'
import type { AuditAction } from '../../../kernel/audit.ts'
import { AppError } from '../../../kernel/errors.ts'
import { nobody, recordRefusal, userTarget } from '../refusal.ts'
import { notActive } from '../status.ts'
import { countFailedSignIn, type UserBrief } from '../users.store.ts'

/**
 * Records a failed proof and gives the one error for all of them, whoever it was about. Counts against the person:
 * the fifth in a row suspends them, whatever the way in (G8). `harmless`: nothing of theirs could have been guessed.
 */
export async function refuseSignIn(
  ctx: Ctx,
  action: AuditAction,
  refused: { user: UserBrief | null; reason: string; harmless?: boolean },
): Promise<AppError> {
  const { user, reason } = refused
  const target = user ? userTarget(user) : nobody
  await recordRefusal(ctx, { action, target, errorCode: 'sign_in_failed', reason })
  if (user && !refused.harmless) {
    const failures = await countFailedSignIn(ctx.db, user.id)
    if (user.status === 'ACTIVE') await ctx.protection.signInFailed(ctx, user, failures)
  }
  return new AppError('sign_in_failed', { hint: 'Try again, or use a recovery code.', detail: reason })
}

/** Told only to somebody who has proven to be that person. */
export async function refuseInactive(ctx: Ctx, action: AuditAction, user: UserBrief): Promise<AppError> {
  const reason = `account ${user.status}`
  await recordRefusal(ctx, { action, target: userTarget(user), errorCode: 'account_not_active', reason })
  return notActive(user.status)
}

import type { Ctx } from '../../context.ts'
import type { AuditAction } from '../../kernel/audit.ts'
import { authorizeOnRecord } from '../../kernel/mutate.ts'
import { assertRecentlyVerified, userTarget } from '../identity/index.ts'
import { getUserOrNotFound } from './get-user.ts'
import type { UserRow } from './users.store.ts'

export interface Governing {
  action: AuditAction
  userId: string
  /** Whether it needs a fresh proof (DESIGN §5). */
  stepUp?: boolean
}

/**
 * The person that an act of governance is about. Refuses on the record first, so that whoever may not govern learns
 * nothing of who exists (G3, G7). @throws AppError `forbidden`, `step_up_required`, `not_found`
 */
export async function findGoverned(ctx: Ctx, { action, userId, stepUp }: Governing): Promise<UserRow> {
  await authorizeGoverning(ctx, action, userId)
  if (stepUp) assertRecentlyVerified(ctx, { action, target: userTarget({ id: userId, name: '' }) })
  return (await getUserOrNotFound(ctx, userId)).user
}

/** @throws AppError `forbidden`, on the record */
export const authorizeGoverning = (ctx: Ctx, action: AuditAction, userId: string): Promise<void> =>
  authorizeOnRecord(ctx, { action, permission: 'users:govern', target: userTarget({ id: userId, name: '' }) })

import { AppError } from '../../kernel/errors.ts'
import type { UserStatus } from '../../kernel/permissions.ts'

export const notActive = (status: UserStatus): AppError =>
  new AppError('account_not_active', { message: `Account ${status}. Access denied.`, meta: { status } })

/** The status gate (G5): anything but ACTIVE is refused, in the same words everywhere. */
export function assertActive(status: UserStatus): void {
  if (status !== 'ACTIVE') throw notActive(status)
}

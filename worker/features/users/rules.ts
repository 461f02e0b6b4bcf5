import { AppError } from '../../kernel/errors.ts'
import {
  isRead,
  ownerOnly,
  type Permission,
  type PermissionOverride,
  type Role,
  type UserStatus,
} from '../../kernel/permissions.ts'

export type StatusChange = 'suspend' | 'ban' | 'reactivate' | 'deactivate'

/** Which status leads where. BANNED leads nowhere: a ban is final. */
export const transitions: Record<StatusChange, { from: readonly UserStatus[]; to: UserStatus }> = {
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  ban: { from: ['ACTIVE', 'SUSPENDED', 'PENDING', 'DEACTIVATED'], to: 'BANNED' },
  reactivate: { from: ['SUSPENDED', 'DEACTIVATED'], to: 'ACTIVE' },
  deactivate: { from: ['ACTIVE', 'SUSPENDED'], to: 'DEACTIVATED' },
}

export const lastOwner = (): AppError =>
  new AppError('last_owner', { hint: 'Make somebody else an owner first. Nothing was changed.' })

/** @throws `user_banned`. */
export function assertNotBanned(status: UserStatus): void {
  if (status === 'BANNED') throw new AppError('user_banned', { hint: 'Nothing was changed.' })
}

/** @throws `user_banned`, `user_state`. */
export function assertTransition(change: StatusChange, status: UserStatus): void {
  assertNotBanned(status)
  if (transitions[change].from.includes(status)) return
  throw new AppError('user_state', { message: `This person is ${status}.`, hint: 'Nothing was changed.' })
}

/** Nobody ends their own access by a slip; leaving is `deactivate`. @throws `user_state`. */
export function assertNotSelf(change: StatusChange, actorId: string, userId: string): void {
  if ((change !== 'suspend' && change !== 'ban') || actorId !== userId) return
  throw new AppError('user_state', { message: `You cannot ${change} yourself.`, hint: 'You can deactivate yourself.' })
}

function refusalOf(role: Role, override: PermissionOverride): string | null {
  const permission = override.slice(1) as Permission
  if (ownerOnly.includes(permission)) return 'Only an owner has this; make them an owner instead.'
  if (role === 'VIEWER' && override.startsWith('+') && !isRead(permission)) return 'A viewer only reads.'
  return null
}

/** Each once, in order. @throws `user_state` for an owner, `invalid_input` for what the role never has. */
export function cleanOverrides(role: Role, overrides: readonly PermissionOverride[]): PermissionOverride[] {
  if (role === 'OWNER' && overrides.length > 0) {
    throw new AppError('user_state', { message: 'An owner has every permission.', hint: 'Change the role first.' })
  }
  const problems = overrides.flatMap((override, index) => {
    const message = refusalOf(role, override)
    return message ? [{ path: `permissions.${index}`, message }] : []
  })
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems })
  return [...new Set(overrides)].toSorted()
}

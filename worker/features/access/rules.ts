import { AppError, type FieldError } from '../../kernel/errors.ts'
import { parseLabelSelector } from '../../kernel/label-selector.ts'
import { isRead, isScoped, ownerOnly, type Permission, type Role } from '../../kernel/permissions.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { GrantInput } from './schemas.ts'

export const grantLimit = 50

/**
 * What can be given at all: nothing to an owner, nothing that owners keep to themselves, nothing but reading to a viewer,
 * and for some things only what there is of things. @throws AppError `user_state`, `invalid_input` by field
 */
export function assertGrantable(role: Role, input: GrantInput, now: number): void {
  if (role === 'OWNER') {
    throw new AppError('user_state', { message: 'An owner has every permission.', hint: 'Change the role first.' })
  }
  const problems: FieldError[] = input.permissions.flatMap((permission, index) => {
    const message = refusalOf(role, input, permission)
    return message ? [{ path: `permissions.${index}`, message }] : []
  })
  const selector = input.scope.kind === 'labels' ? problemOf(input.scope.selector) : null
  if (selector) problems.push({ path: 'scope.selector', message: selector })
  if (input.expiresAt !== null && input.expiresAt <= now) {
    problems.push({ path: 'expiresAt', message: 'This has passed already.' })
  }
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems })
}

function refusalOf(role: Role, { effect, scope }: GrantInput, permission: Permission): string | null {
  if (ownerOnly.includes(permission)) return 'Only an owner has this; make them an owner instead.'
  if (effect === 'allow' && role === 'VIEWER' && !isRead(permission)) return 'A viewer only reads.'
  if (scope.kind !== 'everything' && !isScoped(permission)) return 'This is had for everything or not at all.'
  return null
}

function problemOf(selector: string): string | null {
  try {
    parseLabelSelector(selector)
    return null
  } catch (error) {
    return error instanceof AppError ? error.message : 'This cannot be read.'
  }
}

/** A scope in the words of the record. */
export function describeScope(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return 'everything'
    case 'account':
      return `account ${scope.accountId}`
    case 'project':
      return `project ${scope.project}${scope.environment === null ? '' : ` / ${scope.environment}`}`
    case 'labels':
      return `labels ${scope.selector}${scope.accountId === null ? '' : ` in account ${scope.accountId}`}`
    case 'server':
      return `server ${scope.serverId}`
  }
}

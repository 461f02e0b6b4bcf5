import type { Actor } from './actor.ts'
import { AppError } from './errors.ts'
import { ownerOnly, roleDefaults, type Permission, type PermissionOverride, type Role } from './permissions.ts'

/** What was decided and the rule that decided it; the answer to "why can't I?" (DESIGN §6). */
export interface Decision {
  allowed: boolean
  rule: string
  /** Which kind of rule that was. */
  by: 'session' | 'system' | 'role' | 'allow' | 'deny' | 'owner_only'
}

/** What decides for a person: an owner has everything; otherwise a removal beats an addition, and both the role. */
export function explainFor(
  person: { role: Role; overrides: readonly PermissionOverride[] },
  permission: Permission,
): Decision {
  const { role, overrides } = person
  const byRole = roleDefaults[role].includes(permission)
  if (role !== 'OWNER') {
    if (ownerOnly.includes(permission)) {
      return { allowed: false, rule: `only an OWNER has ${permission}`, by: 'owner_only' }
    }
    if (overrides.includes(`-${permission}`)) {
      return { allowed: false, rule: `${permission} was taken from this person`, by: 'deny' }
    }
    if (overrides.includes(`+${permission}`)) {
      return { allowed: true, rule: `${permission} was given to this person`, by: 'allow' }
    }
  }
  return { allowed: byRole, rule: `role ${role} ${byRole ? 'includes' : 'does not include'} ${permission}`, by: 'role' }
}

/** The one place where a permission is decided. Anything unclear is refused. */
export function explain(actor: Actor, permission: Permission): Decision {
  switch (actor.kind) {
    case 'anonymous':
      return { allowed: false, rule: 'not signed in', by: 'session' }
    case 'system':
      return { allowed: true, rule: `system: ${actor.name}`, by: 'system' }
    case 'user':
      return explainFor(actor, permission)
  }
}

/** Throws `forbidden`, naming the missing permission, or `unauthenticated`. */
export function authorize(actor: Actor, permission: Permission): void {
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated')
  const decision = explain(actor, permission)
  if (decision.allowed) return
  throw new AppError('forbidden', {
    hint: `This needs ${permission}. Ask an owner.`,
    detail: decision.rule,
    meta: { permission },
  })
}

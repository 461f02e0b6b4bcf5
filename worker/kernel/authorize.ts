import type { Actor, KeyFacet } from './actor.ts'
import { AppError } from './errors.ts'
import {
  isRead,
  isScoped,
  ownerOnly,
  roleDefaults,
  type Permission,
  type PermissionOverride,
  type Role,
} from './permissions.ts'
import { isWithin, type Grant, type Resource } from './scope.ts'

/** What was decided and the rule that decided it; the answer to "why can't I?" (DESIGN §6). */
export interface Decision {
  allowed: boolean
  rule: string
  /** Which kind of rule that was. */
  by: 'session' | 'system' | 'role' | 'allow' | 'deny' | 'owner_only' | 'viewer' | 'grant' | 'key'
  /** The grant that decided, where one did. */
  grantId?: string
}

/** Everything that decides what a person may do. */
export interface Rules {
  role: Role
  overrides: readonly PermissionOverride[]
  grants: readonly Grant[]
}

/**
 * What decides for a person. An owner has everything; otherwise a removal beats the role, and the role and an addition
 * beat nothing said. With a resource: of that one; without: whether there may be any. A VIEWER controls nothing,
 * whatever was added (contradiction 4).
 */
export function explainFor(rules: Rules, permission: Permission, resource?: Resource): Decision {
  const { role, overrides, grants } = rules
  const byRole = roleDefaults[role].includes(permission)
  const roleRule = `role ${role} ${byRole ? 'includes' : 'does not include'} ${permission}`
  if (role === 'OWNER') return { allowed: byRole, rule: roleRule, by: 'role' }
  if (ownerOnly.includes(permission)) {
    return { allowed: false, rule: `only an OWNER has ${permission}`, by: 'owner_only' }
  }
  if (overrides.includes(`-${permission}`)) {
    return { allowed: false, rule: `${permission} was taken from this person`, by: 'deny' }
  }
  const about = (effect: Grant['effect']) =>
    grants.find((grant) => grant.effect === effect && grant.permissions.includes(permission) && holds(grant, resource))
  const denied = about('deny')
  if (denied) {
    return { allowed: false, rule: `a rule takes ${permission}${where(denied)}`, by: 'grant', grantId: denied.id }
  }
  if (byRole) return { allowed: true, rule: roleRule, by: 'role' }
  if (role === 'VIEWER' && !isRead(permission)) return { allowed: false, rule: 'a VIEWER only reads', by: 'viewer' }
  if (overrides.includes(`+${permission}`)) {
    return { allowed: true, rule: `${permission} was given to this person`, by: 'allow' }
  }
  const allowed = about('allow')
  if (allowed) {
    return { allowed: true, rule: `a rule gives ${permission}${where(allowed)}`, by: 'grant', grantId: allowed.id }
  }
  return { allowed: false, rule: roleRule, by: 'role' }
}

/** Of no resource in particular: what is given somewhere is had; only what is taken everywhere is not. */
function holds(grant: Grant, resource: Resource | undefined): boolean {
  if (resource) return isWithin(grant.scope, resource)
  return grant.effect === 'allow' || grant.scope.kind === 'everything'
}

function where({ scope }: Grant): string {
  switch (scope.kind) {
    case 'everything':
      return ' everywhere'
    case 'account':
      return ` in account ${scope.accountId}`
    case 'project':
      return ` in project ${scope.project}${scope.environment === null ? '' : ` / ${scope.environment}`}`
    case 'labels':
      return ` where ${scope.selector}`
    case 'server':
      return ` on server ${scope.serverId}`
  }
}

/** What a key takes away from its person; null where it takes nothing. */
function narrowedBy(key: KeyFacet, permission: Permission, resource: Resource | undefined): Decision | null {
  if (!key.permissions.includes(permission)) {
    return { allowed: false, rule: `the key ${key.name} does not include ${permission}`, by: 'key' }
  }
  const within = resource
    ? key.scopes.some((scope) => isWithin(scope, resource))
    : key.scopes.some((scope) => scope.kind === 'everything') || (isScoped(permission) && key.scopes.length > 0)
  return within ? null : { allowed: false, rule: `the key ${key.name} is not for this`, by: 'key' }
}

/** The one place where a permission is decided. Anything unclear is refused. */
export function explain(actor: Actor, permission: Permission, resource?: Resource): Decision {
  switch (actor.kind) {
    case 'anonymous':
      return { allowed: false, rule: 'not signed in', by: 'session' }
    case 'system':
      return { allowed: true, rule: `system: ${actor.name}`, by: 'system' }
    case 'user': {
      const own = explainFor(actor, permission, resource)
      return (own.allowed && actor.key && narrowedBy(actor.key, permission, resource)) || own
    }
  }
}

/** Throws `forbidden`, naming the missing permission, or `unauthenticated`. */
export function authorize(actor: Actor, permission: Permission, resource?: Resource): void {
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated')
  const decision = explain(actor, permission, resource)
  if (decision.allowed) return
  throw new AppError('forbidden', {
    hint: `This needs ${permission}. Ask an owner.`,
    detail: decision.rule,
    meta: { permission },
  })
}

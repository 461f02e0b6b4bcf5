import type { Actor } from './actor.ts'
import { AppError } from './errors.ts'
import { roleDefaults, type Permission } from './permissions.ts'

/** What was decided and the rule that decided it; the answer to "why can't I?" (DESIGN §6). */
export interface Decision {
  allowed: boolean
  rule: string
}

/** The one place where a permission is decided. Anything unclear is refused. */
export function explain(actor: Actor, permission: Permission): Decision {
  switch (actor.kind) {
    case 'anonymous':
      return { allowed: false, rule: 'not signed in' }
    case 'system':
      return { allowed: true, rule: `system: ${actor.name}` }
    case 'user': {
      const allowed = roleDefaults[actor.role].includes(permission)
      return { allowed, rule: `role ${actor.role} ${allowed ? 'includes' : 'does not include'} ${permission}` }
    }
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

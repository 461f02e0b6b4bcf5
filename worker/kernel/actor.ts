import type { PermissionOverride, Role } from './permissions.ts'

/** Who acts. Nobody passes a bare user id around. */
export type Actor = AnonymousActor | UserActor | SystemActor

export interface AnonymousActor {
  kind: 'anonymous'
}

export interface UserActor {
  kind: 'user'
  id: string
  name: string
  role: Role
  /** What this person may do beyond or short of the role. */
  overrides: readonly PermissionOverride[]
  sessionId: string
  /** When this session last proved the passkey, ms since epoch (step-up, DESIGN §5). */
  verifiedAt: number
}

export interface SystemActor {
  kind: 'system'
  name: 'cron' | 'setup' | 'follow-up' | 'deployer'
}

/** How an actor stands in the audit log: the name as it was at the time. */
export function actorIdentity(actor: Actor): { kind: Actor['kind']; id: string; name: string } {
  switch (actor.kind) {
    case 'anonymous':
      return { kind: 'anonymous', id: '', name: '' }
    case 'user':
      return { kind: 'user', id: actor.id, name: actor.name }
    case 'system':
      return { kind: 'system', id: actor.name, name: actor.name }
  }
}

import type { Permission, PermissionOverride, Role } from './permissions.ts'
import type { Grant, Scope } from './scope.ts'

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
  /** What was given or taken for some things only, as far as it has not expired. */
  grants: readonly Grant[]
  /** Null where an API key stands for the person. */
  sessionId: string | null
  /** When this session last proved the passkey, ms since epoch (step-up, DESIGN §5); 0 for a key. */
  verifiedAt: number
  /** The API key that stands for the person, where one does. */
  key: KeyFacet | null
}

/** A person in a session, and not a key of theirs. */
export type SessionActor = UserActor & { sessionId: string }

/** What an API key leaves of its person: both must allow, at the time of use (DESIGN §5). */
export interface KeyFacet {
  id: string
  name: string
  permissions: readonly Permission[]
  /** Never empty; everything its person has: one `everything`. */
  scopes: readonly Scope[]
  stepUp: KeyStepUp
  /** Approved requests that it has still to make. */
  approvals: number
  /** The project the gateway sends it to; null: the request says which. */
  accountId: string | null
  /** Whether that project is still connected. */
  isAccountConnected: boolean
  /** Requests an hour through the gateway; null: no limit of its own. */
  hourlyBudget: number | null
  expiresAt: number | null
}

/** Whether a destructive act with a key needs its person's passkey each time. */
export const keyStepUps = ['never', 'destructive'] as const
export type KeyStepUp = (typeof keyStepUps)[number]

export interface SystemActor {
  kind: 'system'
  name: 'cron' | 'setup' | 'follow-up' | 'deployer' | 'gateway'
}

/** The key that stands for a person, as the audit log names it. */
export function keyIdentity(actor: Actor): { keyId: string | null; keyName: string | null } {
  const key = actor.kind === 'user' ? actor.key : null
  return { keyId: key?.id ?? null, keyName: key?.name ?? null }
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

import type { Actor, KeyFacet } from './actor.ts'
import type { Rules } from './authorize.ts'
import { ownerOnly, roleDefaults, isRead, type Permission } from './permissions.ts'
import { everything, isWithin, type Resource, type Scope } from './scope.ts'

/** One set of rules: what it allows, less what it denies. */
export interface ReachLayer {
  allow: readonly Scope[]
  deny: readonly Scope[]
}

/** Everything a permission covers for an actor: what every layer covers. A key narrows its person (DESIGN §5). */
export type Reach = readonly ReachLayer[]

const all: ReachLayer = { allow: [everything], deny: [] }
const none: ReachLayer = { allow: [], deny: [] }

/**
 * Where an actor has a permission, for lists: says of each resource what `explain` says of it (a property test holds it
 * to that).
 */
export function reachOf(actor: Actor, permission: Permission): Reach {
  switch (actor.kind) {
    case 'anonymous':
      return [none]
    case 'system':
      return [all]
    case 'user': {
      const layers = [personLayer(actor, permission)]
      if (actor.key) layers.push(keyLayer(actor.key, permission))
      return layers
    }
  }
}

/** The same of a person who is not there, whom no key stands for. */
export const personReach = (rules: Rules, permission: Permission): Reach => [personLayer(rules, permission)]

function personLayer({ role, overrides, grants }: Rules, permission: Permission): ReachLayer {
  if (role === 'OWNER') return roleDefaults.OWNER.includes(permission) ? all : none
  if (ownerOnly.includes(permission) || overrides.includes(`-${permission}`)) return none
  const scopes = (effect: 'allow' | 'deny') =>
    grants.filter((grant) => grant.effect === effect && grant.permissions.includes(permission)).map((g) => g.scope)
  const deny = scopes('deny')
  const byRole = roleDefaults[role].includes(permission)
  if (role === 'VIEWER' && !byRole && !isRead(permission)) return none
  const whole = byRole || overrides.includes(`+${permission}`)
  return { allow: whole ? [everything] : scopes('allow'), deny }
}

const keyLayer = (key: KeyFacet, permission: Permission): ReachLayer =>
  key.permissions.includes(permission) ? { allow: key.scopes, deny: [] } : none

export const covers = (reach: Reach, resource: Resource): boolean =>
  reach.every(
    ({ allow, deny }) =>
      allow.some((scope) => isWithin(scope, resource)) && !deny.some((scope) => isWithin(scope, resource)),
  )

/** No resource is left out, so no list needs a filter. */
export const coversEverything = (reach: Reach): boolean =>
  reach.every(({ allow, deny }) => deny.length === 0 && allow.some((scope) => scope.kind === 'everything'))

/** Labels make a difference to what it covers. */
export const asksForLabels = (reach: Reach): boolean =>
  reach.some(({ allow, deny }) => [...allow, ...deny].some((scope) => scope.kind === 'labels'))

/** Whether the actor has it for all there is, and not only for some things. */
export const hasEverywhere = (actor: Actor, permission: Permission): boolean =>
  coversEverything(reachOf(actor, permission))

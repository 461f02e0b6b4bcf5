import type { Actor } from '../../kernel/actor.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { reachOf, type ReachLayer } from '../../kernel/reach.ts'
import type { Scope } from '../../kernel/scope.ts'

/** How much of one project a permission covers. */
export type Coverage = 'all' | 'some' | 'none'

/** Whether a rule can be about anything in this project. */
const concerns = (scope: Scope, accountId: string): boolean =>
  (scope.kind !== 'account' && scope.kind !== 'labels') || scope.accountId === null || scope.accountId === accountId

const coversAll = (scope: Scope, accountId: string): boolean =>
  scope.kind === 'everything' || (scope.kind === 'account' && scope.accountId === accountId)

function coverageOfLayer({ allow, deny }: ReachLayer, accountId: string): Coverage {
  const denied = deny.filter((scope) => concerns(scope, accountId))
  if (denied.some((scope) => coversAll(scope, accountId))) return 'none'
  const allowed = allow.filter((scope) => concerns(scope, accountId))
  if (allowed.length === 0) return 'none'
  return denied.length === 0 && allowed.some((scope) => coversAll(scope, accountId)) ? 'all' : 'some'
}

/** `all`: nothing has to be looked at one by one. `some` may turn out to be nothing; it is never more than it says. */
export function coverageOf(actor: Actor, permission: Permission, accountId: string): Coverage {
  const layers = reachOf(actor, permission).map((layer) => coverageOfLayer(layer, accountId))
  if (layers.includes('none')) return 'none'
  return layers.includes('some') ? 'some' : 'all'
}

import type { Ctx } from '../../../context.ts'
import type { UserActor } from '../../../kernel/actor.ts'
import { authorize, explain } from '../../../kernel/authorize.ts'
import { isScoped, type Permission } from '../../../kernel/permissions.ts'
import { reachOf } from '../../../kernel/reach.ts'
import { requirementsOf, type Resource, type Scope } from '../../../kernel/scope.ts'
import { getSessionActorOrThrow } from '../../identity/index.ts'
import { resourceOf, type ServerFacts } from '../../servers/index.ts'
import { problemsOf } from '../check-within-own.ts'
import { facetOf } from '../key-facet.ts'
import { stepUpProblem } from '../rules.ts'
import { selectExamples } from './preview.store.ts'
import type { KeyPreview, PreviewInput } from './schemas.ts'

/** What tells one key from another, of a server and of anything else. */
const aboutServers: readonly Permission[] = [
  'servers:read',
  'servers:power',
  'servers:configure',
  'servers:resize',
  'servers:console',
  'servers:rebuild',
  'servers:delete',
]
const aboutOthers: readonly Permission[] = [
  'servers:create',
  'volumes:manage',
  'volumes:delete',
  'firewalls:manage',
  'zones:manage',
  'accounts:manage',
  'users:govern',
]
const mostOutside = 2

/** Nothing of a key that is not there yet stands in its way. */
const standing = { approvals: 0, isAccountConnected: true }

/**
 * What a key like this would be able to do and what not, with the rule that says so: decided by the very rules that decide
 * when it is used (DESIGN §6). Only of what its person may themselves. Makes nothing. Needs `api-keys:use`.
 */
export async function previewKey(ctx: Ctx, input: PreviewInput): Promise<KeyPreview> {
  authorize(ctx.actor, 'api-keys:use')
  const actor = getSessionActorOrThrow(ctx)
  const facet = facetOf({ id: '', name: '', hourlyBudget: null, expiresAt: null, ...input }, standing)
  const asKey: UserActor = { ...actor, key: facet }
  const [problems, found] = await Promise.all([
    problemsOf(ctx, actor, input),
    selectExamples(ctx.db, reachOf(actor, 'servers:read'), input.scopes),
  ])
  const { inside, outside } = found
  const own = (list: readonly Permission[]) => list.filter((permission) => explain(actor, permission).allowed)
  const tell = (permission: Permission, resources: (Resource | undefined)[], server?: typeof inside) => {
    const decisions = resources.map((resource) => explain(asKey, permission, resource))
    const { allowed, rule, by, grantId } = decisions.find((one) => one.allowed) ?? decisions[0] ?? refused
    const explanation = { permission, allowed, rule, by, grantId: grantId ?? null }
    return { server: server ? { id: server.id, name: server.name } : null, explanation }
  }
  const accountId = inside?.accountId ?? outside?.accountId ?? ''
  const elsewhere = input.scopes.map((scope) => newIn(scope, accountId))
  const isTried = (one: Permission) => aboutServers.includes(one) || aboutOthers.includes(one)
  const others = [...aboutOthers, ...input.permissions.filter((one) => !isTried(one))]
  const outsiders = own(aboutServers).filter((permission) => input.permissions.includes(permission))
  return {
    servers: found.servers,
    problems: [...problems, ...stepUpProblem(input.permissions, input.stepUp)],
    examples: [
      ...(inside ? own(aboutServers).map((permission) => tell(permission, [resourceOf(inside)], inside)) : []),
      ...own(others).map((permission) => tell(permission, placesOf(permission, inside, elsewhere))),
      ...(outside
        ? outsiders.slice(0, mostOutside).map((permission) => tell(permission, [resourceOf(outside)], outside))
        : []),
    ],
  }
}

const refused = { allowed: false, rule: 'no place', by: 'key', grantId: undefined } as const

/** What stands for all that a permission is about, apart from servers that are there. */
function placesOf(permission: Permission, server: ServerFacts | undefined, elsewhere: Resource[]) {
  if (!isScoped(permission)) return [undefined]
  if (permission === 'accounts:read') return elsewhere.map(({ accountId }) => ({ accountId }))
  const isAboutServers = permission.startsWith('servers:') || permission === 'costs:read'
  return server && isAboutServers && permission !== 'servers:create' ? [resourceOf(server)] : elsewhere
}

/** Something new within a scope, as far as there can be: what is made for a label is given it. */
function newIn(scope: Scope, accountId: string): Resource {
  if (scope.kind === 'account') return { accountId: scope.accountId }
  if (scope.kind !== 'labels') return { accountId }
  const labels = requirementsOf(scope.selector).flatMap(({ key, op, values }) =>
    op === 'exists' ? [[key, '']] : op === 'in' && values.length === 1 ? [[key, values[0] ?? '']] : [],
  )
  return { accountId: scope.accountId ?? accountId, labels: Object.fromEntries(labels) as Record<string, string> }
}

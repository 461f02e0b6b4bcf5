import type { Ctx } from '../../context.ts'
import { authorize, explain, explainFor, type Decision } from '../../kernel/authorize.ts'
import { notFound } from '../../kernel/errors.ts'
import {
  isRead,
  isScoped,
  ownerOnly,
  permissions,
  roleDefaults,
  roles,
  type Permission,
} from '../../kernel/permissions.ts'
import type { Resource } from '../../kernel/scope.ts'
import { getUserOrThrow, listRules, livingGrants, type PersonRules } from '../identity/index.ts'
import { resourceOf } from '../servers/index.ts'
import { selectScopedServer } from './grants.store.ts'
import type { Explanation, ExplanationInput, Holders, PermissionTable } from './schemas.ts'

/** "What can this person do, and which rule says so?" Needs `users:read`. @throws AppError `not_found` */
export async function explainAccess(ctx: Ctx, userId: string, input: ExplanationInput): Promise<Explanation> {
  authorize(ctx.actor, 'users:read')
  const [resource, [person]] = await Promise.all([findResource(ctx, input), listRules(ctx.db, userId)])
  if (!person) throw notFound('User')
  return toExplanation(input.permission, decide(ctx, person, input.permission, resource))
}

/** "Why can't I?", of whoever asks, key included. */
export async function explainMine(ctx: Ctx, input: ExplanationInput): Promise<Explanation> {
  getUserOrThrow(ctx)
  const resource = await findResource(ctx, input)
  const seen = !resource?.serverId || explain(ctx.actor, 'servers:read', resource).allowed
  if (!seen) throw notFound('Server')
  return toExplanation(input.permission, explain(ctx.actor, input.permission, resource))
}

/** "Who can power this server?": every active person who may, by name. Needs `users:read`. */
export async function listHolders(ctx: Ctx, permission: Permission, serverId?: string): Promise<Holders> {
  authorize(ctx.actor, 'users:read')
  const [resource, people] = await Promise.all([findResource(ctx, { permission, serverId }), listRules(ctx.db)])
  const items = people.flatMap((person) => {
    const decision = decide(ctx, person, permission, resource)
    if (!decision.allowed) return []
    const { id, name, email, role } = person
    return [{ user: { id, name, email, role }, explanation: toExplanation(permission, decision) }]
  })
  return { items: items.toSorted((a, b) => a.user.name.localeCompare(b.user.name)) }
}

/** The table itself, as docs/permissions.md has it. */
export const listPermissions = (): PermissionTable => ({
  items: (Object.keys(permissions) as Permission[]).map((permission) => ({
    permission,
    sentence: permissions[permission],
    isRead: isRead(permission),
    isScoped: isScoped(permission),
    ownerOnly: ownerOnly.includes(permission),
    roles: roles.filter((role) => roleDefaults[role].includes(permission)),
  })),
})

type StatusDecision = Omit<Decision, 'by'> & { by: Explanation['by'] }

/** The status comes before every rule (G5). */
function decide(ctx: Ctx, person: PersonRules, permission: Permission, resource?: Resource): StatusDecision {
  if (person.status !== 'ACTIVE') return { allowed: false, rule: `the person is ${person.status}`, by: 'status' }
  const grants = livingGrants(person.grants, ctx.clock.now())
  return explainFor({ role: person.role, overrides: person.permissions, grants }, permission, resource)
}

const toExplanation = (permission: Permission, decision: StatusDecision): Explanation => ({
  permission,
  allowed: decision.allowed,
  rule: decision.rule,
  by: decision.by,
  grantId: decision.grantId ?? null,
})

async function findResource(ctx: Ctx, input: ExplanationInput): Promise<Resource | undefined> {
  const { serverId, accountId } = input
  if (serverId === undefined) return accountId === undefined ? undefined : { accountId }
  const server = await selectScopedServer(ctx.db, serverId)
  if (!server) throw notFound('Server')
  return resourceOf(server)
}

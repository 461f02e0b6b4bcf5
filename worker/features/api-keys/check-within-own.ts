import type { Ctx } from '../../context.ts'
import type { SessionActor } from '../../kernel/actor.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError, type AppErrorOptions } from '../../kernel/errors.ts'
import { isScoped, type Permission } from '../../kernel/permissions.ts'
import { reachOf } from '../../kernel/reach.ts'
import type { Resource, Scope } from '../../kernel/scope.ts'
import { selectScopeFacts } from './api-keys.store.ts'
import { isNarrower } from './rules.ts'

type FieldErrors = NonNullable<AppErrorOptions['fields']>

interface Wanted {
  permissions: readonly Permission[]
  scopes: readonly Scope[]
  accountId: string | null
}

/**
 * Nobody makes a key wider than they are at this moment; at each use it is narrowed by what they are then, all the same.
 * `everything` is everything its person has. @throws AppError `invalid_input` naming each field
 */
export async function checkWithinOwn(ctx: Ctx, actor: SessionActor, wanted: Wanted): Promise<void> {
  const problems = await problemsOf(ctx, actor, wanted)
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems })
}

/** What of a key would reach further than its person, by field. */
export async function problemsOf(ctx: Ctx, actor: SessionActor, wanted: Wanted): Promise<FieldErrors> {
  const { permissions, scopes, accountId } = wanted
  const problems: FieldErrors = permissions.flatMap((permission, index) =>
    explain(actor, permission).allowed
      ? []
      : [{ path: `permissions.${index}`, message: `You do not have ${permission} yourself.` }],
  )
  const serverIds = scopes.flatMap((scope) => (scope.kind === 'server' ? [scope.serverId] : []))
  const named = scopes.flatMap((scope) => ('accountId' in scope && scope.accountId !== null ? [scope.accountId] : []))
  const known = await selectScopeFacts(ctx.db, serverIds, accountId === null ? named : [...named, accountId])
  const servers = new Map<string, Resource>(known.servers.map((server) => [server.serverId, server]))
  for (const [index, scope] of scopes.entries()) {
    const exists = isKnown(scope, servers, known.accountIds)
    if (exists && hasSomeOf(actor, permissions, scope, servers)) continue
    problems.push({ path: `scopes.${index}`, message: exists ? 'You have none of this there.' : 'Not found.' })
  }
  if (accountId !== null && !known.accountIds.includes(accountId)) {
    problems.push({ path: 'accountId', message: 'Not found.' })
  }
  return problems
}

/** Whether what a scope names is there. */
export function isKnown(scope: Scope, servers: ReadonlyMap<string, Resource>, accountIds: readonly string[]): boolean {
  if (scope.kind === 'server') return servers.has(scope.serverId)
  return !('accountId' in scope) || scope.accountId === null || accountIds.includes(scope.accountId)
}

/** Of the permissions that can be had somewhere only, at least one must reach there. */
function hasSomeOf(
  actor: SessionActor,
  permissions: readonly Permission[],
  scope: Scope,
  servers: ReadonlyMap<string, Resource>,
): boolean {
  if (scope.kind === 'everything') return true
  const facts = scope.kind === 'server' ? servers.get(scope.serverId) : undefined
  return permissions
    .filter(isScoped)
    .some((permission) =>
      reachOf(actor, permission).every(
        ({ allow, deny }) =>
          allow.some((outer) => isNarrower(scope, outer, facts)) &&
          !deny.some((outer) => isNarrower(scope, outer, facts)),
      ),
    )
}

import type { Ctx } from '../../../context.ts'
import { days, iso } from '../../../kernel/clock.ts'
import { explain } from '../../../kernel/authorize.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { KeyUseByDay } from '../../../kernel/rate-limit.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { listAccounts } from '../../accounts/index.ts'
import { getSessionActorOrThrow } from '../../identity/index.ts'
import { selectKey, selectScopeFacts, type KeyRow, type KeyWithOwner } from '../api-keys.store.ts'
import { getOwnKeyRow } from '../get-key.ts'
import { hourlyBucket, hourlyLimiter, livingStates, stateOf, unusedOf } from '../rules.ts'
import type { KeyDetail } from '../schemas.ts'
import { toKey } from '../to-key.ts'
import { selectUsage, type UsageRow } from './usage.store.ts'

const shownDays = 30

/**
 * One's own key with what it was used for in 30 days, what is left of its limits, and what could be taken from it.
 * @throws AppError `not_found` also for somebody else's
 */
export const readOwnKeyDetail = async (ctx: Ctx, keyId: string): Promise<KeyDetail> =>
  detailOf(ctx, await getOwnKeyRow(ctx, keyId))

/** The same of anybody's key, for whoever governs. No key may look. @throws AppError `not_found` */
export async function readAnyKeyDetail(ctx: Ctx, keyId: string): Promise<KeyDetail> {
  getSessionActorOrThrow(ctx)
  const found = await selectKey(ctx.db, keyId)
  if (!found) throw notFound('API key')
  return detailOf(ctx, found)
}

async function detailOf(ctx: Ctx, found: KeyWithOwner): Promise<KeyDetail> {
  const { key } = found
  const { id: keyId } = key
  const now = ctx.clock.now()
  const today = startOf(now)
  const since = today - days(shownDays - 1)
  const [{ byDay, operations, firstDay }, counted, scopeNames, budget, projects] = await Promise.all([
    selectUsage(ctx.db, keyId, since),
    ctx.limits.countedUse(keyId),
    namesOf(ctx, key.scopes),
    budgetOf(ctx, key),
    projectsOf(ctx, key),
  ])
  const all = fillDays(byDay, counted, since)
  const first = Math.min(firstDay ?? today, ...Object.keys(counted).map(Number))
  const lastUses = new Map<string, number>()
  for (const { permission, lastUsedAt } of operations) {
    lastUses.set(permission, Math.max(lastUsedAt, lastUses.get(permission) ?? 0))
  }
  const calls = all.reduce((sum, day) => sum + day.calls, 0)
  const watchedDays = Math.round((today - first) / days(1))
  const works = livingStates.includes(stateOf(key, now))
  const unused = unusedOf(key.permissions, [...lastUses.keys()], watchedDays)
  return {
    key: toKey(found, now),
    scopeNames,
    projects,
    budget,
    usage: {
      days: all,
      calls,
      refusals: all.reduce((sum, day) => sum + day.refusals, 0),
      watchedDays,
    },
    permissions: key.permissions.map((permission) => ({ permission, lastUsedOn: dayOrNull(lastUses.get(permission)) })),
    operations: operations.map(({ operation, permission, lastUsedAt }) => ({
      operation,
      permission,
      lastUsedOn: toDay(lastUsedAt),
    })),
    tighten:
      works && unused.length > 0 ? { permissions: key.permissions.filter((one) => !unused.includes(one)) } : null,
  }
}

const startOf = (at: number): number => Math.floor(at / days(1)) * days(1)
const toDay = (at: number): string => iso(at).slice(0, 10)
const dayOrNull = (at: number | undefined): string | null => (at === undefined ? null : toDay(at))

/** Every day, oldest first. What the counting object knows is at least what it has written. */
function fillDays(rows: readonly UsageRow[], counted: KeyUseByDay, since: number) {
  const known = new Map(rows.map((row) => [row.day, row]))
  return Array.from({ length: shownDays }, (_, index) => {
    const day = since + days(index)
    const [written, fresh] = [known.get(day), counted[String(day)]]
    return {
      day: toDay(day),
      calls: Math.max(written?.calls ?? 0, fresh?.calls ?? 0),
      refusals: Math.max(written?.refusals ?? 0, fresh?.refusals ?? 0),
    }
  })
}

async function namesOf(ctx: Ctx, scopes: readonly Scope[]): Promise<(string | null)[]> {
  const serverIds = scopes.flatMap((scope) => (scope.kind === 'server' ? [scope.serverId] : []))
  const accountIds = scopes.flatMap((scope) => ('accountId' in scope && scope.accountId ? [scope.accountId] : []))
  if (serverIds.length + accountIds.length === 0) return scopes.map(() => null)
  const known = await selectScopeFacts(ctx.db, serverIds, accountIds)
  return scopes.map((scope) => {
    if (scope.kind === 'server') return known.servers.find(({ serverId }) => serverId === scope.serverId)?.name ?? null
    const accountId = 'accountId' in scope ? scope.accountId : null
    return known.accounts.find(({ id }) => id === accountId)?.name ?? null
  })
}

async function budgetOf(ctx: Ctx, { id, hourlyBudget }: KeyRow): Promise<KeyDetail['budget']> {
  if (hourlyBudget === null) return null
  const { remaining } = await ctx.limits.take(hourlyLimiter(id), hourlyBucket(hourlyBudget), 0)
  return { limit: hourlyBudget, remaining }
}

/** The provider's limit is one for all tools and people of a project, so that it is worth seeing here. */
async function projectsOf(ctx: Ctx, { accountId, scopes }: KeyRow): Promise<KeyDetail['projects']> {
  if (!explain(ctx.actor, 'accounts:read').allowed) return []
  const { items } = await listAccounts(ctx)
  const reached = items.filter(({ id }) =>
    accountId === null
      ? scopes.some((scope) => !('accountId' in scope) || scope.accountId === null || scope.accountId === id)
      : id === accountId,
  )
  return Promise.all(
    reached.map(async ({ id, name, provider }) => ({ id, name, ...(await ctx.providers.budget(provider.id, id)) })),
  )
}

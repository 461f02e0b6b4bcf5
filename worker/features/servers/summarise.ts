import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso } from '../../kernel/clock.ts'
import { coversEverything, reachOf } from '../../kernel/reach.ts'
import { serverStatuses } from '../../provider/provider.ts'
import { attentionOf } from './rules.ts'
import type { Facet, ServerSummary } from './schemas.ts'
import { selectSummary } from './server-summary.store.ts'
import { toStatus } from './to-server.ts'

/** The fleet in numbers: status, what deserves a look, what to filter by, how fresh. Needs `servers:read`. */
export async function summariseServers(ctx: Ctx): Promise<ServerSummary> {
  authorize(ctx.actor, 'servers:read')
  const reach = reachOf(ctx.actor, 'servers:read')
  const { groups, tags, ...all } = await selectSummary(ctx.db, reach)
  // A connected project without servers is still one to filter by, for whoever sees all of it.
  const accounts = all.accounts.filter(
    ({ id }) => coversEverything(reach) || groups.some(({ accountId }) => accountId === id),
  )
  const accountsById = new Map(accounts.map((account) => [account.id, account]))
  const byStatus = Object.fromEntries(serverStatuses.map((status) => [status, 0])) as ServerSummary['byStatus']
  let [total, attention] = [0, 0]
  for (const group of groups) {
    const status = toStatus(group.status)
    const accountState = accountsById.get(group.accountId)?.state ?? 'ok'
    const facts = { status, rescue: group.rescue, accountState, typeDeprecatedAt: group.deprecated ? 0 : null }
    total += group.servers
    byStatus[status] += group.servers
    if (attentionOf(facts).length > 0) attention += group.servers
  }
  const counted = (key: 'location' | 'project' | 'environment' | 'typeName') =>
    toFacets(groups.map((group) => ({ value: group[key], servers: group.servers })))
  const synced = accounts.flatMap(({ lastSyncAt }) => (lastSyncAt === null ? [] : [lastSyncAt]))
  const followed = accounts.flatMap(({ pausedAt, lastSyncAt }) => (pausedAt || lastSyncAt === null ? [] : [lastSyncAt]))
  return {
    total,
    byStatus,
    attention,
    facets: {
      accounts: accountFacets(accounts, groups),
      locations: counted('location'),
      projects: counted('project'),
      environments: counted('environment'),
      types: counted('typeName'),
      tags: toFacets(tags.map(({ tag, servers }) => ({ value: tag, servers }))),
    },
    lastSyncAt: synced.length > 0 ? iso(Math.max(...synced)) : null,
    oldestSyncAt: followed.length > 0 ? iso(Math.min(...followed)) : null,
  }
}

function toFacets(values: { value: string; servers: number }[]): Facet[] {
  const counts = new Map<string, number>()
  for (const { value, servers } of values) counts.set(value, (counts.get(value) ?? 0) + servers)
  return [...counts].map(([value, count]) => ({ value, label: value, count })).toSorted(byLabel)
}

function accountFacets(
  accounts: { id: string; name: string }[],
  groups: { accountId: string; servers: number }[],
): Facet[] {
  const counts = new Map<string, number>()
  for (const { accountId, servers } of groups) counts.set(accountId, (counts.get(accountId) ?? 0) + servers)
  return accounts.map(({ id, name }) => ({ value: id, label: name, count: counts.get(id) ?? 0 })).toSorted(byLabel)
}

const byLabel = (a: Facet, b: Facet) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)

import type { Ctx } from '../../context.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { covers, reachOf } from '../../kernel/reach.ts'
import { serverStatuses, type ServerStatus } from '../../provider/provider.ts'
import { resourceOf } from './resource-of.ts'
import { attentionOf, onServers } from './rules.ts'
import type { Server } from './schemas.ts'
import type { AccountRow, OpenOperation, ServerRow } from './server-list.store.ts'

export const toStatus = (word: string): ServerStatus => serverStatuses.find((status) => status === word) ?? 'unknown'

/** Turns rows into servers, with what stands beside them: project, provider, the operation under way. */
export function serverMapper(ctx: Ctx, accounts: readonly AccountRow[], open: readonly OpenOperation[]) {
  const accountsById = new Map(accounts.map((account) => [account.id, account]))
  const openByServer = new Map(open.map((operation) => [operation.serverId, operation]))
  const providerNames = new Map(ctx.providers.known().map((provider) => [provider.id, provider.name]))
  const reaches = onServers.map((permission) => ({ permission, reach: reachOf(ctx.actor, permission) }))
  return (row: ServerRow): Server => {
    const resource = resourceOf(row)
    const may = reaches.filter(({ reach }) => covers(reach, resource)).map(({ permission }) => permission)
    const account = accountsById.get(row.accountId)
    const providerId = account?.provider ?? ''
    const status = toStatus(row.status)
    return {
      id: row.id,
      name: row.name,
      displayName: row.displayName,
      status,
      attention: attentionOf({ ...row, status, accountState: account?.state ?? 'ok' }),
      account: { id: row.accountId, name: account?.name ?? '' },
      provider: { id: providerId, name: providerNames.get(providerId) ?? providerId },
      ...specificationOf(row),
      labels: row.labels,
      tags: row.tags ?? [],
      project: row.project,
      environment: row.environment,
      typeDeprecatedAt: isoOrNull(row.typeDeprecatedAt),
      monthlyNet: may.includes('costs:read') ? row.monthlyNet : null,
      currency: row.currency,
      createdAt: iso(row.providerCreatedAt),
      changedAt: iso(row.changedAt),
      deletedAt: isoOrNull(row.deletedAt),
      syncedAt: isoOrNull(account?.lastSyncAt),
      operation: toOperationBrief(openByServer.get(row.id)),
      may,
    }
  }
}

const specificationOf = (row: ServerRow) => ({
  typeName: row.typeName,
  architecture: row.architecture,
  cores: row.cores,
  memoryMb: row.memoryMb,
  diskGb: row.diskGb,
  location: row.location,
  country: row.country,
  imageName: row.imageName,
  ipv4: row.ipv4,
  ipv6: row.ipv6,
  privateIps: row.privateIps,
  backups: row.backups,
  locked: row.locked,
  deleteProtected: row.deleteProtected,
  rescue: row.rescue,
  ownerLocked: row.ownerLockedAt !== null,
})

function toOperationBrief(operation: OpenOperation | undefined): Server['operation'] {
  if (!operation) return null
  const { id, action, status, progress, actorName, startedAt } = operation
  return { id, action, status, progress, actorName, startedAt: iso(startedAt) }
}

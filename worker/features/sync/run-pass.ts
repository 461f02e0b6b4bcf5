import type { Ctx } from '../../context.ts'
import { newId } from '../../kernel/id.ts'
import { ProviderError, type Priority, type Provider } from '../../provider/provider.ts'
import { openProviderOf } from '../accounts/index.ts'
import { endedPass, failedPass, type Pass } from './pass.ts'
import { findGone } from './find-gone.ts'
import { finishPass, type FinishedPass } from './finish-pass.ts'
import { listAllServers } from './list-all-servers.ts'
import { findKnown, writeMirror, type KnownServer, type MirrorChanges, type MirroredServer } from './mirror.store.ts'
import { lookAtServers, type ServerNames } from './outside/look-at-servers.ts'
import type { LeasedAccount } from './pass.store.ts'
import { readPrices } from './read-prices.ts'
import { shouldLookOutside } from './rules.ts'
import { toMirrored } from './to-row.ts'

/** One pass over a leased account; never throws, whatever it met is in the report and in the account's state. */
export async function runPass(ctx: Ctx, account: LeasedAccount, priority: Priority): Promise<FinishedPass> {
  let pass: Pass
  try {
    pass = await readAndStore(ctx, account, await openProviderOf(ctx, account, priority))
  } catch (error) {
    pass = failedPass(error, account)
  }
  return finishPass(ctx, account, pass)
}

async function readAndStore(ctx: Ctx, account: LeasedAccount, provider: Provider): Promise<Pass> {
  const readAt = account.lastSyncStartedAt
  const [known, listing, prices] = await Promise.all([
    findKnown(ctx, account.id),
    listAllServers(provider),
    readPrices(ctx, account, provider),
  ])
  const servers = listing.servers.map((server) => toMirrored(server, prices.currency))
  const { gone, requests: proofs } = await findGone(provider, known, listing)
  const upserts = changesAgainst(ctx, known, servers)
  const written = await writeMirror(ctx, { accountId: account.id, readAt, upserts, gone })
  const names = namesOf(known, upserts)
  const outside = await lookOutside(ctx, account, provider, names, written.changed.length + written.deleted.length)
  const requests = listing.requests + prices.requests + proofs + outside.requests
  return endedPass({ account, listing, servers, written, requests, unfinished: outside.more })
}

function namesOf(known: readonly KnownServer[], upserts: MirrorChanges['upserts']): ServerNames {
  const names = new Map(known.map(({ providerId, id, name }) => [providerId, { id, name }]))
  for (const { id, server } of upserts) names.set(server.providerId, { id, name: server.name })
  return names
}

/** What differs from the stored mirror; everything else is not even sent to the database. */
function changesAgainst(ctx: Ctx, known: readonly KnownServer[], servers: readonly MirroredServer[]) {
  const stored = new Map(known.map((server) => [server.providerId, server]))
  return servers.flatMap((server) => {
    const before = stored.get(server.providerId)
    if (before && before.digest === server.digest && before.deletedAt === null) return []
    const moved = !before || before.name !== server.name || before.deletedAt !== null
    return [{ id: before?.id ?? newId('srv', ctx.clock.now()), server, moved }]
  })
}

/** What others did is worth knowing, but no reason to call a pass incomplete. */
async function lookOutside(ctx: Ctx, account: LeasedAccount, provider: Provider, names: ServerNames, changed: number) {
  if (!shouldLookOutside(changed, account.unchangedPasses, account.lastSyncAt)) return { requests: 0, more: false }
  try {
    return await lookAtServers(ctx, account, provider, names)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { requests: 1, more: true }
  }
}

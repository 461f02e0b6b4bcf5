import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Priority, ProviderServer } from '../../provider/provider.ts'
import { openAccountProvider } from '../accounts/index.ts'
import { findServerOrThrow, writeMirror, type MirrorResult } from './mirror.store.ts'
import { publishServerChanges } from './publish-changes.ts'
import { toMirrored } from './to-row.ts'

export interface RefreshOptions {
  /** A person waits for it, or it ends what a person began. */
  priority?: Priority
}

/**
 * Reads ONE server from the provider and writes what differs: for after an operation, so that nobody waits for the
 * next pass. A server the provider no longer knows is marked deleted.
 * @throws AppError `not_found`, `account_paused`, `provider_*`
 */
export async function refreshServer(
  ctx: Ctx,
  serverId: string,
  { priority = 'person' }: RefreshOptions = {},
): Promise<'unchanged' | 'changed' | 'deleted'> {
  const row = await findServerOrThrow(ctx, serverId)
  const provider = await openAccountProvider(ctx, row.accountId, priority)
  const readAt = ctx.clock.now()
  const found = await orNull(provider.getServer(row.providerId))
  const server = found && toMirrored(found, row.currency)
  const moved = server !== null && (server.name !== row.name || row.deletedAt !== null)
  const upserts = server && (moved || server.digest !== row.digest) ? [{ id: row.id, server, moved }] : []
  const gone = server || row.deletedAt !== null ? [] : [row.id]
  const written = await writeMirror(ctx, { accountId: row.accountId, readAt, upserts, gone })
  publishServerChanges(ctx, [...written.changed, ...written.deleted])
  return outcomeOf(written, server !== null)
}

async function orNull(reading: Promise<ProviderServer>): Promise<ProviderServer | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && error.code === 'provider_not_found') return null
    throw error
  }
}

function outcomeOf({ changed }: MirrorResult, exists: boolean) {
  if (!exists) return 'deleted'
  return changed.length > 0 ? 'changed' : 'unchanged'
}

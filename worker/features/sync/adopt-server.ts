import type { Ctx } from '../../context.ts'
import { newId } from '../../kernel/id.ts'
import { openAccountProvider } from '../accounts/index.ts'
import { writeMirror } from './mirror.store.ts'
import { publishServerChanges } from './publish-changes.ts'
import { toMirrored } from './to-row.ts'

/**
 * Reads a server that has just been made at the provider and takes it into the mirror, so that nobody waits for the next
 * pass. One that a pass was quicker with keeps its id. @throws AppError `account_paused`, `provider_*`
 */
export async function adoptServer(ctx: Ctx, accountId: string, providerId: string): Promise<void> {
  const provider = await openAccountProvider(ctx, accountId, 'person')
  const readAt = ctx.clock.now()
  const found = await provider.getServer(providerId)
  const server = toMirrored(found, null)
  const upserts = [{ id: newId('srv', readAt), server, moved: true }]
  const written = await writeMirror(ctx, { accountId, readAt, upserts, gone: [] })
  publishServerChanges(ctx, written.changed)
}

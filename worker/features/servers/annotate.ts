import type { Ctx } from '../../context.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import type { AuditTarget, Snapshot } from '../../kernel/audit.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate, recordDenial } from '../../kernel/mutate.ts'
import { hasEverywhere } from '../../kernel/reach.ts'
import { getServer } from './get.ts'
import { getServerOrThrow } from './get-or-throw.ts'
import type { MetadataPatch } from './inputs.ts'
import { resourceOf } from './resource-of.ts'
import type { ServerDetail } from './schemas.ts'
import { selectMetadata, upsertMetadata, type ServerMetadata } from './server-metadata.store.ts'

const act = { action: 'server.annotate', permission: 'servers:annotate' } as const

/**
 * Changes what people add to a server (P4.2): only the fields that are present. No sync touches them, the provider
 * never sees them. Needs `servers:annotate`.
 */
export async function annotateServer(ctx: Ctx, serverId: string, patch: MetadataPatch): Promise<ServerDetail> {
  if (!explain(ctx.actor, 'servers:read').allowed) {
    // Refused before it is looked up: its name is not for whoever may not see it.
    await authorizeOnRecord(ctx, { ...act, target: { type: 'server', id: serverId, name: serverId } })
  }
  const server = await getServerOrThrow(ctx, serverId)
  const target = { type: 'server', id: server.id, name: server.name } as const
  await assertStaysWithin(ctx, patch, target)
  await mutate(ctx, {
    ...act,
    resource: resourceOf(server),
    target,
    run: async (op) => {
      const fields = present(patch)
      const before = await selectMetadata(ctx.db, server.id)
      const by = { updatedAt: op.startedAt, updatedBy: actorIdentity(ctx.actor).id }
      await op.commit([upsertMetadata(ctx.db, server.id, fields, by)], {
        before: snapshotOf(before, fields),
        after: snapshotOf({ ...before, ...fields }, fields),
      })
      op.publish({ type: 'server.changed', serverIds: [server.id] })
    },
  })
  return getServer(ctx, serverId)
}

/**
 * Project and environment are what rules are made of: only who may annotate every server may move one from rule to rule.
 * @throws AppError `forbidden`, on the record
 */
async function assertStaysWithin(ctx: Ctx, patch: MetadataPatch, target: AuditTarget): Promise<void> {
  const moves = patch.project !== undefined || patch.environment !== undefined
  const { permission } = act
  if (!moves || !explain(ctx.actor, permission).allowed || hasEverywhere(ctx.actor, permission)) return
  await recordDenial(ctx, { ...act, target })
  throw new AppError('forbidden', {
    message: 'You may not move servers between projects and environments.',
    hint: 'What you may do depends on them. Ask an owner.',
    meta: { permission },
  })
}

function present(patch: MetadataPatch): Partial<ServerMetadata> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}

/** The fields that were asked to change. Of notes only the length: people write down what no log should keep. */
function snapshotOf(metadata: ServerMetadata, fields: Partial<ServerMetadata>): Snapshot {
  const { displayName, project, environment } = metadata
  const all = { displayName, project, environment, tags: metadata.tags.join(', '), notesLength: metadata.notes.length }
  const asked = (key: string) => (key === 'notesLength' ? 'notes' in fields : key in fields)
  return Object.fromEntries(Object.entries(all).filter(([key]) => asked(key)))
}

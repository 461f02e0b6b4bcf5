import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { iso } from '../../kernel/clock.ts'
import { assertRecentlyVerified, getUserOrThrow } from '../identity/index.ts'
import { getServer } from './get.ts'
import { getServerOrThrow } from './get-or-throw.ts'
import type { ServerDetail } from './schemas.ts'
import { deleteOwnerLock, insertOwnerLock, selectOwnerLock } from './owner-lock.store.ts'

/** What an owner lock keeps anybody from doing, on whatever path (DESIGN §6). */
export type Destruction = 'delete' | 'rebuild' | 'resize'

/**
 * Nobody deletes, rebuilds or resizes this server until an owner unlocks it. Needs `servers:lock`.
 * @throws AppError `owner_locked` where it is already
 */
export async function lockServer(ctx: Ctx, serverId: string, reason: string | null): Promise<ServerDetail> {
  const target = await findTarget(ctx, 'server.lock', serverId)
  await mutate(ctx, {
    action: 'server.lock',
    permission: 'servers:lock',
    target,
    reason: reason ?? undefined,
    run: async (op) => {
      const lock = { serverId, reason, lockedAt: op.startedAt, lockedBy: getUserOrThrow(ctx).id }
      await op.commit(insertOwnerLock(ctx.db, lock), { before: { locked: false }, after: { locked: true } })
      op.publish({ type: 'server.changed', serverIds: [serverId] })
    },
  }).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'conflict') await assertNotOwnerLocked(ctx, serverId, target.name)
    throw error
  })
  return getServer(ctx, serverId)
}

/** Needs `servers:lock` and a fresh proof: what was locked is about to be in reach again. @throws `step_up_required` */
export async function unlockServer(ctx: Ctx, serverId: string): Promise<ServerDetail> {
  const target = await findTarget(ctx, 'server.unlock', serverId)
  assertRecentlyVerified(ctx, { action: 'server.unlock', target })
  await mutate(ctx, {
    action: 'server.unlock',
    permission: 'servers:lock',
    target,
    run: async (op) => {
      await op.commit(deleteOwnerLock(ctx.db, serverId), { before: { locked: true }, after: { locked: false } })
      op.publish({ type: 'server.changed', serverIds: [serverId] })
    },
  })
  return getServer(ctx, serverId)
}

/** For every verb that deletes, rebuilds or resizes. @throws AppError `owner_locked` with who, why and since when */
export async function assertNotOwnerLocked(ctx: Ctx, serverId: string, name: string): Promise<void> {
  const lock = await selectOwnerLock(ctx.db, serverId)
  if (!lock) return
  throw new AppError('owner_locked', {
    message: `${name} is locked by ${lock.lockedBy}.`,
    hint: 'An owner can unlock it on its page.',
    meta: { by: lock.lockedBy, since: iso(lock.lockedAt), reason: lock.reason },
  })
}

async function findTarget(ctx: Ctx, action: 'server.lock' | 'server.unlock', serverId: string) {
  const unnamed = { type: 'server', id: serverId, name: '' } as const
  await authorizeOnRecord(ctx, { action, permission: 'servers:lock', target: unnamed })
  const server = await getServerOrThrow(ctx, serverId)
  if (server.deletedAt !== null) throw new AppError('provider_not_found')
  return { ...unnamed, name: server.name }
}

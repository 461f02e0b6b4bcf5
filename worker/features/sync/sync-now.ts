import type { Ctx } from '../../context.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { covers, reachOf } from '../../kernel/reach.ts'
import type { Resource } from '../../kernel/scope.ts'
import { findAccountOrThrow } from '../accounts/index.ts'
import { mapLimited } from './map-limited.ts'
import { findSyncable } from './pass.store.ts'
import type { SyncReport } from './schemas.ts'
import { syncAccount } from './sync-account.ts'

/** Carries the report out of a pass that is on the record as failed. */
class PassFailed extends AppError {
  readonly report: SyncReport
  constructor(report: SyncReport) {
    super(report.errorCode ?? 'internal')
    this.report = report
  }
}

/**
 * A person asks for a fresh look (P3.3). A pass that fails is an answer too: it is in the report, and on the record.
 * @throws AppError `not_found`, `account_paused`
 */
export async function syncNow(ctx: Ctx, accountId: string): Promise<SyncReport> {
  const resource = { accountId }
  if (!explain(ctx.actor, 'accounts:read', resource).allowed) await authorizeOrHide(ctx, resource)
  const account = await findAccountOrThrow(ctx, accountId)
  try {
    return await mutate(ctx, {
      action: 'account.sync',
      permission: 'servers:sync',
      resource,
      target: { type: 'account', id: account.id, name: account.name },
      async run(op) {
        if (account.pausedAt !== null) throw new AppError('account_paused')
        const report = await syncAccount(ctx, accountId, { reason: 'manual' })
        if (report.result === 'failed') throw new PassFailed(report)
        const { result, changed, deleted, servers } = report
        await op.commit([], { after: { result, changed, deleted, servers } })
        return report
      },
    })
  } catch (error) {
    if (error instanceof PassFailed) return error.report
    throw error
  }
}

/**
 * What they may neither see nor sync is not there (DESIGN §6). Before it is looked up: who may sync none at all is
 * refused, on the record, whether it is there or not.
 */
async function authorizeOrHide(ctx: Ctx, resource: Resource): Promise<void> {
  await authorizeOnRecord(ctx, {
    action: 'account.sync',
    permission: 'servers:sync',
    target: { type: 'account', id: resource.accountId, name: resource.accountId },
  })
  if (!explain(ctx.actor, 'servers:sync', resource).allowed) throw notFound('Project')
}

/** Few at once: each pass reads several pages at a time already. */
const concurrency = 3

/** Every connected project that is not paused; one that fails does not keep the others. */
export async function syncAllNow(ctx: Ctx): Promise<{ items: SyncReport[] }> {
  const syncable = await findSyncable(ctx)
  await authorizeOnRecord(
    ctx,
    {
      action: 'account.sync',
      permission: 'servers:sync',
      target: { type: 'instance', id: 'instance', name: 'WebNova' },
    },
    syncable.map(({ id, name }) => ({ type: 'account', id, name })),
  )
  const reach = reachOf(ctx.actor, 'servers:sync')
  const covered = syncable.filter(({ id }) => covers(reach, { accountId: id }))
  const results = await mapLimited(covered, concurrency, async ({ id }) => {
    try {
      return await syncNow(ctx, id)
    } catch (error) {
      // Paused or removed since the list was read.
      if (error instanceof AppError && error.status < 500) return null
      throw error
    }
  })
  return { items: results.filter((report) => report !== null) }
}

import type { Ctx } from '../../context.ts'
import type { AuditEntry } from '../../kernel/audit.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { describeError } from '../../kernel/log.ts'
import { refreshServer } from '../sync/index.ts'
import { selectStartedEntry } from './audit.store.ts'
import { closeOperation, selectPowerTargets, type OperationEnd, type OperationRow } from './operations.store.ts'
import { lockKeyOf } from './run-power.ts'

/**
 * The end of an operation: mirror brought up to date, row closed and last audit row written in one batch, lock freed,
 * dashboards told. Whoever comes second changes nothing.
 * @throws AppError `database_unavailable`; the operation is then still open.
 */
export async function finishOperation(
  ctx: Ctx,
  row: OperationRow,
  end: OperationEnd,
  options: { releaseLock: boolean },
): Promise<void> {
  // First the mirror, then the end: an operation that has succeeded never stands beside the old status.
  const status = await refreshedStatus(ctx, row)
  const finishedAt = ctx.clock.now()
  try {
    const entry = await lastEntry(ctx, row, end, finishedAt, status)
    await ctx.journal.commit(closeOperation(ctx.db, row.id, end, finishedAt), entry)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  }
  if (options.releaseLock) await releaseLock(ctx, row)
  const progress = end.status === 'succeeded' ? 100 : row.progress
  const { id: operationId, serverId } = row
  ctx.live.publish({ type: 'operation.changed', operationId, serverId, status: end.status, progress })
  ctx.live.publish({ type: 'server.changed', serverIds: [serverId] })
  ctx.live.publish({ type: 'audit.appended' })
}

/** Best effort: the next sync sees it too. */
async function refreshedStatus(ctx: Ctx, row: OperationRow): Promise<string | null> {
  try {
    await refreshServer(ctx, row.serverId)
    const [server] = await selectPowerTargets(ctx.db, [row.serverId])
    return server?.status ?? null
  } catch (error) {
    ctx.log.warn('operation.refresh_failed', { operationId: row.id, error: describeError(error) })
    return null
  }
}

async function lastEntry(
  ctx: Ctx,
  row: OperationRow,
  end: OperationEnd,
  at: number,
  status: string | null,
): Promise<AuditEntry> {
  const started = await selectStartedEntry(ctx.db, row.id)
  return {
    id: newId('aud', at),
    operationId: row.id,
    at,
    phase: end.status,
    action: row.action,
    actorKind: row.actorKind,
    actorId: row.actorId,
    actorName: row.actorName,
    targetType: 'server',
    targetId: row.serverId,
    targetName: started?.targetName ?? row.serverName,
    reason: started?.reason ?? null,
    errorCode: end.errorCode,
    source: 'system',
    ip: null,
    userAgent: null,
    requestId: row.requestId,
    before: null,
    after: status === null ? null : { status },
    keyId: started?.keyId ?? null,
    keyName: started?.keyName ?? null,
  }
}

/** A lock that cannot be told frees itself: its alarm finds the operation ended. */
async function releaseLock(ctx: Ctx, row: OperationRow): Promise<void> {
  try {
    await ctx.locks.release({ key: lockKeyOf(row.serverId), operationId: row.id })
  } catch (error) {
    ctx.log.warn('lock.release_failed', { operationId: row.id, error: describeError(error) })
  }
}

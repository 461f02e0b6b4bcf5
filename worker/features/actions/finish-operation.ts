import type { Ctx } from '../../context.ts'
import type { AuditEntry } from '../../kernel/audit.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { describeError } from '../../kernel/log.ts'
import { refreshServer } from '../sync/index.ts'
import { selectBeginning } from './audit.store.ts'
import { closeOperation, selectPowerTargets, type OperationEnd, type OperationRow } from './operations.store.ts'
import { lockOf } from './rules.ts'

/**
 * The end of an operation: mirrors brought up to date, row closed and last audit row written in one batch, lock freed,
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
  if (serverId !== null) {
    ctx.live.publish({ type: 'operation.changed', operationId, serverId, status: end.status, progress })
    ctx.live.publish({ type: 'server.changed', serverIds: [serverId] })
  }
  ctx.live.publish({ type: 'audit.appended' })
}

/** Best effort: the next sync sees it too. */
async function refreshedStatus(ctx: Ctx, row: OperationRow): Promise<string | null> {
  await ctx.mirror.noteEnd(row.accountId)
  if (row.serverId === null) return null
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
  const { started, accepted } = await selectBeginning(ctx.db, row.id)
  const after = { ...(row.command === null ? {} : accepted?.after), ...(status === null ? {} : { status }) }
  return {
    id: newId('aud', at),
    operationId: row.id,
    at,
    phase: end.status,
    action: row.action,
    actorKind: row.actorKind,
    actorId: row.actorId,
    actorName: row.actorName,
    ...targetOf(row, started),
    reason: started?.reason ?? null,
    errorCode: end.errorCode,
    source: 'system',
    ip: null,
    userAgent: null,
    requestId: row.requestId,
    before: null,
    after: Object.keys(after).length === 0 ? null : after,
    keyId: started?.keyId ?? null,
    keyName: started?.keyName ?? null,
  }
}

/** What was created is known by the end, and its history begins with it. */
function targetOf(row: OperationRow, started: AuditEntry | undefined) {
  const { serverId, serverName } = row
  if (started && (serverId === null || row.action !== 'server.create')) {
    const { targetType, targetId, targetName } = started
    return { targetType, targetId, targetName }
  }
  if (serverId === null) return { targetType: 'account' as const, targetId: row.accountId, targetName: '' }
  return { targetType: 'server' as const, targetId: serverId, targetName: serverName ?? '' }
}

/** A lock that cannot be told frees itself: its alarm finds the operation ended. */
async function releaseLock(ctx: Ctx, row: OperationRow): Promise<void> {
  try {
    await ctx.locks.release(lockOf(row))
  } catch (error) {
    ctx.log.warn('lock.release_failed', { operationId: row.id, error: describeError(error) })
  }
}

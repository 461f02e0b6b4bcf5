import { iso, isoOrNull } from '../../kernel/clock.ts'
import type { ErrorCode } from '../../kernel/errors.ts'
import type { OperationRow } from './operations.store.ts'
import { toPowerAction } from './rules.ts'
import type { Operation } from './schemas.ts'

/** An operation as it leaves the API. */
export const toOperation = (row: OperationRow): Operation => ({
  id: row.id,
  serverId: row.serverId,
  serverName: row.serverName,
  action: toPowerAction(row.action),
  status: row.status,
  progress: row.progress,
  actorName: row.actorName,
  startedAt: iso(row.startedAt),
  finishedAt: isoOrNull(row.finishedAt),
  errorCode: row.errorCode as ErrorCode | null,
  errorMessage: row.errorMessage,
})

import type { AuditAction } from '../../kernel/audit.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import type { ErrorCode } from '../../kernel/errors.ts'
import type { ServerOperationRow } from './operations.store.ts'
import { operationActions, type Operation, type OperationAction } from './schemas.ts'

/** An operation as it leaves the API. */
export const toOperation = (row: ServerOperationRow): Operation => ({
  id: row.id,
  serverId: row.serverId,
  serverName: row.serverName,
  action: toWord(row.action),
  status: row.status,
  progress: row.progress,
  actorName: row.actorName,
  startedAt: iso(row.startedAt),
  finishedAt: isoOrNull(row.finishedAt),
  errorCode: row.errorCode as ErrorCode | null,
  errorMessage: row.errorMessage,
})

/** `server.rebuild`, as the record calls it, → `rebuild`. */
const toWord = (action: AuditAction): OperationAction =>
  operationActions.find((word) => action === `server.${word}`) ?? 'other'

import type { Ctx } from '../../context.ts'
import { toAppError } from '../../db/index.ts'
import { authorize } from '../../kernel/authorize.ts'
import { notFound } from '../../kernel/errors.ts'
import { reachOf } from '../../kernel/reach.ts'
import { selectServerOperation } from './operations.store.ts'
import type { Operation } from './schemas.ts'
import { toOperation } from './to-operation.ts'

/** @throws AppError `not_found`. Needs `servers:read`. */
export async function getOperation(ctx: Ctx, operationId: string): Promise<Operation> {
  authorize(ctx.actor, 'servers:read')
  const reach = reachOf(ctx.actor, 'servers:read')
  const row = await selectServerOperation(ctx.db, operationId, reach).catch((error: unknown) => {
    throw toAppError(error)
  })
  if (!row) throw notFound('Operation')
  return toOperation(row)
}

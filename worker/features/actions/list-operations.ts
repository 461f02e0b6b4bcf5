import type { Ctx } from '../../context.ts'
import { toAppError } from '../../db/index.ts'
import { authorize } from '../../kernel/authorize.ts'
import type { Page } from '../../kernel/page.ts'
import { reachOf } from '../../kernel/reach.ts'
import { selectOperations } from './operations.store.ts'
import type { ListOperationsInput, Operation } from './schemas.ts'
import { toOperation } from './to-operation.ts'

/** Newest first, of one server or of all. Needs `servers:read`. */
export async function listOperations(ctx: Ctx, filter: ListOperationsInput): Promise<Page<Operation>> {
  authorize(ctx.actor, 'servers:read')
  const page = await selectOperations(ctx.db, filter, reachOf(ctx.actor, 'servers:read')).catch((error: unknown) => {
    throw toAppError(error)
  })
  return { items: page.items.map(toOperation), nextCursor: page.nextCursor }
}

import type { Ctx } from '../../../context.ts'
import type { Statement } from '../../../db/index.ts'
import type { CommitOptions, Operation } from '../../../kernel/mutate.ts'
import { selectSessionsEndedBy } from './policy.store.ts'

/** Commits a change together with the end of what it no longer allows, and tells those dashboards. @returns how many */
export async function commitEnding(
  ctx: Ctx,
  op: Operation<Statement>,
  statements: Statement[],
  options: CommitOptions,
): Promise<number> {
  await op.commit(statements, options)
  const sessionIds = await selectSessionsEndedBy(ctx.db, op.id)
  if (sessionIds.length > 0) op.publish({ type: 'session.ended', sessionIds })
  return sessionIds.length
}

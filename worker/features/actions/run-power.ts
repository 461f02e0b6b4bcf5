import type { Ctx } from '../../context.ts'
import type { Statement } from '../../db/index.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import { iso } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { mutate, type Ending, type Operation as Change, type OperationFacts } from '../../kernel/mutate.ts'
import type { PowerAction, Provider, ProviderAction } from '../../provider/provider.ts'
import { resourceOf } from '../servers/index.ts'
import { refreshServer } from '../sync/index.ts'
import { endOf } from './endings.ts'
import { newRow } from './new-row.ts'
import {
  acceptOperation,
  closeOperation,
  forgetOperation,
  insertOperation,
  markLost,
  type PowerTarget,
} from './operations.store.ts'
import {
  deadlineMs,
  firstLookMs,
  isPointless,
  lockKeyOf,
  pollDelayMs,
  toAuditAction,
  wrongStateError,
} from './rules.ts'
import type { Operation } from './schemas.ts'

/**
 * One power action on one server, on the one path of a change. The operation and its `started` row stand before the
 * provider is called, so that whatever dies on the way is found again (follow-operation.ts).
 */
export function runPower(
  ctx: Ctx,
  server: PowerTarget,
  action: PowerAction,
  open: (accountId: string) => Promise<Provider>,
): Promise<Operation> {
  let accepted: ProviderAction | null = null
  const own = { accountId: server.accountId, action: toAuditAction(action), command: null }
  const work = mutate<Statement, Operation>(ctx, {
    action: own.action,
    permission: 'servers:power',
    target: { type: 'server', id: server.id, name: server.name },
    resource: resourceOf(server),
    lock: { key: lockKeyOf(server.id), ms: firstLookMs },
    begin: (facts) => [insertOperation(ctx.db, newRow(ctx, facts, { ...own, serverId: server.id, deadlineMs }))],
    run: async (op) => {
      try {
        const provider = await open(server.accountId)
        await refusePointless(provider, server, action)
        accepted = await op.perform(() => provider.power(server.providerId, action))
        return await accept(ctx, op, server, action, accepted)
      } catch (error) {
        if (error instanceof AppError && error.code === 'provider_not_found') ctx.defer(noteGone(ctx, server))
        throw explain(error, op.id)
      } finally {
        op.publish({ type: 'server.changed', serverIds: [server.id] })
      }
    },
    end: (facts, ending) => endStatements(ctx, facts, ending, accepted?.providerActionId ?? null),
  })
  // Somebody who closes the page in the middle does not stop it half-way.
  ctx.defer(work.catch(() => undefined))
  return work
}

/** Only what is certain: the mirror may be old, so the provider is asked before anything is refused. */
async function refusePointless(provider: Provider, server: PowerTarget, action: PowerAction): Promise<void> {
  if (!isPointless(action, server.status)) return
  const status = await provider.getServer(server.providerId).then(
    (seen) => seen.status,
    () => null,
  )
  if (status !== null && isPointless(action, status)) throw wrongStateError(action, status)
}

/** A graceful stop has only been signalled by now, and a failure is told with its reason: the follow-up ends both. */
async function accept(
  ctx: Ctx,
  op: Change<Statement>,
  server: PowerTarget,
  action: PowerAction,
  { providerActionId, status, progress }: ProviderAction,
): Promise<Operation> {
  const now = ctx.clock.now()
  const isDone = status === 'succeeded' && action !== 'stop'
  const running = { providerActionId, progress: Math.min(progress, 99), nextPollAt: now + pollDelayMs(0) }
  const statements = acceptOperation(ctx.db, op.id, running)
  if (isDone) statements.push(...closeOperation(ctx.db, op.id, endOf('succeeded'), now))
  await op.commit(statements, {
    phase: isDone ? 'succeeded' : 'accepted',
    before: { status: server.status },
    after: { providerActionId },
  })
  const state = isDone
    ? { status: 'succeeded' as const, progress: 100, finishedAt: iso(now) }
    : { status: 'running' as const, progress: running.progress, finishedAt: null }
  op.publish({
    type: 'operation.changed',
    operationId: op.id,
    serverId: server.id,
    status: state.status,
    progress: state.progress,
  })
  return {
    id: op.id,
    serverId: server.id,
    serverName: server.name,
    action,
    ...state,
    actorName: actorIdentity(ctx.actor).name,
    startedAt: iso(op.startedAt),
    errorCode: null,
    errorMessage: null,
  }
}

/** Deleted at the provider while its page was open: the mirror need not wait for the next pass to say so. */
const noteGone = (ctx: Ctx, server: PowerTarget): Promise<unknown> =>
  refreshServer(ctx, server.id).catch((error: unknown) => {
    ctx.log.warn('operation.refresh_failed', { serverId: server.id, error: describeError(error) })
  })

/** The dashboard follows a lost outcome by the operation's id. */
function explain(error: unknown, operationId: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'outcome_unknown') return error
  return new AppError('outcome_unknown', { cause: error.cause, detail: error.detail, meta: { operationId } })
}

function endStatements(ctx: Ctx, facts: OperationFacts, ending: Ending, providerActionId: string | null): Statement[] {
  const now = ctx.clock.now()
  switch (ending.phase) {
    case 'refused':
      return [forgetOperation(ctx.db, facts.id)]
    case 'failed':
      return closeOperation(ctx.db, facts.id, endOf('failed', ending.errorCode), now)
    case 'unknown':
      return [markLost(ctx.db, facts.id, providerActionId, now)]
  }
}

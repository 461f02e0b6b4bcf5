import type { Statement } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Operation as Change } from '../../kernel/mutate.ts'
import { fillPath, filterAnswer } from '../../provider/hetzner/operations/index.ts'
import type { ForwardAnswer } from '../../provider/provider.ts'
import { openAccountForward } from '../accounts/index.ts'
import { acceptTool, followTool, isUnderWay, type ToldAction, type ToolOperation } from '../actions/index.ts'
import { noteOwnActions } from '../sync/index.ts'
import { adoptQuietly } from './adopt.ts'
import { snapshotOf } from './audit-facts.ts'
import { shown } from './read.ts'
import { passedHeaders } from './read-for-mirror.ts'
import type { GatewayAnswer, GatewayRequest } from './request.ts'
import type { Sight } from './sight.ts'
import { toldActions } from './told-actions.ts'

/** The provider's own refusal: on the record as what it is, and told to the client as it came. */
export class ProviderRefused extends AppError {
  readonly answer: ForwardAnswer

  constructor(answer: ForwardAnswer) {
    super(codeOf(answer.status), { detail: `HTTP ${answer.status}` })
    this.answer = answer
  }
}

/** A 503 is refused at the door; behind any other 5xx the work may have been done. */
function codeOf(status: number) {
  if (status < 500) return 'provider_rejected'
  return status === 503 ? 'provider_unavailable' : 'outcome_unknown'
}

/** Sends it once, records what came of it, and has followed to its end what the provider has only begun. */
export async function send(
  request: GatewayRequest,
  sight: Sight,
  body: unknown,
  op: Change<Statement>,
  what: ToolOperation,
): Promise<GatewayAnswer> {
  const { ctx, accountId, operation, ids, clean } = request
  const forward = await openAccountForward(ctx, accountId, 'person')
  await ctx.mirror.noteWrite(accountId)
  const path = fillPath(operation, ids)
  const answer = await op.perform(async () => {
    const told = await forward({ method: operation.method, path, query: clean.query, body })
    if (told.status >= 400) throw new ProviderRefused(told)
    return told
  })
  const result: unknown = answer.text === '' ? undefined : JSON.parse(answer.text)
  const actions = toldActions(result)
  await record(request, op, what, actions)
  await follow(request, sight, op, what, { actions, result })
  if (result === undefined) return { status: answer.status, headers: passedHeaders(answer.headers), body: null }
  const seen = sight.seesAll() ? result : await sight.look((visible) => filterAnswer(operation, result, visible))
  const headers = passedHeaders(answer.headers)
  return { status: answer.status, headers, body: JSON.stringify(shown(request, sight, seen)) }
}

async function record(
  request: GatewayRequest,
  op: Change<Statement>,
  what: ToolOperation,
  actions: readonly ToldAction[],
): Promise<void> {
  const { ctx, accountId } = request
  const ids = actions.map(({ id }) => id)
  const statements = [
    ...noteOwnActions(ctx, accountId, ids),
    ...acceptTool(ctx, op, what, actions, what.serverId !== null),
  ]
  const after = { ...snapshotOf(request), ...(ids[0] ? { providerActionId: ids[0] } : {}) }
  const followed = isUnderWay(actions)
  await op.commit(statements, { phase: followed ? 'accepted' : 'succeeded', after })
  const { serverId } = what
  if (serverId === null) return
  const [status, progress] = followed ? ['running', actions[0]?.progress ?? 0] : ['succeeded', 100]
  op.publish({
    type: 'operation.changed',
    operationId: op.id,
    serverId,
    status: String(status),
    progress: Number(progress),
  })
  op.publish({ type: 'server.changed', serverIds: [serverId] })
}

/** The lock of a server that was there follows by itself; what was made, and what locks nothing, needs a follower. */
async function follow(
  { ctx, operation, ...rest }: GatewayRequest,
  sight: Sight,
  op: Change<Statement>,
  what: ToolOperation,
  { actions, result }: { actions: readonly ToldAction[]; result: unknown },
): Promise<void> {
  const created = operation.creates === 'server' ? createdIdOf(result) : null
  if (created !== null) {
    await adoptQuietly({ ctx, operation, ...rest }, String(created))
    sight.forgetServers()
  }
  if (!isUnderWay(actions) || what.serverId !== null) return
  const server = created === null ? null : await sight.server(created)
  if (server) await followTool(ctx, op, what, server.id)
  else ctx.defer(followTool(ctx, op, what, null))
}

function createdIdOf(result: unknown): number | null {
  const server = (result as { server?: { id?: unknown } } | undefined)?.server
  return typeof server?.id === 'number' ? server.id : null
}

import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { mutate, recordDenial, type Mutation } from '../../kernel/mutate.ts'
import type { Statement } from '../../db/index.ts'
import { commandOf, lockedServer, type Operation } from '../../provider/hetzner/operations/index.ts'
import type { ForwardAnswer } from '../../provider/provider.ts'
import { beginTool, endTool, toolLock, type ToolOperation } from '../actions/index.ts'
import { requestApproval, takeApproval } from '../api-keys/index.ts'
import { assertNotOwnerLocked, resourceOf } from '../servers/index.ts'
import { refreshServer } from '../sync/index.ts'
import { adoptQuietly } from './adopt.ts'
import { auditActionOf, auditTargetOf, snapshotOf } from './audit-facts.ts'
import { checkReferences, lacking } from './check-references.ts'
import type { KnownServer } from './facts.store.ts'
import { holderOf } from './holder.ts'
import { prepareBody } from './prepare-body.ts'
import { pass } from './read.ts'
import { passedHeaders } from './read-for-mirror.ts'
import type { GatewayAnswer, GatewayRequest } from './request.ts'
import { onceOnly } from './repeats.ts'
import { ProviderRefused, send } from './send.ts'
import { notThere, type Sight } from './sight.ts'

/**
 * A write on the one path of a change (DESIGN §4, §10): everything it names is checked, then it is recorded, locked, sent
 * once, and recorded again. What it began goes on at the provider, and is followed there to its end: until then its
 * server is locked, and the record says that it was accepted.
 * @throws AppError `forbidden` (on the record), `not_found`, `locked`, `owner_locked`, `approval_required`, `provider_*`
 */
export async function write(request: GatewayRequest, sight: Sight): Promise<GatewayAnswer> {
  const { ctx, operation, accountId } = request
  const server = await checked(request, sight, () => serverOf(request, sight))
  const { permission } = operation
  const target = auditTargetOf(request, server)
  const action = auditActionOf(request)
  const body = await checked(request, sight, async () => {
    await checkReferences(request, sight)
    return prepareBody(request, sight)
  })
  const work = onceOnly(request, async () => {
    if (server && operation.ownerLock) await assertNotOwnerLocked(ctx, server.id, server.name)
    await assertApproved(request, target)
    const lockOn = await lockedOf(request, sight, server)
    const what = { accountId, serverId: lockOn?.id ?? null, action, command: commandOf(operation) }
    const mutation = {
      action,
      permission,
      target,
      intent: snapshotOf(request),
      ...(server ? { resource: resourceOf(server) } : {}),
      ...(lockOn ? { lock: toolLock(lockOn.id) } : {}),
    }
    return carryOut(request, sight, body, what, mutation).finally(async () => {
      await ctx.mirror.noteWrite(accountId)
      if (server) ctx.defer(refreshQuietly(request, server))
    })
  })
  // A client that goes away in the middle does not stop it half-way.
  ctx.defer(work.catch(() => undefined))
  return work
}

async function carryOut(
  request: GatewayRequest,
  sight: Sight,
  body: unknown,
  what: ToolOperation,
  mutation: Omit<Mutation<Statement, GatewayAnswer>, 'run' | 'begin' | 'end'>,
): Promise<GatewayAnswer> {
  const { ctx, operation } = request
  let answered = false
  try {
    return await mutate<Statement, GatewayAnswer>(ctx, {
      ...mutation,
      ...(mutation.lock ? { begin: (facts) => beginTool(ctx, facts, what) } : {}),
      run: (op) =>
        send(request, sight, body, op, what).catch((error: unknown) => {
          answered ||= error instanceof ProviderRefused
          throw error
        }),
      ...(mutation.lock
        ? { end: (facts, ending) => endTool(ctx, facts, ending, !answered || isTwice(operation)) }
        : {}),
    })
  } catch (error) {
    if (error instanceof ProviderRefused && !invitesTwice(operation, error)) return pass(toMirrorAnswer(error.answer))
    throw error
  }
}

const toMirrorAnswer = ({ status, headers, text }: ForwardAnswer) => ({
  status,
  headers: passedHeaders(headers),
  body: text,
})

const isTwice = ({ repeat }: Pick<Operation, 'repeat'>): boolean => repeat === 'twice'

/**
 * The clients repeat by themselves after these (FACTS §3). What may have been done, and would be done once more, is not
 * told in words that make them.
 */
const invitesTwice = (operation: Operation, { answer }: ProviderRefused): boolean =>
  isTwice(operation) && (answer.status === 502 || answer.status === 504)

/** A refusal by what is decided here leaves the same row as one by the permission itself. */
async function checked<T>(request: GatewayRequest, sight: Sight, check: () => Promise<T>): Promise<T> {
  const { ctx, operation } = request
  try {
    if (sight.coverage(operation.permission) === 'none') throw lacking(operation.permission)
    return await check()
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      const act = { action: auditActionOf(request), permission: operation.permission }
      await recordDenial(ctx, { ...act, target: auditTargetOf(request, null) })
    }
    throw error
  }
}

/**
 * The server in the path. One that no pass has seen yet is read first, for who has all of the project; whether there is
 * none is then Hetzner's to tell.
 */
async function serverOf(request: GatewayRequest, sight: Sight): Promise<KnownServer | null> {
  const { clean, operation } = request
  const named = clean.references.find(({ where, kind }) => where.startsWith('path.') && kind === 'server')
  if (named?.by !== 'id') return null
  const server = await sight.server(named.id)
  if (server) return server
  if (sight.coverage(operation.permission) !== 'all') throw notThere('server')
  await adoptQuietly(request, String(named.id))
  sight.forgetServers()
  return sight.server(named.id)
}

/** "Approve on my phone" (DESIGN §5): a key made so asks its person before it destroys. @throws `approval_required` */
async function assertApproved(request: GatewayRequest, target: ReturnType<typeof auditTargetOf>): Promise<void> {
  const { ctx, actor, operation, hash } = request
  if (!operation.isDestructive || actor.key?.stepUp !== 'destructive') return
  if (await takeApproval(ctx, hash)) return
  const about = { action: auditActionOf(request), target }
  throw await requestApproval(ctx, { operation: operation.key, requestHash: hash, about })
}

async function lockedOf(
  request: GatewayRequest,
  sight: Sight,
  server: KnownServer | null,
): Promise<KnownServer | null> {
  const locked = lockedServer(request.operation, request.clean.references)
  if (locked === null) return null
  if (locked !== 'holder') return server ?? (await sight.server(locked))
  const holder = await holderOf(request)
  return holder === null ? null : sight.server(holder)
}

/** Best effort: the next sync sees it too. */
async function refreshQuietly({ ctx }: GatewayRequest, server: KnownServer): Promise<void> {
  try {
    await refreshServer(ctx, server.id)
  } catch (error) {
    ctx.log.warn('gateway.refresh_failed', { serverId: server.id, error: describeError(error) })
  }
}

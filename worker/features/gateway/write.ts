import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { mutate, recordDenial, type Operation as Change } from '../../kernel/mutate.ts'
import { minutes } from '../../kernel/clock.ts'
import type { Statement } from '../../db/index.ts'
import { fillPath, filterAnswer, lockedServer } from '../../provider/hetzner/operations/index.ts'
import type { ForwardAnswer } from '../../provider/provider.ts'
import { openAccountForward } from '../accounts/index.ts'
import { requestApproval, takeApproval } from '../api-keys/index.ts'
import { assertNotOwnerLocked, resourceOf } from '../servers/index.ts'
import { adoptServer, noteOwnActions, refreshServer } from '../sync/index.ts'
import { auditActionOf, auditTargetOf, snapshotOf } from './audit-facts.ts'
import { checkReferences, lacking } from './check-references.ts'
import type { KnownServer } from './facts.store.ts'
import { holderOf } from './holder.ts'
import { assertSameReach, readLabels, stampLabels } from './labels.ts'
import { pass, shown } from './read.ts'
import { passedHeaders } from './read-for-mirror.ts'
import type { GatewayAnswer, GatewayRequest } from './request.ts'
import { notThere, type Kind, type Sight } from './sight.ts'

/** When a lock's alarm first looks after a request that has said nothing, ms. */
const lockMs = minutes(1)

/** The provider's own refusal: on the record as failed, and told to the client as it came. */
class ProviderRefused extends AppError {
  readonly answer: ForwardAnswer

  constructor(answer: ForwardAnswer) {
    super(answer.status >= 500 ? 'provider_unavailable' : 'provider_rejected', { detail: `HTTP ${answer.status}` })
    this.answer = answer
  }
}

/**
 * A write on the one path of a change (DESIGN §4, §10): everything it names is checked, then it is recorded, locked, sent
 * once, and recorded again. What it began goes on at the provider; the row says that it was accepted there.
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
  if (server && operation.ownerLock) await assertNotOwnerLocked(ctx, server.id, server.name)
  await assertApproved(request, target)
  const lockOn = await lockedOf(request, sight, server)
  try {
    return await mutate<Statement, GatewayAnswer>(ctx, {
      action,
      permission,
      target,
      ...(server ? { resource: resourceOf(server) } : {}),
      ...(lockOn ? { lock: { key: `server:${lockOn.id}`, ms: lockMs } } : {}),
      run: (op) => send(request, sight, body, op),
    })
  } catch (error) {
    if (error instanceof ProviderRefused) return pass(toMirrorAnswer(error.answer))
    throw error
  } finally {
    await ctx.mirror.noteWrite(accountId)
    if (server) ctx.defer(refreshQuietly(request, server))
  }
}

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

/** The labels it may have: stamped where it is created, unmoved where it is changed. */
async function prepareBody(request: GatewayRequest, sight: Sight): Promise<unknown> {
  const { operation, actor, accountId, clean } = request
  const needed = operation.alsoNeeds
  if (needed && !operation.creates && sight.coverage(needed) !== 'all') throw lacking(needed)
  if (operation.creates) {
    const permission = needed ?? operation.permission
    if (sight.coverage(permission) === 'none') throw lacking(permission)
    if (sight.coverage(permission) === 'all') return clean.body
    if (operation.labels !== 'stamp') throw lacking(permission)
    const given = labelsIn(clean.body)
    return { ...(clean.body as object), labels: stampLabels(actor, permission, accountId, given ?? {}) }
  }
  if (operation.labels !== 'replace') return clean.body
  const labels = labelsIn(clean.body)
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  if (!labels || named?.by !== 'id') return clean.body
  const before = await sight.resource(named.kind as Kind, named.id)
  if (before) assertSameReach(actor, accountId, before, labels)
  return clean.body
}

/** Labels of any other form are refused here: nothing that cannot be read is compared with a rule. */
function labelsIn(body: unknown): Record<string, string> | null {
  if (typeof body !== 'object' || body === null || !('labels' in body) || body.labels == null) return null
  const labels = readLabels(body.labels)
  if (labels) return labels
  throw new AppError('invalid_input', { fields: [{ path: 'labels', message: 'must be an object of texts' }] })
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

async function send(
  request: GatewayRequest,
  sight: Sight,
  body: unknown,
  op: Change<Statement>,
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
  const actions = actionIdsOf(result)
  const after = { ...snapshotOf(request), accepted: true, ...(actions[0] ? { providerActionId: actions[0] } : {}) }
  await op.commit(noteOwnActions(ctx, accountId, actions), { after })
  const created = operation.creates === 'server' ? createdIdOf(result) : null
  if (created) await adoptQuietly(request, created)
  if (result === undefined) return { status: answer.status, headers: passedHeaders(answer.headers), body: null }
  const seen = sight.seesAll() ? result : await sight.look((visible) => filterAnswer(operation, result, visible))
  const headers = passedHeaders(answer.headers)
  return { status: answer.status, headers, body: JSON.stringify(shown(request, sight, seen)) }
}

const toMirrorAnswer = ({ status, headers, text }: ForwardAnswer) => ({
  status,
  headers: passedHeaders(headers),
  body: text,
})

/** Of every action an answer tells of: the provider's record of them is not taken for somebody else's doing. */
function actionIdsOf(result: unknown): string[] {
  if (typeof result !== 'object' || result === null) return []
  const { action, actions, next_actions: next } = result as Record<string, unknown>
  const list = [action, ...(Array.isArray(actions) ? actions : []), ...(Array.isArray(next) ? next : [])]
  return list.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'number' ? [String(one.id)] : [],
  )
}

function createdIdOf(result: unknown): string | null {
  const server = (result as { server?: { id?: unknown } } | undefined)?.server
  return typeof server?.id === 'number' ? String(server.id) : null
}

/** What a client has just made, it sees: also one that sees only by our own record of it. */
async function adoptQuietly({ ctx, accountId }: GatewayRequest, providerId: string): Promise<void> {
  try {
    await adoptServer(ctx, accountId, providerId)
  } catch (error) {
    ctx.log.warn('gateway.adopt_failed', { accountId, error: describeError(error) })
  }
}

/** Best effort: the next sync sees it too. */
async function refreshQuietly({ ctx }: GatewayRequest, server: KnownServer): Promise<void> {
  try {
    await refreshServer(ctx, server.id)
  } catch (error) {
    ctx.log.warn('gateway.refresh_failed', { serverId: server.id, error: describeError(error) })
  }
}

import type { Ctx } from '../../context.ts'
import type { UserActor } from '../../kernel/actor.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { permissions, type Permission } from '../../kernel/permissions.ts'
import {
  matchOperation,
  methodsOf,
  readRequest,
  type Match,
  type Operation,
} from '../../provider/hetzner/operations/index.ts'
import { authenticateKey, countKeyRefusal, hourlyBucket, hourlyLimiter, noteKeyUse } from '../api-keys/index.ts'
import { notePermissionUse } from '../users/index.ts'
import { coverageOf } from './coverage.ts'
import { selectAccountIds } from './facts.store.ts'
import { locate, type Location } from './locate.ts'
import { nameToId } from './name-to-id.ts'
import { read } from './read.ts'
import type { GatewayAnswer, GatewayRequest } from './request.ts'
import { Sight } from './sight.ts'
import { write } from './write.ts'

export interface Received {
  method: string
  /** The whole address, as it came. */
  url: string
  authorization: string | null
  cacheControl: string | null
  idempotencyKey: string | null
  readBody: () => Promise<string>
  /** A secret that opens nothing counts against the address it came from, as a guess. @throws AppError `rate_limited` */
  countRefusal: () => Promise<void>
}

/**
 * One request of one of Hetzner's own clients: route, key, limits, project, then read or write (DESIGN §10). Unknown
 * paths are told before anybody is asked who they are, as Hetzner does (FACTS §1).
 * @throws AppError; toEnvelope tells it in Hetzner's words
 */
export async function handleGateway(ctx: Ctx, received: Received): Promise<GatewayAnswer> {
  const { pathname } = new URL(received.url)
  const place = locate(pathname)
  const methods = place ? methodsOf(place.path) : []
  if (!place || methods.length === 0) throw new AppError('not_found', { message: 'api route not found' })
  const actor = await authenticate(ctx, received)
  const known = matchOperation(received.method, place.path)
  if (!known) throw new AppError('method_not_allowed')
  const { removed } = known.operation
  if (removed !== undefined) return gone(removed)
  const asKey: Ctx = { ...ctx, actor }
  try {
    await takeBudget(asKey, actor)
    return await answer(asKey, actor, { received, place, known })
  } catch (error) {
    if (error instanceof AppError && error.status === 403 && error.code !== 'approval_required') countKeyRefusal(asKey)
    throw error
  }
}

async function answer(
  asKey: Ctx,
  actor: UserActor,
  { received, place, known }: { received: Received; place: Location; known: Match },
): Promise<GatewayAnswer> {
  const { searchParams } = new URL(received.url)
  const accountId = await findAccount(asKey, actor, place.accountId)
  const text = known.operation.body ? await received.readBody() : ''
  const clean = readRequest(known.operation, { ids: known.ids, query: [...searchParams], body: parseBody(text) })
  const hash = await sha256(`${received.method}\n${accountId}${place.path}\n${text}`)
  const fresh = /\bno-cache\b|\bno-store\b/i.test(received.cacheControl ?? '')
  const idempotencyKey = received.idempotencyKey || null
  const asked = { ...known, ctx: asKey, actor, accountId, clean, fresh, hash, idempotencyKey }
  const sight = new Sight(asked)
  const request = await nameToId(asked, sight)
  const told = await (known.operation.access === 'read' ? read(request, sight) : write(request, sight))
  if (told.status < 400) noteUse(request)
  return told
}

/** With what the resources asked for that it named: without those it would have been refused. */
function noteUse({ ctx, operation, clean }: GatewayRequest): void {
  const { key, permission, alsoNeeds } = operation
  notePermissionUse(ctx, permission)
  const named = clean.references.map(({ needs }) => needs)
  noteKeyUse(ctx, key, [permission, ...(alsoNeeds ? [alsoNeeds] : []), ...named])
}

/** Only keys: a cookie is nothing here, so no page can make a browser call this. */
async function authenticate(ctx: Ctx, { authorization, countRefusal }: Received): Promise<UserActor> {
  const token = /^Bearer ([A-Za-z0-9]{1,200})$/.exec(authorization ?? '')?.[1]
  if (!token) throw new AppError('unauthenticated', { message: 'token is required' })
  const actor = await authenticateKey(ctx, token).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'api_key_invalid') await countRefusal()
    throw error
  })
  if (actor?.kind !== 'user') {
    throw new AppError('unauthenticated', { message: 'the token you have provided is invalid' })
  }
  return actor
}

/** The key's own budget an hour, and what every key has a second. @throws AppError `rate_limited` */
async function takeBudget(ctx: Ctx, { key }: UserActor): Promise<void> {
  if (!key) return
  const { hourlyBudget } = key
  const [call, hour] = await Promise.all([
    ctx.limits.takeCall(key.id, { capacity: 600, perSecond: 10 }),
    hourlyBudget === null ? null : ctx.limits.take(hourlyLimiter(key.id), hourlyBucket(hourlyBudget)),
  ])
  const refused = [call, hour].find((state) => state && !state.allowed)
  if (!refused) return
  // The key's own bucket has counted its refusal itself.
  if (call.allowed) countKeyRefusal(ctx)
  throw new AppError('rate_limited', {
    message: 'The limit of this key is reached.',
    meta: { retryAfterS: Math.ceil(refused.retryAfterS) },
  })
}

/** A key is for one project, or the address says which; where there is only one, nobody has to. */
async function findAccount(ctx: Ctx, actor: UserActor, asked: string | null): Promise<string> {
  const { key } = actor
  const bound = key?.accountId ?? null
  if (bound !== null && asked !== null && asked !== bound) {
    throw new AppError('forbidden', { message: 'This key is for another project.' })
  }
  if (bound !== null) {
    if (key?.isAccountConnected) return bound
    throw noProject()
  }
  const ids = (await selectAccountIds(ctx.db)).map(({ id }) => id).filter((id) => mayDoAnything(actor, id))
  const wanted = asked ?? (ids.length === 1 ? ids[0] : undefined)
  if (wanted === undefined && ids.length > 0) {
    throw new AppError('forbidden', {
      message: 'This key is for several projects.',
      hint: `Put the project into the address: ${ctx.config.publicOrigin}/hetzner/<project id>/v1`,
    })
  }
  if (wanted === undefined || !ids.includes(wanted)) throw noProject()
  return wanted
}

/** A project in which somebody may do nothing is as unknown as one that is not connected. */
const mayDoAnything = (actor: UserActor, accountId: string): boolean =>
  (Object.keys(permissions) as Permission[]).some((name) => coverageOf(actor, name, accountId) !== 'none')

const noProject = () => new AppError('not_found', { message: 'project not found' })

function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed_body', { message: 'unable to parse the request body' })
  }
}

function gone({ message, announcement }: NonNullable<Operation['removed']>): GatewayAnswer {
  const error = { code: 'deprecated_api_endpoint', message, details: { announcement } }
  return { status: 410, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) }
}

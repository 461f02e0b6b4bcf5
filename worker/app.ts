import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Ctx } from './context.ts'
import { isDatabaseError, toAppError } from './db/index.ts'
import { features, type Feature } from './features.ts'
import { approvalPort, authenticateKey, countKeyRefusal, looksLikeKey, noteKeyUse } from './features/api-keys/index.ts'
import { gatewayRoutes } from './features/gateway/index.ts'
import { authenticateSession } from './features/identity/index.ts'
import { healthRoutes } from './features/health/index.ts'
import { idempotencyStore } from './features/idempotency/index.ts'
import { notePermissionUse } from './features/users/index.ts'
import {
  allowedMethods,
  apiPrefix,
  apiReference,
  approvals,
  ApiRouter,
  authenticate,
  countryOf,
  idempotency,
  limitProbes,
  limitRequests,
  noteUses,
  openApiDocument,
  originCheck,
  securityHeaders,
  toErrorResponse,
  type AppEnv,
} from './http/index.ts'
import { AppError } from './kernel/errors.ts'
import type { Permission } from './kernel/permissions.ts'
import { newId } from './kernel/id.ts'
import { createLogger } from './kernel/log.ts'
import { createCtx, type Modules } from './services.ts'

const maxBodyBytes = 256 * 1_024

/** Every operation of the API, on one router: the source of the document too. */
export function createApi(list: readonly Feature[] = features): ApiRouter {
  const api = new ApiRouter()
  for (const addRoutes of list) addRoutes(api)
  return api
}

/** The path of a request (DESIGN §3), top to bottom. */
export function createApp(modules: Modules): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const api = createApi()
  let document: ReturnType<typeof openApiDocument> | undefined

  app.onError((error, c) => {
    if (error instanceof AppError && error.code === 'forbidden') watchRefusal(c.get('ctx'))
    const requestId = c.get('requestId') ?? newId('req')
    const log = c.get('ctx')?.log ?? createLogger('info', { requestId })
    const known = isDatabaseError(error) ? toAppError(error) : error
    const isDone = c.get('ctx')?.journal.hasChanged() ?? false
    return toErrorResponse(c, isDone ? afterChange(known) : known, requestId, log)
  })
  const paths = [
    ...['/healthz', '/readyz', '/api/openapi.json', '/api/docs'].map((path) => ({ method: 'get', path })),
    ...api.operations.map(({ method, path }) => ({ method, path: `${apiPrefix}${path}` })),
    ...api.aliasOperations,
  ]
  app.notFound((c) => {
    const allowed = allowedMethods(paths, c.req.path)
    if (allowed.length === 0) {
      throw new AppError('not_found', { message: `No operation ${c.req.method} ${c.req.path}.` })
    }
    c.header('Allow', allowed.join(', '))
    throw new AppError('method_not_allowed')
  })

  app.use(securityHeaders)
  app.use(async function buildContext(c, next) {
    const requestId = newId('req')
    c.set('requestId', requestId)
    const ctx = createCtx(
      { env: c.env, modules, defer: (work) => c.executionCtx.waitUntil(work) },
      {
        requestId,
        actor: { kind: 'anonymous' },
        source: c.req.header('origin') || c.req.header('sec-fetch-site') ? 'web' : 'api',
        ip: c.req.header('cf-connecting-ip') ?? null,
        country: countryOf(c.req.header('cf-ipcountry')),
        userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null,
      },
    )
    c.set('ctx', ctx)
    await next()
  })
  app.use('/readyz', limitProbes)
  healthRoutes(app)
  app.get('/api/openapi.json', (c) => c.json((document ??= openApiDocument(api))))
  app.get('/api/docs', apiReference)
  gatewayRoutes(app)
  app.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: () => fail('payload_too_large') }))
  app.use('/api/*', originCheck)
  app.use('/api/*', authenticate({ session: authenticateSession, apiKey: authenticateKey, looksLikeKey }))
  app.use('/api/*', limitRequests)
  app.use('/api/*', noteUses({ used: noteUse, refused: countKeyRefusal }))
  app.use('/api/*', idempotency(idempotencyStore))
  app.use('/api/*', approvals(approvalPort))
  app.route(apiPrefix, api.hono)
  app.route('/', api.aliases)
  return app
}

/** To the day, for persons and for keys. */
function noteUse(ctx: Ctx, permission: Permission, operation: string): void {
  notePermissionUse(ctx, permission)
  const [method, path] = operation.split(' ')
  noteKeyUse(ctx, `${method} ${apiPrefix}${path}`, [permission])
}

/** Who keeps trying doors that are closed to them is noticed (G8); the answer does not wait for that. */
function watchRefusal(ctx: Ctx | undefined): void {
  if (ctx?.actor.kind === 'user') ctx.defer(ctx.protection.refused(ctx))
}

function fail(code: 'payload_too_large'): never {
  throw new AppError(code)
}

/** Where the change is on the record and only its result could not be read, "nothing was changed" would be a lie. */
function afterChange(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'database_unavailable') return error
  return new AppError('outcome_unknown', {
    message: 'This was done, but its result could not be read.',
    hint: 'Reload the page before you try again.',
    detail: error.detail,
    cause: error.cause,
  })
}

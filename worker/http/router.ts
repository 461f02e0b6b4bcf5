import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Ctx } from '../context.ts'
import { AppError } from '../kernel/errors.ts'
import type { RoutePermission } from '../kernel/permissions.ts'
import type { AppEnv, HttpContext } from './app-env.ts'
import { errorResponses } from './error-schema.ts'
import { guard, type Guarded } from './guard.ts'

type Schema = z.ZodType
type Output<T extends Schema | undefined> = T extends Schema ? z.output<T> : undefined
type Shape = z.ZodObject

/** Enough to mend a form; a list of thousands would cost more than the request. */
const maxFieldErrors = 20

export interface RouteSpec<
  Params extends Shape | undefined,
  Query extends Shape | undefined,
  Body extends Schema | undefined,
  Response extends Schema | undefined,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Under /api/v1, OpenAPI form: `/servers/{serverId}`. */
  path: string
  /** Another address of the very same operation, from the root: `/api/admin/users/{userId}/ban`. */
  alsoAt?: string
  /** Who may call it at all; verbs decide again on the object. There is no default. */
  permission: RoutePermission
  recordsRefusals?: Guarded['recordsRefusals']
  keys?: Guarded['keys']
  destructive?: Guarded['destructive']
  tag: string
  summary: string
  description?: string
  params?: Params
  query?: Query
  body?: Body
  /** Omit for 204. */
  response?: Response
  status?: 200 | 201 | 202
}

export interface Call<Params, Query, Body> {
  ctx: Ctx
  params: Params
  query: Query
  body: Body
  /** For cookies and headers only. */
  http: HttpContext
}

/** Every router is made here, so that each one validates and refuses in the same way. */
export class ApiRouter {
  readonly hono = newHono()
  /** The other addresses of operations that have one, from the root. */
  readonly aliases = newHono()

  /** Every operation that was added, for whoever asks which methods a path knows. */
  readonly operations: { method: string; path: string }[] = []
  /** Their other addresses, from the root. */
  readonly aliasOperations: { method: string; path: string }[] = []

  /**
   * The one way to add an operation. Declares its permission in the document (`x-permission`), checks it, validates
   * the input, and turns the verb's result into JSON.
   */
  add<
    Params extends Shape | undefined = undefined,
    Query extends Shape | undefined = undefined,
    Body extends Schema | undefined = undefined,
    Response extends Schema | undefined = undefined,
  >(
    spec: RouteSpec<Params, Query, Body, Response>,
    handler: (call: Call<Output<Params>, Output<Query>, Output<Body>>) => Promise<ResponseOf<Response>>,
  ): void {
    this.operations.push(spec)
    const routeAt = (path: string) =>
      createRoute({
        method: spec.method,
        path,
        middleware: guard(
          { ...spec, destructive: spec.destructive ?? isDeletion(spec) },
          `${spec.method.toUpperCase()} ${spec.path}`,
        ),
        operationId: operationId(spec.method, path),
        tags: [spec.tag],
        summary: spec.summary,
        ...(spec.description ? { description: spec.description } : {}),
        'x-permission': spec.permission,
        security: spec.permission === 'public' ? [] : [{ session: [] }, { bearer: [] }],
        request: {
          ...(spec.params ? { params: spec.params } : {}),
          ...(spec.query ? { query: spec.query } : {}),
          ...(spec.body ? { body: { required: true, content: { 'application/json': { schema: spec.body } } } } : {}),
        },
        responses: { ...successResponse(spec), ...errorResponses },
      })
    // Widened on purpose: the types are exact at add(), the document is exact in createRoute().
    const answer = async (c: HttpContext) => {
      const valid = (target: 'param' | 'query' | 'json') => c.req.valid(target as never) as never
      const result = await handler({
        ctx: c.get('ctx'),
        params: (spec.params ? valid('param') : undefined) as Output<Params>,
        query: (spec.query ? valid('query') : undefined) as Output<Query>,
        body: (spec.body ? valid('json') : undefined) as Output<Body>,
        http: c,
      })
      return spec.response ? c.json(result, (spec.status ?? 200) as ContentfulStatusCode) : c.body(null, 204)
    }
    this.hono.openapi(routeAt(spec.path), answer as never)
    if (!spec.alsoAt) return
    this.aliasOperations.push({ method: spec.method, path: spec.alsoAt })
    this.aliases.openapi(routeAt(spec.alsoAt), answer as never)
  }

  /** A file that is streamed: the same checks as `add`, and the handler names type and file. */
  download<Query extends Shape>(
    spec: Pick<
      RouteSpec<undefined, Query, undefined, undefined>,
      'path' | 'permission' | 'tag' | 'summary' | 'description'
    > & {
      query: Query
    },
    handler: (call: {
      ctx: Ctx
      query: z.output<Query>
    }) => Promise<{ body: ReadableStream; type: string; name: string }>,
  ): void {
    this.operations.push({ method: 'get', path: spec.path })
    const route = createRoute({
      method: 'get',
      path: spec.path,
      middleware: guard({ permission: spec.permission }, `GET ${spec.path}`),
      operationId: operationId('get', spec.path),
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.description ? { description: spec.description } : {}),
      'x-permission': spec.permission,
      security: [{ session: [] }, { bearer: [] }],
      request: { query: spec.query },
      responses: { 200: { description: spec.summary, content: { 'application/octet-stream': {} } }, ...errorResponses },
    })
    this.hono.openapi(route, (async (c: HttpContext) => {
      const file = await handler({ ctx: c.get('ctx'), query: c.req.valid('query' as never) as z.output<Query> })
      return c.body(file.body, 200, {
        'Content-Type': file.type,
        'Content-Disposition': `attachment; filename="${file.name}"`,
      })
    }) as never)
  }

  /** A WebSocket upgrade: the same permission check, a line in the document, and the handler's own answer. */
  upgrade(
    spec: Pick<
      RouteSpec<undefined, undefined, undefined, undefined>,
      'path' | 'permission' | 'tag' | 'summary' | 'description'
    >,
    handler: (ctx: Ctx, request: Request) => Promise<globalThis.Response>,
  ): void {
    this.operations.push({ method: 'get', path: spec.path })
    this.hono.openAPIRegistry.registerPath({
      method: 'get',
      path: spec.path,
      operationId: operationId('get', spec.path),
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.description ? { description: spec.description } : {}),
      'x-permission': spec.permission,
      security: [{ session: [] }],
      responses: { 101: { description: 'The socket is open.' }, ...errorResponses },
    })
    this.hono.get(spec.path, guard({ permission: spec.permission }), (c) => handler(c.get('ctx'), c.req.raw))
  }
}

function newHono(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      throw new AppError('invalid_input', {
        fields: result.error.issues
          .slice(0, maxFieldErrors)
          .map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      })
    },
  })
}

/** Ending one's own session is leaving, not destroying. */
const isDeletion = ({ method, path }: { method: string; path: string }) =>
  method === 'delete' && !/^\/(session|me\/sessions)(\/|$)/.test(path)

type ResponseOf<T extends Schema | undefined> = T extends Schema ? z.input<T> : void

function successResponse(spec: {
  response?: Schema | undefined
  status?: number
  summary: string
}): Record<string, { description: string; content?: { 'application/json': { schema: Schema } } }> {
  if (!spec.response) return { 204: { description: 'Done.' } }
  return {
    [spec.status ?? 200]: { description: spec.summary, content: { 'application/json': { schema: spec.response } } },
  }
}

/** `GET /servers/{serverId}/metrics` → `getServersByServerIdMetrics`: stable, unique, readable. */
function operationId(method: string, path: string): string {
  const words = path.split(/[/:_-]/).filter(Boolean)
  return (
    method +
    words
      .map((w) =>
        w
          .replace(/^\{(.+)\}$/, 'by-$1')
          .split('-')
          .map(capital)
          .join(''),
      )
      .join('')
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

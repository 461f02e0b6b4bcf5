import { Body } from './body.ts'
import { ApiError } from './errors.ts'
import { answerInstead, distort, slownessOf, takeFaults } from './faults.ts'
import type { CoreRequest, CoreResponse, Reply } from './http.ts'
import { randomHex } from './random.ts'
import { RateLimits } from './rate-limit.ts'
import { RequestLog } from './request-log.ts'
import { createRouter, type Match, type Method } from './router.ts'
import { allRoutes } from './resources/index.ts'
import type { FaultRecord, ProjectRecord, TokenRecord } from './types.ts'
import type { World } from './world.ts'

/** What callers without a known token share. */
const ANONYMOUS = { id: 0, rateLimit: 3_600 }
const BODY_KEPT = 4_096
/** Keys of uploaded certificates and of zone transfers, which are somebody's real ones perhaps. */
const PRIVATE_KEY = /("(?:private_key|tsig_key)"\s*:\s*)"(?:[^"\\]|\\.)*"/g

interface Call {
  request: CoreRequest
  url: URL
  path: string
  match: Match | undefined
  token: TokenRecord | undefined
  project: ProjectRecord | undefined
  now: number
}

/** The provider's HTTP API over a world: one synchronous step from request to answer. */
export class Api {
  readonly rateLimits = new RateLimits()
  readonly log = new RequestLog()
  private readonly world: World
  private readonly match = createRouter(allRoutes())

  constructor(world: World) {
    this.world = world
  }

  /** `path` is the part of the address below the version, with double slashes already collapsed. */
  handle(request: CoreRequest, path: string): CoreResponse {
    this.world.settle()
    const call = this.identify(request, path)
    const faults = takeFaults(this.world, request.method, path + call.url.search, call.project?.id ?? null)
    const instead = answerInstead(faults)
    const reply = instead
      ? { status: instead.status, body: { error: { details: null, ...instead.error } } }
      : this.perform(call, faults)
    const response = distort(this.toResponse(call, reply), faults)
    this.record(call, reply, faults, instead === undefined)
    this.world.commit()
    return response
  }

  private identify(request: CoreRequest, path: string): Call {
    const secret = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const token = secret === undefined ? undefined : this.findToken(secret)
    const usable = token && !token.revoked ? token : undefined
    return {
      request,
      url: new URL(request.url),
      path,
      match: this.match(path),
      token: usable,
      project: usable && this.world.tables.projects.get(usable.project),
      now: this.world.now(),
    }
  }

  private findToken(secret: string): TokenRecord | undefined {
    for (const token of this.world.tables.tokens.all()) if (token.token === secret) return token
    return undefined
  }

  private perform(call: Call, faults: FaultRecord[]): Reply {
    try {
      return this.dispatch(call, faults)
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, body: error.toBody() }
      throw error
    }
  }

  /** Order of the checks as observed (FACTS §1): rate limit, route, token, method, permission, body. */
  private dispatch(call: Call, faults: FaultRecord[]): Reply {
    const { request, match, project, token } = call
    if (!this.rateLimits.take(project ?? ANONYMOUS, call.now)) {
      const limit = (project ?? ANONYMOUS).rateLimit
      throw new ApiError(429, 'rate_limit_exceeded', `limit of ${limit} requests per hour reached`)
    }
    if (!match) throw new ApiError(404, 'not_found', 'api route not found')
    if (!project || !token) throw unauthorized(request)
    const handler = match.handlers[request.method as Method]
    if (!handler) throw new ApiError(405, 'method_not_allowed', 'method not allowed')
    if (token.access === 'read' && request.method !== 'GET') {
      throw new ApiError(401, 'token_readonly', 'token is only allowed to perform GET requests')
    }
    return handler({
      world: this.world,
      project,
      now: call.now,
      params: match.params,
      query: call.url.searchParams,
      body: parseBody(request),
      url: call.url,
      slowness: slownessOf(faults),
    })
  }

  private toResponse(call: Call, reply: Reply): CoreResponse {
    const headers: Record<string, string> = {
      'x-correlation-id': randomHex(16),
      ...this.rateLimits.headers(call.project ?? ANONYMOUS, call.now),
      ...reply.headers,
    }
    if (reply.body !== undefined) headers['content-type'] = 'application/json'
    return { status: reply.status, headers, body: reply.body === undefined ? '' : JSON.stringify(reply.body) }
  }

  private record(call: Call, reply: Reply, faults: FaultRecord[], reached: boolean): void {
    const { request, path, project, now } = call
    const address = path + call.url.search
    const kinds = faults.map(({ kind }) => kind)
    const { status } = reply
    this.log.add({
      at: now,
      project: project?.id ?? null,
      method: request.method,
      path: address,
      route: call.match?.path ?? null,
      status,
      faults: kinds,
    })
    if (request.method === 'GET' || request.method === 'HEAD') return
    this.world.tables.writes.put({
      id: this.world.nextId('writes'),
      project: project?.id ?? 0,
      at: now,
      method: request.method,
      path: address,
      body: request.body.replace(PRIVATE_KEY, '$1""').slice(0, BODY_KEPT),
      status,
      performed: reached && status >= 200 && status < 300,
      fault: kinds[0] ?? null,
      action: actionIdOf(reply),
    })
  }
}

function unauthorized(request: CoreRequest): ApiError {
  const message = request.headers.authorization ? 'the token you have provided is invalid' : 'token is required'
  return new ApiError(401, 'unauthorized', message)
}

function parseBody(request: CoreRequest): Body {
  if (request.method === 'GET' || request.body.trim() === '') return new Body({})
  try {
    const fields = JSON.parse(request.body) as unknown
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return new Body(fields as Record<string, unknown>)
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are refused alike.
  }
  throw new ApiError(400, 'json_error', 'could not parse request body as JSON')
}

function actionIdOf(reply: Reply): number | null {
  const body = reply.body as { action?: { id?: number } | null } | undefined
  return body?.action?.id ?? null
}

import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import { isDatabaseError, toAppError } from '../../db/index.ts'
import { countRefusal, type AppEnv, type HttpContext } from '../../http/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { toEnvelope } from './envelope.ts'
import { handleGateway } from './handle.ts'

const maxBodyBytes = 512 * 1_024

/**
 * `/hetzner/v1/…`: Hetzner's API for Hetzner's own clients, under a key's rules (DESIGN §10). Every answer has Hetzner's
 * form, a failure too.
 */
export function gatewayRoutes(app: Hono<AppEnv>): void {
  app.use(
    '/hetzner/*',
    bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, new AppError('payload_too_large')) }),
  )
  app.all('/hetzner/*', async (c) => {
    const ctx = { ...c.get('ctx'), source: 'gateway' as const }
    try {
      const { status, headers, body } = await handleGateway(ctx, {
        method: c.req.method,
        url: c.req.url,
        authorization: c.req.header('authorization') ?? null,
        cacheControl: c.req.header('cache-control') ?? null,
        idempotencyKey: c.req.header('idempotency-key') ?? null,
        readBody: () => c.req.text(),
        countRefusal: () => countRefusal(ctx),
      })
      for (const [name, value] of Object.entries(headers)) c.header(name, value)
      return body === null ? c.body(null, status as StatusCode) : c.body(body, status as ContentfulStatusCode)
    } catch (error) {
      return refuse(c, error)
    }
  })
}

function refuse(c: HttpContext, error: unknown): Response {
  const known = isDatabaseError(error) ? toAppError(error) : error
  const { status, body } = toEnvelope(known, c.get('ctx').log)
  const retryAfterS = known instanceof AppError ? known.meta?.['retryAfterS'] : undefined
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS))
  return c.json(body, status as ContentfulStatusCode)
}

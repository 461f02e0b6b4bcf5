import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './app-env.ts'

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Worker answers get none of the headers in web/static/_headers, so they are set here, on refusals too. */
export const securityHeaders = createMiddleware<AppEnv>(async function securityHeaders(c, next) {
  await next()
  if (c.res.status === 101) return
  const headers = c.res.headers
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', apiPolicy)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Permissions-Policy', 'publickey-credentials-get=(self), publickey-credentials-create=(self)')
  headers.set('X-Request-Id', c.get('requestId'))
})

import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './app-env.ts'

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Without `preload`: whether a domain is committed for good is its owner's to say. */
const strictTransport = 'max-age=63072000; includeSubDomains'
const permissionsPolicy = [
  ...['accelerometer', 'camera', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'payment', 'usb'].map(
    (feature) => `${feature}=()`,
  ),
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ')

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
  // A browser ignores it over plain http, which only the demo on this machine speaks.
  if (c.get('ctx')?.config.secureCookies) headers.set('Strict-Transport-Security', strictTransport)
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp')
  headers.set('Permissions-Policy', permissionsPolicy)
  headers.set('X-Request-Id', c.get('requestId'))
})

import { createMiddleware } from 'hono/factory'
import { AppError } from '../kernel/errors.ts'
import { sessionCookieNames } from './cookies.ts'
import type { AppEnv } from './app-env.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-site request forgery (P1.4): every unsafe request that carries a cookie, whatever its content type, and every
 * WebSocket upgrade, must come from our own origin. `Origin` decides; without one, `Sec-Fetch-Site` must be same-origin.
 */
export const originCheck = createMiddleware<AppEnv>(async function originCheck(c, next) {
  const upgrade = c.req.header('upgrade')?.toLowerCase() === 'websocket'
  if ((!safe.has(c.req.method) && carriesCookie(c.req.header('cookie'))) || upgrade) {
    const origin = c.req.header('origin')
    const same = origin ? origin === c.get('ctx').config.publicOrigin : c.req.header('sec-fetch-site') === 'same-origin'
    if (!same) throw new AppError('origin_refused', { detail: `origin ${origin ?? 'none'}` })
  }
  await next()
})

const carriesCookie = (header: string | undefined) =>
  header !== undefined && sessionCookieNames.some((name) => header.includes(`${name}=`))

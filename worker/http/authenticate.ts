import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/errors.ts'
import { readAccessToken } from './cookies.ts'
import type { AppEnv } from './router.ts'

/**
 * Who a credential stands for. Resolves to an ACTIVE user's actor or throws: `session_expired` for anything that is
 * not a living session, `account_not_active` for a user who is not ACTIVE (G5).
 */
export type Authenticator = (ctx: Ctx, accessToken: string) => Promise<Actor>

/** Paths that a dead session must still reach, or nobody could sign in again. */
const alwaysReachable = /^\/api\/v1\/(session|setup|enrol)(\/|$)/

/**
 * One place, for every route: a request with a credential is that person or is refused. Without one it is anonymous,
 * and routes that are not public refuse it.
 */
export const authenticate = (authenticator: Authenticator) =>
  createMiddleware<AppEnv>(async function authenticate(c, next) {
    const token = readAccessToken(c)
    if (token) {
      const ctx = c.get('ctx')
      try {
        const actor = await authenticator(ctx, token)
        c.set('ctx', { ...ctx, actor })
      } catch (error) {
        const stale = error instanceof AppError && error.code === 'session_expired'
        if (!stale || !alwaysReachable.test(c.req.path)) throw error
      }
    }
    await next()
  })

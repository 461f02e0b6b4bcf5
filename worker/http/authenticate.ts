import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/errors.ts'
import { readAccessToken } from './cookies.ts'
import { countRefusal } from './limits.ts'
import type { AppEnv } from './app-env.ts'

/**
 * Who a credential stands for: an ACTIVE user's actor; null for what is no valid token of ours, which costs no query.
 * @throws AppError `session_expired` where there is no living session behind it, `account_not_active` for a user who is
 * not ACTIVE (G5)
 */
export type Authenticator = (ctx: Ctx, accessToken: string) => Promise<Actor | null>

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
      const mayBeDead = alwaysReachable.test(c.req.path)
      const actor = await authenticator(ctx, token).catch((error: unknown) => refuse(ctx, error, mayBeDead))
      if (actor) c.set('ctx', { ...ctx, actor })
      else if (!mayBeDead) throw new AppError('session_expired')
    }
    await next()
  })

/** A dead session's token is good for a query each time, so that its holder has a limit, too. */
async function refuse(ctx: Ctx, error: unknown, mayBeDead: boolean): Promise<null> {
  if (!(error instanceof AppError) || error.status >= 500) throw error
  if ((error.code === 'session_expired' || error.code === 'ip_not_allowed') && mayBeDead) return null
  await countRefusal(ctx)
  throw error
}

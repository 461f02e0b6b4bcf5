import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/errors.ts'
import { readAccessCookie, readBearer } from './cookies.ts'
import { countRefusal } from './limits.ts'
import type { AppEnv, HttpContext } from './app-env.ts'

/**
 * Who a credential stands for: an ACTIVE user's actor; null for what is no valid token of ours, which costs no query.
 * @throws AppError `session_expired` where there is no living session behind it, `account_not_active` for a user who is
 * not ACTIVE (G5)
 */
export type Authenticator = (ctx: Ctx, accessToken: string) => Promise<Actor | null>

export interface Authenticators {
  session: Authenticator
  apiKey: Authenticator
  /** Whether a bearer token means to be an API key. */
  looksLikeKey: (bearer: string) => boolean
}

/** Paths that a dead session must still reach, or nobody could sign in again. */
const alwaysReachable = /^\/api\/v1\/(session|setup|enrol)(\/|$)/

/**
 * One place, for every route: a request with a credential is that person or is refused. Without one it is anonymous,
 * and routes that are not public refuse it.
 */
export const authenticate = ({ session, apiKey, looksLikeKey }: Authenticators) =>
  createMiddleware<AppEnv>(async function authenticate(c, next) {
    const bearer = readBearer(c)
    const token = bearer ?? readAccessCookie(c)
    if (bearer && looksLikeKey(bearer)) await standFor(c, apiKey, bearer)
    else if (token) {
      const ctx = c.get('ctx')
      const mayBeDead = alwaysReachable.test(c.req.path)
      const actor = await session(ctx, token).catch((error: unknown) => refuse(ctx, error, mayBeDead))
      if (actor) c.set('ctx', { ...ctx, actor })
      else if (!mayBeDead) throw new AppError('session_expired')
    }
    await next()
  })

/** A bad key is refused wherever it is shown; what was never a key of ours costs no query, and is not counted. */
async function standFor(c: HttpContext, apiKey: Authenticator, bearer: string): Promise<void> {
  const ctx = c.get('ctx')
  const actor = await apiKey(ctx, bearer).catch((error: unknown) => refuse(ctx, error, false))
  if (!actor) throw new AppError('api_key_invalid', { detail: 'not a key of ours' })
  c.set('ctx', { ...ctx, actor, source: 'api' })
}

/** A dead session's token is good for a query each time, so that its holder has a limit, too. */
async function refuse(ctx: Ctx, error: unknown, mayBeDead: boolean): Promise<null> {
  if (!(error instanceof AppError) || error.status >= 500) throw error
  if ((error.code === 'session_expired' || error.code === 'ip_not_allowed') && mayBeDead) return null
  await countRefusal(ctx)
  throw error
}

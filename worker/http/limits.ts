import { createMiddleware } from 'hono/factory'
import { AppError } from '../kernel/errors.ts'
import type { Bucket } from '../kernel/rate-limit.ts'
import type { AppEnv } from './router.ts'

/** Where nobody is signed in, by address; a signed-in person, by user (P1.4). */
const anonymousBucket: Bucket = { capacity: 60, perSecond: 1 }
const userBucket: Bucket = { capacity: 600, perSecond: 10 }

/** 429 with the seconds to wait; standard RateLimit headers on every counted answer. */
export const limitRequests = createMiddleware<AppEnv>(async function limitRequests(c, next) {
  const ctx = c.get('ctx')
  const known = ctx.actor.kind === 'user'
  const bucket = known ? userBucket : anonymousBucket
  const key = ctx.actor.kind === 'user' ? `user:${ctx.actor.id}` : `ip:${ctx.ip ?? 'unknown'}`
  const state = await ctx.limits.take(key, bucket)
  c.header('RateLimit-Limit', String(bucket.capacity))
  c.header('RateLimit-Remaining', String(state.remaining))
  c.header('RateLimit-Reset', String(Math.ceil((bucket.capacity - state.remaining) / bucket.perSecond)))
  if (!state.allowed) throw new AppError('rate_limited', { meta: { retryAfterS: state.retryAfterS } })
  await next()
})

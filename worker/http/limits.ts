import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import { AppError } from '../kernel/errors.ts'
import { addressKey, type Bucket, type BucketState } from '../kernel/rate-limit.ts'
import type { AppEnv } from './app-env.ts'

/** Where nobody is signed in, by address; a signed-in person, by user (P1.4). */
const anonymousBucket: Bucket = { capacity: 60, perSecond: 1 }
const userBucket: Bucket = { capacity: 600, perSecond: 10 }

/** 429 with the seconds to wait; standard RateLimit headers on every counted answer. */
export const limitRequests = createMiddleware<AppEnv>(async function limitRequests(c, next) {
  const ctx = c.get('ctx')
  const bucket = ctx.actor.kind === 'user' ? userBucket : anonymousBucket
  const state =
    ctx.actor.kind === 'user'
      ? await ctx.limits.take(ctx.actor.key ? `key:${ctx.actor.key.id}` : `user:${ctx.actor.id}`, bucket)
      : await takeByAddress(ctx)
  c.header('RateLimit-Limit', String(bucket.capacity))
  c.header('RateLimit-Remaining', String(state.remaining))
  c.header('RateLimit-Reset', String(Math.ceil((bucket.capacity - state.remaining) / bucket.perSecond)))
  assertAllowed(state)
  await next()
})

/** What asks the database for anybody, without a name: by address, and apart from what people do from there. */
export const limitProbes = createMiddleware<AppEnv>(async function limitProbes(c, next) {
  const { limits, ip } = c.get('ctx')
  assertAllowed(await limits.take(`probe:${addressKey(ip)}`, anonymousBucket))
  await next()
})

/** A credential that had to be looked up and was refused counts like a request by nobody. @throws AppError `rate_limited` */
export async function countRefusal(ctx: Ctx): Promise<void> {
  assertAllowed(await takeByAddress(ctx))
}

const takeByAddress = (ctx: Ctx) => ctx.limits.take(`ip:${addressKey(ctx.ip)}`, anonymousBucket)

function assertAllowed(state: BucketState): void {
  if (!state.allowed) throw new AppError('rate_limited', { meta: { retryAfterS: Math.ceil(state.retryAfterS) } })
}

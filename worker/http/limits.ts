import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import { AppError } from '../kernel/errors.ts'
import { addressKey, type Bucket, type BucketState } from '../kernel/rate-limit.ts'
import type { AppEnv } from './app-env.ts'

/** Where nobody is signed in, by address; a signed-in person, by user (P1.4). */
const anonymousBucket: Bucket = { capacity: 60, perSecond: 1 }
const userBucket: Bucket = { capacity: 600, perSecond: 10 }

/** Half of its person's, so that a script that runs wild leaves the person a dashboard. */
const keyBucket: Bucket = { capacity: 300, perSecond: 5 }

interface Counted {
  bucket: Bucket
  state: BucketState
}

/**
 * 429 with the seconds to wait; standard RateLimit headers on every counted answer, of the limit that is nearest. A
 * person is counted by user, a key by itself and by its user, anybody else by address.
 */
export const limitRequests = createMiddleware<AppEnv>(async function limitRequests(c, next) {
  const ctx = c.get('ctx')
  const { bucket, state } = nearest(await Promise.all(countedFor(ctx)))
  c.header('RateLimit-Limit', String(bucket.capacity))
  c.header('RateLimit-Remaining', String(state.remaining))
  c.header('RateLimit-Reset', String(Math.ceil((bucket.capacity - state.remaining) / bucket.perSecond)))
  if (!state.allowed) ctx.defer(ctx.protection.limitReached(ctx))
  assertAllowed(state)
  await next()
})

function countedFor(ctx: Ctx): Promise<Counted>[] {
  const { actor, limits } = ctx
  const take = async (key: string, bucket: Bucket) => ({ bucket, state: await limits.take(key, bucket) })
  if (actor.kind !== 'user') return [takeByAddress(ctx).then((state) => ({ bucket: anonymousBucket, state }))]
  const { key } = actor
  const takeCall = async (keyId: string) => ({ bucket: keyBucket, state: await limits.takeCall(keyId, keyBucket) })
  return [take(`user:${actor.id}`, userBucket), ...(key ? [takeCall(key.id)] : [])]
}

const nearest = (counted: Counted[]): Counted =>
  counted.reduce((a, b) => (b.state.remaining < a.state.remaining || !b.state.allowed ? b : a))

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

import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { RateLimiterObject as RateLimiter } from '../../../worker/objects/rate-limiter.ts'
import { createRateLimits } from '../../../worker/objects/rate-limiter-client.ts'
import { silentLog } from '../../support/provider-harness.ts'

const limits = createRateLimits(env.RATE_LIMITER, silentLog)
/** So slow that nothing comes back while a test runs. */
const bucket = { capacity: 5, perSecond: 0.001 }
const key = () => `test:${crypto.randomUUID()}`

describe('the rate limiter', () => {
  it('lets through what the bucket holds, then refuses and says how long to wait', async () => {
    const mine = key()
    for (let left = 4; left >= 0; left--)
      expect(await limits.take(mine, bucket)).toMatchObject({ allowed: true, remaining: left })
    const refused = await limits.take(mine, bucket)
    expect(refused).toMatchObject({ allowed: false, remaining: 0 })
    expect(refused.retryAfterS).toBeGreaterThan(900)
  })

  it('counts exactly when many ask at once', async () => {
    const mine = key()
    const answers = await Promise.all(Array.from({ length: 20 }, () => limits.take(mine, bucket)))
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(5)
  })

  it('keeps one key apart from another', async () => {
    const [mine, other] = [key(), key()]
    await limits.take(mine, bucket, 5)
    expect((await limits.take(other, bucket)).allowed).toBe(true)
  })

  it('leaves the reserve to people: background work stops before it, and a refusal takes nothing', async () => {
    const mine = key()
    expect((await limits.take(mine, bucket, 1, 3)).allowed).toBe(true)
    expect((await limits.take(mine, bucket, 1, 3)).allowed).toBe(true)
    expect(await limits.take(mine, bucket, 1, 3)).toMatchObject({ allowed: false, remaining: 3 })
    expect(await limits.take(mine, bucket)).toMatchObject({ allowed: true, remaining: 2 })
  })

  it('fills again with time', async () => {
    const mine = key()
    const quick = { capacity: 1, perSecond: 50 }
    await limits.take(mine, quick)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect((await limits.take(mine, quick)).allowed).toBe(true)
  })

  it('believes the other side when it says that less is left, and never that there is more', async () => {
    const mine = key()
    await limits.observe(mine, bucket, 2)
    expect(await limits.take(mine, bucket)).toMatchObject({ remaining: 1 })
    await limits.observe(mine, bucket, 5)
    expect(await limits.take(mine, bucket)).toMatchObject({ remaining: 0 })
  })

  it('forgives what an evicted object had counted, and blocks nobody', async () => {
    const mine = key()
    await limits.take(mine, bucket, 5)
    await evictDurableObject(env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(mine)))
    expect((await limits.take(mine, bucket)).allowed).toBe(true)
  })

  it('that cannot be asked lets the request through: a broken counter locks nobody out', async () => {
    const broken = {
      idFromName: () => ({}),
      get: () => ({ take: () => Promise.reject(new Error('down')), observe: () => Promise.reject(new Error('down')) }),
    } as unknown as DurableObjectNamespace<RateLimiter>
    const open = createRateLimits(broken, silentLog)
    expect(await open.take('x', bucket)).toMatchObject({ allowed: true })
    await expect(open.observe('x', bucket, 1)).resolves.toBeUndefined()
  })
})

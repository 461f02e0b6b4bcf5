import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createDb } from '../../../worker/db/index.ts'
import type { Ctx } from '../../../worker/context.ts'
import {
  listProviderLog,
  pruneProviderLog,
  recordProviderFailure,
} from '../../../worker/features/provider-log/index.ts'
import type { Actor } from '../../../worker/kernel/actor.ts'
import { days } from '../../../worker/kernel/clock.ts'
import { newId } from '../../../worker/kernel/id.ts'
import type { Logger } from '../../../worker/kernel/log.ts'
import type { Role } from '../../../worker/kernel/permissions.ts'
import type { ProviderErrorFacts, ProviderFailure } from '../../../worker/provider/provider.ts'
import { silentLog, testToken } from '../../support/provider-harness.ts'

const db = createDb(env.DB, null)
const now = Date.UTC(2026, 9, 24)

const user = (role: Role): Actor => ({
  kind: 'user',
  id: 'usr_1',
  name: 'Kim',
  role,
  overrides: [],
  grants: [],
  key: null,
  sessionId: 'ses_1',
  verifiedAt: 0,
})
const ctxOf = (actor: Actor) => ({ db, actor, log: silentLog, clock: { now: () => now } }) as unknown as Ctx
const owner = ctxOf(user('OWNER'))

type OfAccount = ProviderFailure & { accountId: string }

function failure(overrides: Partial<OfAccount> = {}, facts: Partial<ProviderErrorFacts> = {}): OfAccount {
  return {
    accountId: newId('acc'),
    kind: 'unavailable',
    facts: {
      method: 'GET',
      path: '/servers',
      status: 503,
      providerCode: 'unavailable',
      correlationId: 'abc123',
      detail: 'try later',
      maybeSent: false,
      ...facts,
    },
    attempt: 2,
    durationMs: 12.6,
    requestId: 'req_1',
    at: now,
    ...overrides,
  }
}

describe('the provider log', () => {
  it('keeps every fact of a failure', async () => {
    const one = failure()
    await recordProviderFailure(owner, one)
    const { items } = await listProviderLog(owner, { accountId: one.accountId })
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^plg_/),
        at: '2026-10-24T00:00:00.000Z',
        accountId: one.accountId,
        kind: 'unavailable',
        method: 'GET',
        path: '/servers',
        status: 503,
        providerCode: 'unavailable',
        detail: 'try later',
        attempt: 2,
        durationMs: 13,
        requestId: 'req_1',
        correlationId: 'abc123',
      },
    ])
  })

  it('holds no token and no novel', async () => {
    const one = failure({}, { detail: `Bearer ${testToken} ${'x '.repeat(600)}`, providerCode: testToken })
    await recordProviderFailure(owner, one)
    const { items } = await listProviderLog(owner, { accountId: one.accountId })
    expect(JSON.stringify(items)).not.toContain(testToken)
    expect(items[0]?.detail).toHaveLength(500)
  })

  it('pages through everything once, newest first, also where times are equal', async () => {
    const accountId = newId('acc')
    for (const at of [1, 2, 2, 2, 3, 4, 4]) await recordProviderFailure(owner, failure({ accountId, at: now + at }))
    const seen: { id: string; at: string }[] = []
    let cursor: string | undefined
    do {
      const page = await listProviderLog(owner, { accountId, limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7)
    expect(seen.map(({ at }) => Date.parse(at) - now)).toEqual([4, 4, 3, 2, 2, 2, 1])
  })

  it('can be narrowed by project, kind and time', async () => {
    const accountId = newId('acc')
    await recordProviderFailure(owner, failure({ accountId, kind: 'timeout', at: now - 10 }))
    await recordProviderFailure(owner, failure({ accountId, kind: 'rate_limited', at: now + 10 }))
    await recordProviderFailure(owner, failure({ kind: 'timeout', at: now + 20 }))
    const kinds = async (filter: object) =>
      (await listProviderLog(owner, { accountId, ...filter })).items.map(({ kind }) => kind)
    expect(await kinds({})).toEqual(['rate_limited', 'timeout'])
    expect(await kinds({ kind: 'timeout' })).toEqual(['timeout'])
    expect(await kinds({ since: '2026-10-24T00:00:00Z' })).toEqual(['rate_limited'])
  })

  it('refuses a cursor it did not make', async () => {
    await expect(listProviderLog(owner, { cursor: 'garbage' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('never gets in the way: what cannot be written goes to our own log', async () => {
    const errors: string[] = []
    const log: Logger = { ...silentLog, error: (event) => void errors.push(event) }
    const broken = createDb(
      {
        prepare: () => {
          throw new Error('D1 is away')
        },
      } as unknown as D1Database,
      null,
    )
    await recordProviderFailure({ db: broken, log }, failure())
    expect(errors).toEqual(['provider_log.write_failed'])
  })
})

describe('who may read the provider log', () => {
  it.each(['OWNER', 'ADMIN', 'VIEWER'] as const)('%s may', async (role) => {
    expect(await listProviderLog(ctxOf(user(role)), { limit: 1 })).toHaveProperty('items')
  })

  it('a user without the permission may not', async () => {
    await expect(listProviderLog(ctxOf(user('USER')), {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('nobody may who is not signed in', async () => {
    await expect(listProviderLog(ctxOf({ kind: 'anonymous' }), {})).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('pruning the provider log', () => {
  it('removes what is older than 90 days and keeps the rest', async () => {
    const accountId = newId('acc')
    await recordProviderFailure(owner, failure({ accountId, at: now - days(90) - 1 }))
    await recordProviderFailure(owner, failure({ accountId, at: now - days(90) }))
    await pruneProviderLog(owner)
    const { items } = await listProviderLog(owner, { accountId })
    expect(items.map(({ at }) => Date.parse(at))).toEqual([now - days(90)])
  })

  it('keeps no more than the newest rows', async () => {
    const accountId = newId('acc')
    for (const at of [10, 11, 12, 13])
      await recordProviderFailure(owner, failure({ accountId, at: now + days(1) + at }))
    await pruneProviderLog(owner, 3)
    const { items } = await listProviderLog(owner, {})
    expect(items.map(({ at }) => Date.parse(at) - now - days(1))).toEqual([13, 12, 11])
  })
})

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute, queryFirst } from '../../support/database.ts'
import { keyFacet, testCtx } from '../../support/ctx.ts'
import { api, origin, readError, readJson, signIn, signInAs, type TestSession } from '../../support/session.ts'
import { minutes } from '../../../worker/kernel/clock.ts'
import { alertsOf, decide, react, statusOf, switchOffRules, until } from './support.ts'

let serverId = ''

beforeAll(async () => {
  // Somebody to be told, so that nobody here is the last owner.
  await signInAs('OWNER')
  const { accountId } = await createTestAccount({ servers: 1, synced: true })
  serverId = (await mirrorOf(accountId))[0]?.id ?? ''
})
beforeEach(() => decide({}))

const from = (country: string) => ({ 'cf-ipcountry': country })
const status = async (session: TestSession) => (await statusOf(session))?.status
const facts = async (session: TestSession) => (await alertsOf(session)).map((alert) => JSON.parse(alert.facts))

/** Signed in from Germany, which is where this person is at home. */
async function atHome(role: 'ADMIN' | 'USER' | 'OWNER' = 'ADMIN'): Promise<TestSession> {
  return signIn((await signInAs(role)).authenticator, from('DE'))
}
const seenAgo = (session: TestSession, ms: number) =>
  execute('UPDATE sessions SET last_seen_at = ? WHERE user_id = ?', Date.now() - ms, session.me.id)

describe('impossible travel', () => {
  it('of one session suspends at the very request', async () => {
    const session = await atHome()
    const refused = await readError(await session.api('/servers', { headers: from('BR') }))
    expect(refused).toMatchObject({ status: 403, code: 'account_not_active' })
    expect(await status(session)).toBe('SUSPENDED')
    expect(await facts(session)).toEqual([{ from: 'DE', to: 'BR', minutes: 0, outcome: 'suspended' }])
  })

  it('between two sign-ins opens no second session', async () => {
    const session = await atHome()
    const again = await signIn(session.authenticator, from('BR')).catch((error: Error) => error.message)
    expect(again).toContain('account_not_active')
    expect(await status(session)).toBe('SUSPENDED')
  })

  it('is no travel after an hour, in a confirmed country, or from a place nobody knows', async () => {
    const [later, vpn, unknown] = [await atHome(), await atHome(), await atHome()]
    await seenAgo(later, minutes(61))
    expect((await later.api('/servers', { headers: from('BR') })).status).toBe(200)
    const answer = await vpn.api('/me/countries/BR', { method: 'PUT', headers: from('DE') })
    const { items } = await readJson<{ items: { country: string; confirmedAt: string | null }[] }>(answer)
    expect(items.map(({ country, confirmedAt }) => [country, confirmedAt !== null])).toEqual([
      ['DE', true],
      ['BR', true],
    ])
    expect((await vpn.api('/servers', { headers: from('BR') })).status).toBe(200)
    expect((await vpn.api('/servers', { headers: from('DE') })).status).toBe(200)
    for (const country of ['XX', 'T1', 'nowhere']) {
      expect((await unknown.api('/servers', { headers: from(country) })).status).toBe(200)
    }
    for (const session of [later, vpn, unknown]) expect(await alertsOf(session)).toEqual([])
    expect(await queryFirst('SELECT country FROM sessions WHERE id = ?', later.me.session.id)).toEqual({
      country: 'BR',
    })
  })

  it('of many requests at once suspends once', async () => {
    const session = await atHome()
    const answers = await Promise.all(Array.from({ length: 8 }, () => session.api('/servers', { headers: from('BR') })))
    expect(answers.filter(({ ok }) => ok)).toEqual([])
    expect(await alertsOf(session)).toHaveLength(1)
  })

  it('is told and lets through where the owner decided so, and told once', async () => {
    await react('impossible_travel', 'alert')
    const session = await atHome()
    expect((await session.api('/servers', { headers: from('BR') })).status).toBe(200)
    expect((await session.api('/servers', { headers: from('DE') })).status).toBe(200)
    expect((await session.api('/servers', { headers: from('BR') })).status).toBe(200)
    expect(await facts(session)).toMatchObject([{ outcome: 'alerted' }])
    expect(await status(session)).toBe('ACTIVE')
  })
})

describe('confirming a country', () => {
  it('needs a fresh proof, and can be taken back', async () => {
    const session = await atHome()
    await execute('UPDATE sessions SET verified_at = 1 WHERE id = ?', session.me.session.id)
    const stale = await session.api('/me/countries/BR', { method: 'PUT', headers: from('DE') })
    expect(await readError(stale)).toMatchObject({ status: 403, code: 'step_up_required' })
    const forget = () => session.api('/me/countries/DE', { method: 'DELETE', headers: from('DE') })
    expect(await readJson(await forget())).toMatchObject({ here: 'DE', items: [{ country: 'DE', confirmedAt: null }] })
    expect((await session.api('/me/countries/DE', { method: 'DELETE' })).status).toBe(404)
  })
})

describe('a destructive act from a country that is not confirmed', () => {
  const reboot = (session: TestSession) =>
    session.api(`/servers/${serverId}/actions`, { json: { action: 'reboot' }, headers: from('BR') })

  async function abroad(): Promise<TestSession> {
    const session = await atHome()
    await seenAgo(session, minutes(90))
    expect((await session.api('/servers', { headers: from('BR') })).status).toBe(200)
    return session
  }

  it('passes with a fresh proof, and the owners are told', async () => {
    const session = await abroad()
    expect((await reboot(session)).status).toBe(202)
    expect(await facts(session)).toMatchObject([{ country: 'BR', proven: true, outcome: 'alerted' }])
    expect(await status(session)).toBe('ACTIVE')
  })

  it('without one is refused, and the third time suspends', async () => {
    const session = await abroad()
    await execute('UPDATE sessions SET verified_at = 1 WHERE id = ?', session.me.session.id)
    for (let i = 0; i < 2; i++) {
      expect(await readError(await reboot(session))).toMatchObject({ status: 403, code: 'step_up_required' })
    }
    expect(await status(session)).toBe('ACTIVE')
    expect(await readError(await reboot(session))).toMatchObject({ status: 403, code: 'account_not_active' })
    expect(await status(session)).toBe('SUSPENDED')
    expect(await facts(session)).toMatchObject([{ country: 'BR', proven: false, outcome: 'suspended' }])
  })

  it('is nothing special at home, and nowhere with the rule off', async () => {
    const home = await atHome()
    const done = await home.api(`/servers/${serverId}/actions`, { json: { action: 'reboot' }, headers: from('DE') })
    expect([202, 409]).toContain(done.status)
    await switchOffRules('new_country')
    const away = await abroad()
    await execute('UPDATE sessions SET verified_at = 1 WHERE id = ?', away.me.session.id)
    expect([202, 409]).toContain((await reboot(away)).status)
    expect([...(await alertsOf(home)), ...(await alertsOf(away))]).toEqual([])
  })
})

describe('a used refresh token that is presented again', () => {
  async function steal(session: TestSession): Promise<void> {
    const refresh = () =>
      api('/session/refresh', { method: 'POST', headers: { cookie: `wn_refresh=${session.refreshToken}`, origin } })
    expect((await refresh()).status).toBe(200)
    await execute('UPDATE refresh_tokens SET used_at = used_at - 60000 WHERE session_id = ?', session.me.session.id)
    expect(await readError(await refresh())).toMatchObject({ status: 401, code: 'session_reuse' })
  }

  it('is told the first time, and suspends the second', async () => {
    const session = await signInAs('USER')
    await steal(session)
    expect(await status(session)).toBe('ACTIVE')
    expect(await facts(session)).toMatchObject([{ times: 1, outcome: 'alerted' }])
    await steal(await signIn(session.authenticator))
    expect(await status(session)).toBe('SUSPENDED')
    expect(await facts(session)).toMatchObject([{ times: 1 }, { times: 2, outcome: 'suspended' }])
  })
})

describe('refusals', () => {
  it('of one person, twenty within five minutes, suspend; nineteen do not, and neither do those of strangers', async () => {
    const [session, other] = [await signInAs('USER'), await signInAs('USER')]
    for (let i = 0; i < 19; i++) expect((await session.api('/users')).status).toBe(403)
    for (let i = 0; i < 25; i++) expect((await api('/users')).status).toBe(401)
    expect((await other.api('/users')).status).toBe(403)
    expect(await status(session)).toBe('ACTIVE')
    expect((await session.api('/users')).status).toBe(403)
    await until(async () => (await status(session)) === 'SUSPENDED')
    expect(await facts(session)).toEqual([{ count: 20, outcome: 'suspended' }])
    expect(await status(other)).toBe('ACTIVE')
  })
})

describe('a key', () => {
  it('is no traveller: what it destroys from another country is its own list of addresses to decide', async () => {
    const session = await signInAs('ADMIN')
    const { me } = session
    const actor = { kind: 'user', id: me.id, name: me.name, role: 'ADMIN', overrides: [], grants: [] } as const
    const ctx = testCtx({ actor: { ...actor, sessionId: null, verifiedAt: 0, key: keyFacet() } })
    await ctx.protection.beforeDestructive({ ...ctx, country: 'BR' }, 'DELETE /x')
    const person = { ...ctx, actor: { ...actor, sessionId: me.session.id, verifiedAt: 0, key: null }, country: 'BR' }
    await expect(ctx.protection.beforeDestructive(person, 'DELETE /x')).rejects.toMatchObject({
      code: 'step_up_required',
    })
  })

  it('that runs into the limit again and again is named in the alert', async () => {
    const session = await signInAs('USER')
    const { me } = session
    const ctx = testCtx({
      actor: {
        kind: 'user',
        id: me.id,
        name: me.name,
        role: 'USER',
        overrides: [],
        grants: [],
        sessionId: null,
        verifiedAt: 0,
        key: keyFacet(),
      },
    })
    await ctx.protection.limitReached({ ...ctx, limits: { ...ctx.limits, strike: async () => true } })
    expect(await alertsOf(session)).toMatchObject([{ kind: 'rate_limits', key_id: 'key_1', key_name: 'CI' }])
  })
})

describe('request limits', () => {
  it('reached in five different minutes strike, however often in each', async () => {
    const { limits } = testCtx()
    const key = crypto.randomUUID()
    const burst = { count: 5, withinMs: minutes(15), slotMs: 20 }
    let struck = 0
    const started = Date.now()
    while (struck === 0 && Date.now() - started < 5_000) {
      const hits = await Promise.all(Array.from({ length: 10 }, () => limits.strike(key, burst)))
      struck += hits.filter(Boolean).length
    }
    expect(struck).toBe(1)
    expect(Date.now() - started).toBeGreaterThanOrEqual(60)
  })

  it('suspend the person when they strike, and tell which rule did', async () => {
    const session = await signInAs('USER')
    const ctx = testCtx({
      actor: {
        kind: 'user',
        id: session.me.id,
        name: session.me.name,
        role: 'USER',
        overrides: [],
        grants: [],
        key: null,
        sessionId: 's',
        verifiedAt: 0,
      },
    })
    const always = { ...ctx, limits: { ...ctx.limits, strike: async () => true } }
    await ctx.protection.limitReached(always)
    expect(await status(session)).toBe('SUSPENDED')
    expect(await alertsOf(session)).toMatchObject([{ kind: 'rate_limits', severity: 'critical' }])
  })

  it('are counted by user, with standard headers, and 429 says when to come back', async () => {
    const session = await signInAs('USER')
    const ctx = testCtx()
    const first = await session.api('/me')
    expect(first.headers.get('ratelimit-limit')).toBe('600')
    expect(Number(first.headers.get('ratelimit-remaining'))).toBeLessThan(600)
    await ctx.limits.observe(`user:${session.me.id}`, { capacity: 600, perSecond: 10 }, -1_000)
    const refused = await session.api('/me')
    expect(await readError(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(refused.headers.get('ratelimit-remaining')).toBe('0')
  })
})

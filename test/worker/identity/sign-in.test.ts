import { describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import type { Bend, RequestOptions } from '../../support/authenticator.ts'
import { SoftwareAuthenticator } from '../../support/authenticator.ts'
import {
  api,
  randomIp,
  readError,
  readJson,
  signIn,
  signInAs,
  type ChallengeAnswer,
  type TestSession,
} from '../../support/session.ts'

const begin = async (headers: Record<string, string> = {}) =>
  readJson<ChallengeAnswer<RequestOptions & { userVerification: string }>>(
    await api('/session/begin', { method: 'POST', headers }),
  )

async function attempt(authenticator: SoftwareAuthenticator, bend: Bend = {}, headers: Record<string, string> = {}) {
  const { challengeId, options } = await begin(headers)
  return api('/session/finish', { json: { challengeId, response: await authenticator.get(options, bend) }, headers })
}

const failedAttempts = async ({ me }: TestSession) =>
  (await queryFirst<{ n: number }>('SELECT failed_login_attempts AS n FROM users WHERE id = ?', me.id))?.n

describe('sign-in by passkey', () => {
  it('offers a challenge that fits any passkey of ours and names nobody', async () => {
    const { options } = await begin()
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(options.allowCredentials ?? []).toEqual([])
  })

  it('opens a session, named after the device, and remembers where from', async () => {
    const { authenticator, me } = await signInAs('VIEWER')
    const ip = randomIp()
    const userAgent =
      'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36'
    const headers = { 'cf-connecting-ip': ip, 'user-agent': userAgent, 'cf-ipcountry': 'DE' }
    const session = await signIn(authenticator, headers)
    expect(session.me).toMatchObject({ id: me.id, role: 'VIEWER', session: { name: 'Chrome on Android' } })
    const row = await queryFirst('SELECT ip, country, user_agent FROM sessions WHERE id = ?', session.me.session.id)
    expect(row).toEqual({ ip, country: 'DE', user_agent: userAgent })
    const user = await queryFirst<{ last_ip: string; last_login_at: number }>(
      'SELECT last_ip, last_login_at FROM users WHERE id = ?',
      me.id,
    )
    expect(user?.last_ip).toBe(ip)
    expect(Date.now() - (user?.last_login_at ?? 0)).toBeLessThan(10_000)
  })

  it('is on the record before and after, by the person who signed in', async () => {
    const { authenticator, me } = await signInAs('USER')
    await signIn(authenticator)
    const rows = await auditRows('user.sign_in', me.id)
    expect(rows.map((row) => [row.phase, row.actor_kind, row.actor_id])).toEqual([
      ['started', 'user', me.id],
      ['succeeded', 'user', me.id],
    ])
  })

  it.each<[string, Bend]>([
    ['for another origin', { origin: 'https://evil.example' }],
    ['without user verification', { userVerified: false }],
  ])('refuses an assertion made %s', async (_name, bend) => {
    const session = await signInAs('USER')
    expect(await readError(await attempt(session.authenticator, bend))).toMatchObject({
      status: 401,
      code: 'sign_in_failed',
    })
    expect(await failedAttempts(session)).toBe(1)
    const row = (await auditRows('user.sign_in', session.me.id)).at(-1)
    expect(row).toMatchObject({ phase: 'denied', error_code: 'sign_in_failed', actor_kind: 'anonymous' })
  })

  it('accepts each challenge once', async () => {
    const { authenticator } = await signInAs('USER')
    const { challengeId, options } = await begin()
    const json = { challengeId, response: await authenticator.get(options) }
    expect((await api('/session/finish', { json })).status).toBe(200)
    expect(await readError(await api('/session/finish', { json }))).toMatchObject({ code: 'sign_in_failed' })
    const again = { challengeId, response: await authenticator.get(options) }
    expect(await readError(await api('/session/finish', { json: again }))).toMatchObject({ code: 'sign_in_failed' })
  })

  it('lets one of two simultaneous answers to a challenge through', async () => {
    const { authenticator } = await signInAs('USER')
    const { challengeId, options } = await begin()
    const json = { challengeId, response: await authenticator.get(options) }
    const answers = await Promise.all([1, 2, 3].map(() => api('/session/finish', { json })))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
  })

  it('accepts no late challenge and none made for something else', async () => {
    const session = await signInAs('USER')
    const late = await begin()
    const stepUp = await readJson<ChallengeAnswer<RequestOptions>>(
      await session.api('/session/step-up/begin', { method: 'POST' }),
    )
    await execute('UPDATE webauthn_challenges SET expires_at = ? WHERE id = ?', Date.now(), late.challengeId)
    for (const { challengeId, options } of [late, stepUp]) {
      const response = await session.authenticator.get(options)
      expect(await readError(await api('/session/finish', { json: { challengeId, response } }))).toMatchObject({
        status: 401,
        code: 'sign_in_failed',
      })
    }
  })

  it('refuses an altered signature, a foreign user handle and an unknown passkey in the same words', async () => {
    const { authenticator } = await signInAs('USER')
    const stranger = new SoftwareAuthenticator()
    await stranger.create({
      challenge: 'AAAA',
      rp: { name: 'WebNova', id: 'localhost' },
      user: { id: 'AAAA', name: 'x' },
    })
    const bodies = []
    for (const alter of ['signature', 'userHandle', 'stranger'] as const) {
      const { challengeId, options } = await begin()
      const response = await (alter === 'stranger' ? stranger : authenticator).get(options)
      if (alter === 'userHandle') response.response.userHandle = 'c29tZWJvZHk'
      if (alter === 'signature') {
        const { signature } = response.response
        response.response.signature = `${signature.slice(0, -4)}${signature.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
      }
      const { requestId: _, ...rest } = await readError(
        await api('/session/finish', { json: { challengeId, response } }),
      )
      bodies.push(rest)
    }
    expect(bodies[0]).toMatchObject({ status: 401, code: 'sign_in_failed' })
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).toEqual(bodies[0])
  })

  it('refuses a passkey whose counter goes backwards, and says so on the record only', async () => {
    const session = await signInAs('USER')
    await signIn(session.authenticator)
    const refused = await readError(await attempt(session.authenticator, { countBy: -1 }))
    expect(refused).toMatchObject({ status: 401, code: 'sign_in_failed' })
    expect(JSON.stringify(refused)).not.toContain('counter')
    const row = (await auditRows('user.sign_in', session.me.id)).at(-1)
    expect(row).toMatchObject({ phase: 'denied', reason: expect.stringContaining('counter went backwards') })
  })

  it('forgets failed attempts after a success', async () => {
    const session = await signInAs('USER')
    await (await attempt(session.authenticator, { userVerified: false })).text()
    expect(await failedAttempts(session)).toBe(1)
    await signIn(session.authenticator)
    expect(await failedAttempts(session)).toBe(0)
  })

  it.each(['SUSPENDED', 'BANNED', 'PENDING', 'DEACTIVATED'])(
    'tells a person who is %s so, and opens nothing',
    async (status) => {
      const { authenticator, me } = await signInAs('USER')
      await execute('UPDATE users SET status = ? WHERE id = ?', status, me.id)
      expect(await readError(await attempt(authenticator))).toMatchObject({
        status: 403,
        code: 'account_not_active',
        message: `Account ${status}. Access denied.`,
      })
      const row = await queryFirst<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE user_id = ?', me.id)
      expect(row?.n).toBe(1)
    },
  )

  it('slows an address down after ten failures, and nobody else', async () => {
    const { authenticator } = await signInAs('USER')
    const headers = { 'cf-connecting-ip': randomIp() }
    const stranger = new SoftwareAuthenticator()
    const user = { id: 'AAAA', name: 'x' }
    await stranger.create({ challenge: 'AAAA', rp: { name: 'WebNova', id: 'localhost' }, user })
    for (let i = 0; i < 10; i++) expect((await attempt(stranger, {}, headers)).status).toBe(401)
    const refused = await api('/session/begin', { method: 'POST', headers })
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await readError(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    await signIn(authenticator)
  })

  it.each([
    ['no credential', {}],
    [
      'a credential without a response',
      { challengeId: 'chl_1', response: { id: 'AAAA', rawId: 'AAAA', type: 'public-key' } },
    ],
    [
      'an id that is not base64url',
      { challengeId: 'chl_1', response: { id: "' OR 1=1", rawId: 'AAAA', type: 'public-key', response: {} } },
    ],
  ])('names what is wrong with %s', async (_name, json) => {
    expect(await readError(await api('/session/finish', { json }))).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })
})

describe('the origin of a request', () => {
  it.each(['application/json', 'text/plain'])('is checked on every unsafe call with a cookie, %s too', async (type) => {
    const { headers } = await signInAs('USER')
    for (const origin of ['https://evil.example', 'http://localhost:8788', 'null']) {
      const answer = await api('/me', {
        method: 'PATCH',
        body: '{"name":"Mallory"}',
        headers: { ...headers, origin, 'content-type': type },
      })
      expect(await readError(answer)).toMatchObject({ status: 403, code: 'origin_refused' })
    }
  })
})

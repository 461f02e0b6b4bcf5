import { env } from 'cloudflare:workers'
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { createWorker } from '../../../worker/worker.ts'
import { days, minutes } from '../../../worker/kernel/clock.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import {
  api,
  createLink,
  origin,
  randomIp,
  readCookies,
  readError,
  readJson,
  signIn,
  signInAs,
  type ChallengeAnswer,
  type TestMe,
  type TestSession,
} from '../../support/session.ts'
import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'

const refresh = (refreshToken: string) =>
  api('/session/refresh', { method: 'POST', headers: { cookie: `wn_refresh=${refreshToken}` } })

const asBearer = (token: string) => api('/me', { headers: { authorization: `Bearer ${token}` } })

const sessionRow = (session: TestSession) =>
  queryFirst<{ expires_at: number; created_at: number; last_seen_at: number; revoked_reason: string | null }>(
    'SELECT * FROM sessions WHERE id = ?',
    session.me.session.id,
  )

/** As if every refresh so far had happened that much earlier. */
const age = (session: TestSession, ms: number) =>
  execute('UPDATE refresh_tokens SET used_at = used_at - ? WHERE session_id = ?', ms, session.me.session.id)

describe('refresh', () => {
  it('gives a new pair and uses the old token up', async () => {
    const session = await signInAs('USER')
    const answer = await refresh(session.refreshToken)
    expect(await readJson<TestMe>(answer.clone())).toMatchObject({ id: session.me.id })
    const cookies = readCookies(answer)
    expect(cookies['wn_refresh']).not.toBe(session.refreshToken)
    expect((await asBearer(cookies['wn_access'] ?? '')).status).toBe(200)
    expect((await refresh(cookies['wn_refresh'] ?? '')).status).toBe(200)
  })

  it('does not sign anybody out because two tabs refreshed at once', async () => {
    const session = await signInAs('USER')
    const answers = await Promise.all([1, 2, 3].map(() => refresh(session.refreshToken)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    const jars = answers.map(readCookies)
    for (const jar of jars) expect((await asBearer(jar['wn_access'] ?? '')).status).toBe(200)
    // One rotation: whichever answer arrives last, the shared jar holds the one living successor.
    const successors = jars.flatMap((jar) => jar['wn_refresh'] ?? [])
    expect(successors).toHaveLength(1)
    expect((await refresh(successors[0] ?? '')).status).toBe(200)
  })

  it('ends the session for both holders when a used token comes back later', async () => {
    const session = await signInAs('USER')
    const successor = readCookies(await refresh(session.refreshToken))
    await age(session, 11_000)
    const stolen = await refresh(session.refreshToken)
    expect(stolen.headers.getSetCookie().join()).toContain('wn_refresh=; Max-Age=0')
    expect(await readError(stolen)).toMatchObject({ status: 401, code: 'session_reuse' })
    expect(await readError(await refresh(successor['wn_refresh'] ?? ''))).toMatchObject({ code: 'session_expired' })
    expect(await readError(await asBearer(successor['wn_access'] ?? ''))).toMatchObject({ code: 'session_expired' })
    const rows = await auditRows('session.refresh_reuse', session.me.session.id)
    expect(rows.map((row) => row.phase)).toEqual(['started', 'succeeded'])
    expect((await sessionRow(session))?.revoked_reason).toBe('refresh_reuse')
  })

  it('ends only the session it happened in', async () => {
    const session = await signInAs('USER')
    const other = await signIn(session.authenticator)
    await refresh(session.refreshToken)
    await age(session, 11_000)
    await refresh(session.refreshToken)
    expect((await other.api('/me')).status).toBe(200)
  })

  it('keeps a session for 30 days without use and 90 days at most', async () => {
    const session = await signInAs('USER')
    const opened = await sessionRow(session)
    expect(opened && opened.expires_at - opened.created_at).toBe(days(30))
    const created = Date.now() - days(80)
    await execute('UPDATE sessions SET created_at = ? WHERE id = ?', created, session.me.session.id)
    await refresh(session.refreshToken)
    expect((await sessionRow(session))?.expires_at).toBe(created + days(90))
  })

  it.each([
    ['expired', 'UPDATE sessions SET expires_at = 1 WHERE id = ?'],
    ['revoked', 'UPDATE sessions SET revoked_at = 1 WHERE id = ?'],
  ])('refuses the token of a session that is %s and clears the cookies', async (_name, sql) => {
    const session = await signInAs('USER')
    await execute(sql, session.me.session.id)
    const answer = await refresh(session.refreshToken)
    expect(answer.headers.getSetCookie()).toHaveLength(2)
    expect(await readError(answer)).toMatchObject({ status: 401, code: 'session_expired' })
  })

  it('refuses garbage and nothing at all', async () => {
    expect(await readError(await refresh('garbage'))).toMatchObject({ status: 401, code: 'session_expired' })
    expect(await readError(await api('/session/refresh', { method: 'POST' }))).toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('refuses somebody who was suspended meanwhile', async () => {
    const session = await signInAs('USER')
    await execute("UPDATE users SET status = 'SUSPENDED' WHERE id = ?", session.me.id)
    expect(await readError(await refresh(session.refreshToken))).toMatchObject({ code: 'account_not_active' })
  })

  it('works beside an access token that has run out', async () => {
    const session = await signInAs('USER')
    const cookie = `wn_access=garbage; wn_refresh=${session.refreshToken}`
    expect((await api('/session/refresh', { method: 'POST', headers: { cookie } })).status).toBe(200)
  })

  it('is refused from another site', async () => {
    const session = await signInAs('USER')
    const headers = { cookie: `wn_refresh=${session.refreshToken}`, origin: 'https://evil.example' }
    expect(await readError(await api('/session/refresh', { method: 'POST', headers }))).toMatchObject({
      code: 'origin_refused',
    })
    expect((await refresh(session.refreshToken)).status).toBe(200)
  })
})

describe('the status gate', () => {
  it.each(['SUSPENDED', 'BANNED', 'PENDING', 'DEACTIVATED'])(
    'refuses every request of a person who is %s',
    async (status) => {
      const session = await signInAs('ADMIN')
      const other = await signIn(session.authenticator)
      await execute('UPDATE users SET status = ? WHERE id = ?', status, session.me.id)
      const answers = [
        await session.api('/me'),
        await other.api('/me/sessions'),
        await session.api('/me', { method: 'PATCH', json: { name: 'x' } }),
        await asBearer(session.accessToken),
        await session.api('/session/begin', { method: 'POST' }),
        await session.api('/setup'),
      ]
      for (const answer of answers) {
        expect(await readError(answer)).toMatchObject({
          status: 403,
          code: 'account_not_active',
          message: `Account ${status}. Access denied.`,
        })
      }
    },
  )
})

describe('sessions of one’s own', () => {
  it('are listed, this one first, and nobody else’s', async () => {
    const first = await signInAs('USER')
    const second = await signIn(first.authenticator)
    const list = await readJson<{ items: { id: string; current: boolean }[] }>(await first.api('/me/sessions'))
    expect(list.items.map((item) => [item.id, item.current])).toEqual([
      [first.me.session.id, true],
      [second.me.session.id, false],
    ])
  })

  it('can be named', async () => {
    const session = await signInAs('USER')
    const path = `/me/sessions/${session.me.session.id}`
    expect(
      await readJson(await session.api(path, { method: 'PATCH', json: { name: 'Kitchen tablet' } })),
    ).toMatchObject({
      name: 'Kitchen tablet',
      current: true,
    })
    expect((await readJson<TestMe>(await session.api('/me'))).session.name).toBe('Kitchen tablet')
    const rows = await auditRows('session.rename', session.me.session.id)
    expect(rows.at(-1)).toMatchObject({ phase: 'succeeded', after: '{"name":"Kitchen tablet"}' })
    expect(await readError(await session.api(path, { method: 'PATCH', json: { name: '' } }))).toMatchObject({
      code: 'invalid_input',
    })
  })

  it('end at the next request when revoked', async () => {
    const session = await signInAs('USER')
    const other = await signIn(session.authenticator)
    const path = `/me/sessions/${other.me.session.id}`
    expect((await session.api(path, { method: 'DELETE' })).status).toBe(204)
    expect(await readError(await other.api('/me'))).toMatchObject({ status: 401, code: 'session_expired' })
    expect(await readError(await refresh(other.refreshToken))).toMatchObject({ code: 'session_expired' })
    expect(await readError(await session.api(path, { method: 'DELETE' }))).toMatchObject({ code: 'not_found' })
    expect((await session.api('/me')).status).toBe(200)
  })

  it('of other people look like none', async () => {
    const session = await signInAs('USER')
    const stranger = await signInAs('OWNER')
    const path = `/me/sessions/${session.me.session.id}`
    for (const init of [{ method: 'DELETE' }, { method: 'PATCH', json: { name: 'mine' } }]) {
      expect(await readError(await stranger.api(path, init))).toMatchObject({ status: 404, code: 'not_found' })
    }
    expect((await session.api('/me')).status).toBe(200)
  })

  it('can all be ended but this one, and then this one too', async () => {
    const session = await signInAs('USER')
    const others = [await signIn(session.authenticator), await signIn(session.authenticator)]
    expect(await readJson(await session.api('/me/sessions', { method: 'DELETE' }))).toEqual({ ended: 2 })
    for (const other of others) expect((await other.api('/me')).status).toBe(401)
    expect((await session.api('/me')).status).toBe(200)
    const all = await session.api('/me/sessions/all', { method: 'DELETE' })
    expect(all.headers.getSetCookie()).toHaveLength(2)
    expect(await readJson(all)).toEqual({ ended: 1 })
    expect((await session.api('/me')).status).toBe(401)
  })

  it('tell open dashboards when they end', async () => {
    const session = await signInAs('OWNER')
    const other = await signIn(session.authenticator)
    const hub = env.LIVE_HUB.get(env.LIVE_HUB.idFromName('main'))
    const headers = { upgrade: 'websocket', 'x-live-user': session.me.id, 'x-live-session': other.me.session.id }
    const { webSocket } = await hub.fetch('http://hub/', { headers })
    const closed = new Promise<CloseEvent>((resolve) => webSocket?.addEventListener('close', resolve))
    const told = new Promise<string>((resolve) =>
      webSocket?.addEventListener('message', (event) => resolve(String(event.data))),
    )
    webSocket?.accept()
    await session.api(`/me/sessions/${other.me.session.id}`, { method: 'DELETE' })
    expect(JSON.parse(await told)).toEqual({ type: 'session.ended', sessionIds: [other.me.session.id] })
    expect((await closed).code).toBe(4401)
  })

  it('say when they were last seen, to within five minutes', async () => {
    const session = await signInAs('USER')
    const before = await sessionRow(session)
    await session.api('/me')
    expect((await sessionRow(session))?.last_seen_at).toBe(before?.last_seen_at)
    const old = Date.now() - minutes(6)
    await execute('UPDATE sessions SET last_seen_at = ? WHERE id = ?', old, session.me.session.id)
    await session.api('/me')
    await expect.poll(async () => (await sessionRow(session))?.last_seen_at).toBeGreaterThan(old)
  })
})

describe('signing out', () => {
  it('ends the session and clears the cookies', async () => {
    const session = await signInAs('USER')
    const answer = await session.api('/session', { method: 'DELETE' })
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie().every((cookie) => cookie.includes('Max-Age=0'))).toBe(true)
    expect((await asBearer(session.accessToken)).status).toBe(401)
    expect((await refresh(session.refreshToken)).status).toBe(401)
    const rows = await auditRows('user.sign_out', session.me.session.id)
    expect(rows.map((row) => [row.phase, row.actor_id])).toEqual([
      ['started', session.me.id],
      ['succeeded', session.me.id],
    ])
  })

  it('works with a refresh cookie alone and with no session at all', async () => {
    const session = await signInAs('USER')
    const headers = { cookie: `wn_refresh=${session.refreshToken}` }
    expect((await api('/session', { method: 'DELETE', headers })).status).toBe(204)
    expect((await asBearer(session.accessToken)).status).toBe(401)
    expect((await api('/session', { method: 'DELETE' })).status).toBe(204)
  })
})

describe('cookies on https', () => {
  const publicOrigin = 'https://nova.example.com'
  const live = { ENVIRONMENT: 'production', HETZNER_API_URL: 'https://api.hetzner.cloud/v1' }
  const secure = { ...env, ...live, PUBLIC_ORIGIN: publicOrigin } as unknown as Env

  async function call(path: string, init: { json?: unknown; cookie?: string } = {}) {
    const headers = { origin: publicOrigin, 'cf-connecting-ip': randomIp(), 'content-type': 'application/json' }
    const request = new Request<unknown, IncomingRequestCfProperties>(`${publicOrigin}/api/v1${path}`, {
      method: init.json === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(init.cookie ? { cookie: init.cookie } : {}) },
      ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
    })
    const execution = createExecutionContext()
    const response = await createWorker({}).fetch(request, secure, execution)
    await waitOnExecutionContext(execution)
    return response
  }

  it('carry the __Host- prefix, and a plain cookie counts for nothing', async () => {
    const { me } = await signInAs('USER')
    const token = await createLink('break_glass', { userId: me.id })
    const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(
      await call('/enrol/begin', { json: { token } }),
    )
    expect(options.rp.id).toBe('nova.example.com')
    const response = await new SoftwareAuthenticator(publicOrigin).create(options)
    const answer = await call('/enrol/finish', { json: { token, challengeId, response } })
    expect(answer.status).toBe(200)
    const cookies = answer.headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-wn_(access|refresh)=/)
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute)
      expect(cookie).not.toContain('Domain')
    }
    const access = readCookies(answer)['__Host-wn_access'] ?? ''
    expect((await call('/me', { cookie: `__Host-wn_access=${access}` })).status).toBe(200)
    expect((await call('/me', { cookie: `wn_access=${access}` })).status).toBe(401)
    // A token of this deployment is no token of another, even under the same keys.
    expect((await asBearer(access)).status).toBe(401)
    expect(origin).not.toBe(publicOrigin)
  })
})

describe('housekeeping', () => {
  it('forgets sessions that ended 30 days ago with their tokens, and no others', async () => {
    const [gone, idle, recent, living] = [
      await signInAs('USER'),
      await signInAs('USER'),
      await signInAs('USER'),
      await signInAs('USER'),
    ]
    const long = Date.now() - days(31)
    await execute('UPDATE sessions SET revoked_at = ? WHERE id = ?', long, gone.me.session.id)
    await execute('UPDATE sessions SET expires_at = ? WHERE id = ?', long, idle.me.session.id)
    await execute('UPDATE sessions SET revoked_at = ? WHERE id = ?', Date.now(), recent.me.session.id)
    const execution = createExecutionContext()
    const controller = createScheduledController({ cron: '17 0 * * *' })
    await createWorker({}).scheduled?.(controller, env, execution)
    await waitOnExecutionContext(execution)
    const left = await Promise.all(
      [gone, idle, recent, living].map(async (session) => (await sessionRow(session)) !== null),
    )
    expect(left).toEqual([false, false, true, true])
    const tokens = await queryFirst<{ n: number }>(
      'SELECT count(*) AS n FROM refresh_tokens WHERE session_id NOT IN (SELECT id FROM sessions)',
    )
    expect(tokens?.n).toBe(0)
    expect((await living.api('/me')).status).toBe(200)
  })
})

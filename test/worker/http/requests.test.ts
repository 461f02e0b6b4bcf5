import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { execute, queryAll } from '../../support/database.ts'
import { api, origin, randomIp, readError, readJson, signInAs } from '../../support/session.ts'

const fetchAs = (headers: Record<string, string>, path: string, init: RequestInit = {}) =>
  exports.default.fetch(
    new Request(`${origin}${path}`, { ...init, headers: { 'cf-connecting-ip': randomIp(), ...headers } }),
  )

describe('a request body', () => {
  it('over 256 KiB is refused, announced or not', async () => {
    const session = await signInAs('USER')
    const big = JSON.stringify({ name: 'x'.repeat(300_000) })
    expect(await readError(await session.api('/me', { method: 'PATCH', json: { name: big } }))).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    })
    const stream = new Blob([big]).stream()
    const headers = { ...session.headers, 'content-type': 'application/json' }
    const streamed = await fetchAs(headers, '/api/v1/me', { method: 'PATCH', body: stream })
    expect(await readError(streamed)).toMatchObject({ status: 413, code: 'payload_too_large' })
  })

  it.each([
    ['text/plain', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['nothing said', ''],
    ['almost JSON', 'application/jsonp'],
  ])('that is not said to be JSON is refused, not taken for an empty one: %s', async (_name, type) => {
    const session = await signInAs('USER')
    const body = new Blob([JSON.stringify({ name: 'Renamed' })], { type })
    const headers = { ...session.headers, ...(type ? { 'content-type': type } : {}) }
    const answer = await fetchAs(headers, '/api/v1/me', { method: 'PATCH', body })
    expect(await readError(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  })

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json'])(
    'in JSON under any of its names is read: %s',
    async (type) => {
      const session = await signInAs('USER')
      const init = { method: 'PATCH', json: { name: 'Renamed' }, headers: { 'content-type': type } }
      expect(await readJson(await session.api('/me', init))).toMatchObject({ name: 'Renamed' })
    },
  )

  it.each([
    ['cut off', '{"name":"x'],
    ['empty', ''],
    ['nested 60,000 deep', '['.repeat(60_000)],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe])],
  ])('that cannot be read is malformed: %s', async (_name, body) => {
    const session = await signInAs('USER')
    const headers = { 'content-type': 'application/json' }
    expect(await readError(await session.api('/me', { method: 'PATCH', body, headers }))).toMatchObject({
      status: 400,
      code: 'malformed_body',
    })
  })

  it.each([['null'], ['[]'], ['7'], ['"text"'], ['{"theme":1e999}'], ['{"name":{"toString":1}}']])(
    'of another shape is invalid: %s',
    async (body) => {
      const session = await signInAs('USER')
      const headers = { 'content-type': 'application/json' }
      expect(await readError(await session.api('/me', { method: 'PATCH', body, headers }))).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    },
  )

  it('wrong in 50,000 places is answered with a page of them, not with megabytes', async () => {
    const owner = await signInAs('OWNER')
    const json = { serverIds: Array.from({ length: 50_000 }, () => 1), action: 'start', confirm: '1' }
    const error = await readError(await owner.api('/servers/actions', { json }))
    expect(error).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(error.fields?.length).toBeLessThanOrEqual(20)
  })

  it.each([
    ['a line break', 'Ada\nroot signed in'],
    ['NUL', 'Ada\u0000'],
    ['half a character', 'Ada\ud800'],
    ['a mark that turns the line around', 'Ada\u202egnp.exe'],
  ])('cannot put %s into a name that the log will show', async (_name, name) => {
    const session = await signInAs('OWNER')
    const calls = [
      session.api('/me', { method: 'PATCH', json: { name } }),
      session.api(`/me/sessions/${session.me.session.id}`, { method: 'PATCH', json: { name } }),
      session.api('/accounts', { json: { provider: 'hetzner', name, token: 'x'.repeat(64) } }),
    ]
    for (const answer of await Promise.all(calls)) {
      expect(await readError(answer)).toMatchObject({ status: 400, fields: [{ path: 'name' }] })
    }
    expect(await readJson(await session.api('/me', { method: 'PATCH', json: { name: 'نورا‏ Åsa 👩🏽‍💻' } }))).toMatchObject({
      name: 'نورا‏ Åsa 👩🏽‍💻',
    })
  })
})

describe('a stranger', () => {
  it('is refused before the input is looked at', async () => {
    for (const path of ['/accounts', '/servers/actions', '/me/passkeys/finish']) {
      expect(await readError(await api(path, { json: { nonsense: true } }))).toMatchObject({ status: 401 })
      expect(await readError(await api(path, { body: 'not json' }))).toMatchObject({ status: 401 })
    }
    expect(await readError(await api('/provider-log?limit=-1'))).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('who asks the database about its health is counted like anybody else', async () => {
    const headers = { 'cf-connecting-ip': randomIp() }
    const statuses = new Set<number>()
    for (let i = 0; i < 70; i++) statuses.add((await fetchAs(headers, '/readyz')).status)
    expect([...statuses]).toEqual([200, 429])
    expect((await fetchAs(headers, '/healthz')).status).toBe(200)
  })
})

describe('a method', () => {
  it.each([
    ['DELETE', '/api/v1/accounts', 'GET, HEAD, POST'],
    ['GET', '/api/v1/session/begin', 'POST'],
    ['PUT', '/api/v1/me/sessions/ses_1', 'DELETE, PATCH'],
    ['OPTIONS', '/api/v1/servers', 'GET, HEAD'],
    ['PROPFIND', '/api/v1/me', 'GET, HEAD, PATCH'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/api/openapi.json', 'GET, HEAD'],
  ])('that a path does not know is told so: %s %s', async (method, path, allow) => {
    const answer = await fetchAs({}, path, { method })
    expect(answer.headers.get('allow')).toBe(allow)
    expect(await readError(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
  })

  it.each(['/api/v1/nothing', '/api/v1/accounts/a/b/c', '/api/v2/me', '/api', '/api/v1/accounts//token'])(
    'on a path nobody knows is not found: %s',
    async (path) => {
      const answer = await fetchAs({}, path, { method: 'POST' })
      expect(answer.headers.get('allow')).toBeNull()
      expect(await readError(answer)).toMatchObject({ status: 404, code: 'not_found' })
    },
  )

  it('HEAD answers as GET does, without a body', async () => {
    const { headers } = await signInAs('USER')
    for (const [path, status] of [
      ['/api/v1/me', 200],
      ['/api/v1/servers', 403],
      ['/api/v1/nothing', 404],
      ['/healthz', 200],
    ] as const) {
      const answer = await fetchAs(headers, path, { method: 'HEAD' })
      expect([answer.status, await answer.text(), answer.headers.get('x-content-type-options')]).toEqual([
        status,
        '',
        'nosniff',
      ])
    }
  })
})

describe('another site', () => {
  const foreign = [
    'https://evil.example',
    'null',
    'http://localhost:8788',
    'http://localhost',
    'https://localhost:8787',
  ]

  it.each(foreign)('changes nothing with the cookie of a person who visits it: %s', async (from) => {
    const session = await signInAs('USER')
    const before = await queryAll('SELECT name FROM users WHERE id = ?', session.me.id)
    for (const init of [
      { method: 'PATCH', json: { name: 'Mallory' } },
      { method: 'POST', body: 'name=Mallory', headers: { 'content-type': 'text/plain' } },
    ]) {
      const answer = await session.api('/me', { ...init, headers: { ...init.headers, origin: from } })
      expect(await readError(answer)).toMatchObject({ status: 403, code: 'origin_refused' })
    }
    expect(await queryAll('SELECT name FROM users WHERE id = ?', session.me.id)).toEqual(before)
  })

  it.each([
    [{}, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
  ])('is not told from ours by what a request leaves out: %j', async (headers, status) => {
    const { cookie = '' } = (await signInAs('USER')).headers
    const answer = await fetchAs({ cookie, 'content-type': 'application/json', ...headers }, '/api/v1/me', {
      method: 'PATCH',
      body: '{"name":"Renamed"}',
    })
    expect(answer.status).toBe(status)
  })

  it('is never allowed to read an answer', async () => {
    const session = await signInAs('USER')
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await session.api('/me', {
        method,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
      })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })
})

describe('limits', () => {
  it('tell how much is left, and how long to wait', async () => {
    const headers = { 'cf-connecting-ip': randomIp() }
    const first = await api('/session/begin', { method: 'POST', headers })
    expect(first.headers.get('ratelimit-limit')).toBe('60')
    expect(first.headers.get('ratelimit-remaining')).toBe('59')
    for (let i = 0; i < 62; i++) await api('/setup', { headers })
    const refused = await api('/session/begin', { method: 'POST', headers })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(refused.headers.get('ratelimit-remaining')).toBe('0')
    expect(await readError(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    const before = await queryAll('SELECT id FROM webauthn_challenges')
    await api('/session/begin', { method: 'POST', headers })
    expect(await queryAll('SELECT id FROM webauthn_challenges')).toEqual(before)
  })

  it('see one connection in all the addresses it may choose from', async () => {
    const network = `2001:db8:${Math.floor(Math.random() * 60_000 + 1).toString(16)}:7`
    const ask = (i: number) => api('/setup', { headers: { 'cf-connecting-ip': `${network}::${i.toString(16)}` } })
    const statuses = new Set<number>()
    for (let i = 1; i <= 65; i++) statuses.add((await ask(i)).status)
    expect([...statuses]).toEqual([200, 429])
  })

  it('hold for a token that is ours, but good for nothing any more', async () => {
    const session = await signInAs('USER')
    await execute('UPDATE sessions SET revoked_at = 1 WHERE id = ?', session.me.session.id)
    const statuses = new Set<number>()
    for (let i = 0; i < 65; i++) statuses.add((await session.api('/me')).status)
    expect([...statuses]).toEqual([401, 429])
  })

  it('are not walked around with a token of nobody', async () => {
    const headers = { 'cf-connecting-ip': randomIp(), authorization: 'Bearer garbage' }
    const statuses = new Set<number>()
    for (let i = 0; i < 65; i++) statuses.add((await api('/session/begin', { method: 'POST', headers })).status)
    expect([...statuses]).toEqual([200, 429])
  })
})

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, randomToken } from '../../../worker/kernel/crypto.ts'
import { createWorker } from '../../../worker/worker.ts'
import { testSecrets } from '../../support/secrets.ts'
import { api, origin, readError, signInAs, type TestSession } from '../../support/session.ts'

const [kid = '', key = ''] = testSecrets.SESSION_KEYS.split(':')

interface Forgery {
  kid?: string
  key?: string
  typ?: string
  issuer?: string
  sub?: string
  sid?: string
  expiresInS?: number
}

/** A token as the product signs it, but for what `forgery` says. */
function sign(session: TestSession, forgery: Forgery = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000)
  return new SignJWT({ sid: forgery.sid ?? session.me.session.id })
    .setProtectedHeader({ alg: 'HS256', typ: forgery.typ ?? 'at+jwt', kid: forgery.kid ?? kid })
    .setIssuer(forgery.issuer ?? origin)
    .setSubject(forgery.sub ?? session.me.id)
    .setIssuedAt(now)
    .setExpirationTime(now + (forgery.expiresInS ?? 60))
    .sign(fromBase64Url(forgery.key ?? key))
}

const asBearer = (token: string) => api('/me', { headers: { authorization: `Bearer ${token}` } })

describe('an access token', () => {
  it('is accepted when we signed it (the forgeries below differ in one thing each)', async () => {
    const session = await signInAs('USER')
    expect((await asBearer(await sign(session))).status).toBe(200)
  })

  it('lives ten minutes', async () => {
    const { accessToken } = await signInAs('USER')
    const payload = JSON.parse(atob(accessToken.split('.')[1] ?? '')) as { iat: number; exp: number }
    expect(payload.exp - payload.iat).toBe(600)
  })

  it.each<[string, Forgery]>([
    ['another key', { key: randomToken() }],
    ['an unknown key id', { kid: 'k2' }],
    ['an end in the past', { expiresInS: -1 }],
    ['another issuer', { issuer: 'https://evil.example' }],
    ['another type', { typ: 'JWT' }],
    ['a session of nobody', { sid: 'ses_none' }],
    ['somebody else’s session', { sub: 'usr_other' }],
  ])('is refused with %s', async (_name, forgery) => {
    const session = await signInAs('USER')
    expect(await readError(await asBearer(await sign(session, forgery)))).toMatchObject({
      status: 401,
      code: 'session_expired',
    })
  })

  it('is refused unsigned, signed with another algorithm, or altered', async () => {
    const session = await signInAs('USER')
    const claims = {
      sid: session.me.session.id,
      sub: session.me.id,
      iss: origin,
      exp: Math.floor(Date.now() / 1_000) + 60,
    }
    const none = new UnsecuredJWT(claims).encode()
    const hs512 = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512', typ: 'at+jwt', kid })
      .sign(new Uint8Array(64))
    const [head = '', body = '', signature = ''] = session.accessToken.split('.')
    const otherBody = btoa(JSON.stringify({ ...claims, sub: 'usr_root' })).replaceAll('=', '')
    for (const token of [none, hs512, `${head}.${otherBody}.${signature}`, `${head}.${body}.`, 'garbage', 'a.b.c']) {
      expect(await readError(await asBearer(token))).toMatchObject({ status: 401, code: 'session_expired' })
    }
  })

  it('is checked by its signature before the database hears of it', async () => {
    let queries = 0
    const DB = new Proxy(env.DB, {
      get(target, property) {
        queries += 1
        return Reflect.get(target, property) as unknown
      },
    })
    const execution = createExecutionContext()
    const headers = { authorization: 'Bearer garbage' }
    const request = new Request<unknown, IncomingRequestCfProperties>(`${origin}/api/v1/me`, { headers })
    const response = await createWorker({}).fetch(request, { ...env, DB }, execution)
    await waitOnExecutionContext(execution)
    expect(response.status).toBe(401)
    expect(queries).toBe(0)
  })

  it('costs one query when it is good', async () => {
    const session = await signInAs('USER')
    const statements: string[] = []
    const DB = new Proxy(env.DB, {
      get(target, property) {
        if (property !== 'prepare') return Reflect.get(target, property) as unknown
        return (sql: string) => {
          statements.push(sql)
          return target.prepare(sql)
        }
      },
    })
    const execution = createExecutionContext()
    const headers = { authorization: `Bearer ${session.accessToken}` }
    const request = new Request<unknown, IncomingRequestCfProperties>(`${origin}/api/v1/nowhere`, { headers })
    await createWorker({}).fetch(request, { ...env, DB }, execution)
    await waitOnExecutionContext(execution)
    expect(statements).toHaveLength(1)
  })
})

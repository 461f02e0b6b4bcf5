import { beforeEach, describe, expect, it } from 'vitest'
import {
  hashPassword,
  isOutdatedHash,
  nobodysHash,
  verifyPassword,
} from '../../../worker/features/identity/passwords/hasher.ts'
import { refuseSignIn } from '../../../worker/features/identity/sign-in/refuse.ts'
import { selectUser } from '../../../worker/features/identity/users.store.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import {
  allow,
  codeNow,
  forgetTries,
  goodPassword,
  personWithPassword,
  signInByPassword,
  tryPassword,
} from '../../support/password.ts'
import { api, readError, readJson, signIn, signInAs, type TestMe } from '../../support/session.ts'

beforeEach(() => allow('allowed'))

const failures = async (userId: string) =>
  (await queryFirst<{ n: number }>('SELECT failed_login_attempts AS n FROM users WHERE id = ?', userId))?.n

describe('a stored password', () => {
  it('is argon2id with its parameters and a salt of its own beside it', async () => {
    const [one, two] = await Promise.all([hashPassword(goodPassword), hashPassword(goodPassword)])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(two).not.toBe(one)
    expect(await verifyPassword(one, goodPassword)).toBe(true)
    expect(await verifyPassword(one, `${goodPassword} `)).toBe(false)
    expect(await verifyPassword('nonsense', goodPassword)).toBe(false)
  })

  it('holds to its last character in every script, however the keyboard composes it', async () => {
    const hash = await hashPassword('كلمة مرور طويلة جداأ')
    expect(await verifyPassword(hash, 'كلمة مرور طويلة جداب')).toBe(false)
    expect(await verifyPassword(await hashPassword('caf\u00e9 und noch mehr'), 'cafe\u0301 und noch mehr')).toBe(true)
    expect(await verifyPassword(await hashPassword('zero\u0000first tail one'), 'zero\u0000first tail two')).toBe(false)
  })

  it('that nobody has costs as much as one of today', () => {
    expect(isOutdatedHash(nobodysHash)).toBe(false)
    expect(isOutdatedHash(nobodysHash.replace('t=2', 't=1'))).toBe(true)
  })
})

describe('signing in by password', () => {
  it('takes password and code together, and opens a session that confirms nothing', async () => {
    const person = await personWithPassword()
    const session = await signInByPassword(person)
    expect(session.me).toMatchObject({
      id: person.session.me.id,
      session: { verifiedAt: null, mustAddPasskey: false },
    })
    expect((await session.api('/me')).status).toBe(200)
    const rows = await auditRows('user.sign_in', session.me.id)
    expect(rows.at(-1)).toMatchObject({ phase: 'succeeded', actor_id: session.me.id })
    expect(JSON.parse(rows.at(-1)?.after ?? '')).toEqual({
      method: 'password',
      secondFactor: 'one-time code',
      sessionId: session.me.session.id,
    })
  })

  it('never becomes a passkey by itself, nor changes how one signs in', async () => {
    const session = await signInByPassword(await personWithPassword())
    for (const [path, init] of [
      ['/me/passkeys/begin', { method: 'POST' }],
      ['/me/recovery-codes', { method: 'POST' }],
      ['/me/password', { method: 'PUT', json: { password: goodPassword } }],
      ['/me/password', { method: 'DELETE' }],
      ['/me/totp/begin', { method: 'POST' }],
      ['/me/totp', { method: 'DELETE' }],
    ] as const) {
      expect([path, await readError(await session.api(path, init))]).toMatchObject([path, { code: 'step_up_required' }])
    }
  })

  it('takes a recovery code in the place of the one-time code, once', async () => {
    const { session } = await personWithPassword()
    const { codes } = await readJson<{ codes: string[] }>(await session.api('/me/recovery-codes', { method: 'POST' }))
    const answer = await tryPassword(session.me.email, goodPassword, codes[0] ?? '')
    expect((await readJson<TestMe>(answer)).session.mustAddPasskey).toBe(true)
    expect((await tryPassword(session.me.email, goodPassword, codes[0] ?? '')).status).toBe(401)
  })

  it('accepts a code once, also of two at the same time', async () => {
    const { session, secret } = await personWithPassword()
    const code = await codeNow(secret)
    const twice = await Promise.all([1, 2].map(() => tryPassword(session.me.email, goodPassword, code)))
    expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
    expect((await tryPassword(session.me.email, goodPassword, code)).status).toBe(401)
  })

  it('is refused in the same words whoever and whatever is wrong', async () => {
    const { session, secret } = await personWithPassword()
    const other = await personWithPassword()
    const without = await signInAs('USER')
    const { email } = session.me
    const asked = async (answer: Promise<Response>) => {
      const body = { ...(await readError(await answer)), requestId: '' }
      await Promise.all([email, other.session.me.email].map(forgetTries))
      return body
    }
    const bodies = [
      await asked(tryPassword('nobody@example.com', goodPassword, await codeNow(secret))),
      await asked(tryPassword(email, 'another password', await codeNow(secret))),
      await asked(tryPassword(email, goodPassword, '000000')),
      await asked(tryPassword(email, goodPassword, await codeNow(other.secret))),
      await asked(tryPassword(email, goodPassword, '0000-0000-0000-0000')),
      await asked(tryPassword(without.me.email, goodPassword, await codeNow(secret))),
    ]
    await execute("INSERT INTO sign_in_exceptions VALUES (?, 'off', 0)", other.session.me.id)
    bodies.push(await asked(tryPassword(other.session.me.email, goodPassword, await codeNow(other.secret))))
    await allow('off')
    bodies.push(await asked(tryPassword(email, goodPassword, await codeNow(secret))))
    expect(bodies[0]).toMatchObject({ status: 401, code: 'sign_in_failed' })
    for (const body of bodies) expect(body).toEqual(bodies[0])
  })

  it('needs both: neither a password without an app nor an app without a password opens anything', async () => {
    const { session, secret } = await personWithPassword()
    await readJson(await session.api('/me/password', { method: 'PUT', json: { password: goodPassword } }))
    await session.api('/me/totp', { method: 'DELETE' })
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret))).status).toBe(401)
    const other = await personWithPassword()
    await other.session.api('/me/password', { method: 'DELETE' })
    expect((await tryPassword(other.session.me.email, goodPassword, await codeNow(other.secret))).status).toBe(401)
  })

  it('counts failures of somebody who could have come in, and starts over when they do', async () => {
    const { session, secret } = await personWithPassword()
    await (await tryPassword(session.me.email, 'another password', await codeNow(secret))).text()
    await (await tryPassword(session.me.email, goodPassword, '000000')).text()
    expect(await failures(session.me.id)).toBe(2)
    const rows = await auditRows('user.sign_in', session.me.id)
    expect(rows.map(({ phase, reason }) => [phase, reason])).toEqual([
      ['denied', 'password not accepted'],
      ['denied', 'second factor not accepted'],
    ])
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret))).status).toBe(200)
    expect(await failures(session.me.id)).toBe(0)
  })

  it('counts nothing against somebody whom no password lets in: guessing locks nobody out', async () => {
    const person = await signInAs('USER')
    for (let i = 0; i < 3; i++) await (await tryPassword(person.me.email, 'a guess at nothing', '000000')).text()
    expect(await failures(person.me.id)).toBe(0)
    expect(await auditRows('user.sign_in', person.me.id)).toHaveLength(3)
  })

  it('counts exactly, however many fail at the same time', async () => {
    const { session } = await personWithPassword()
    const user = (await selectUser(testCtx().db, session.me.id)) ?? null
    const refuse = () => refuseSignIn(testCtx(), 'user.sign_in', { user, reason: 'password not accepted' })
    const refused = await Promise.all(Array.from({ length: 100 }, refuse))
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['sign_in_failed']))
    expect(await failures(session.me.id)).toBe(100)
  })

  it('can be guessed at three times an account from anywhere at once, and each counts that was looked at', async () => {
    const { session } = await personWithPassword()
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => tryPassword(session.me.email, 'another password', '000000')),
    )
    const looked = answers.filter(({ status }) => status === 401).length
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30 - looked)
    expect(await failures(session.me.id)).toBe(looked)
    // Three, and on a slow machine one more that came after the first second's wait.
    expect([3, 4]).toContain(looked)
    expect((await signIn(session.authenticator)).me.id).toBe(session.me.id)
  })

  it('that fails five times in a row suspends the person, whoever was guessing', async () => {
    const { session, secret } = await personWithPassword()
    for (let i = 0; i < 5; i++) {
      await forgetTries(session.me.email)
      expect((await tryPassword(session.me.email, 'another password', '000000')).status).toBe(401)
    }
    const row = await queryFirst<{ status: string }>('SELECT status FROM users WHERE id = ?', session.me.id)
    expect(row?.status).toBe('SUSPENDED')
    await forgetTries(session.me.email)
    expect(await readError(await tryPassword(session.me.email, goodPassword, await codeNow(secret)))).toMatchObject({
      code: 'account_not_active',
    })
  })

  it('tells a person who is not active so, only after both were right', async () => {
    const { session, secret } = await personWithPassword()
    await execute("UPDATE users SET status = 'SUSPENDED' WHERE id = ?", session.me.id)
    expect(await readError(await tryPassword(session.me.email, goodPassword, '000000'))).toMatchObject({ status: 401 })
    expect(await readError(await tryPassword(session.me.email, goodPassword, await codeNow(secret)))).toMatchObject({
      status: 403,
      code: 'account_not_active',
    })
  })

  it('replaces a hash that was made with other parameters', async () => {
    const { session, secret } = await personWithPassword()
    const { default: Argon2 } = await import('@phi-ag/argon2')
    const wasm = await import('@phi-ag/argon2/argon2.wasm')
    const weak = new Argon2(await WebAssembly.instantiate(wasm.default)).hash(
      btoa(goodPassword).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      { memoryCost: 1_024, timeCost: 1, parallelism: 1 },
    ).encoded
    await execute('UPDATE passwords SET hash = ? WHERE user_id = ?', weak, session.me.id)
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret))).status).toBe(200)
    const stored = await queryFirst<{ hash: string }>('SELECT hash FROM passwords WHERE user_id = ?', session.me.id)
    expect(isOutdatedHash(stored?.hash ?? '')).toBe(false)
    expect(await verifyPassword(stored?.hash ?? '', goodPassword)).toBe(true)
  })

  it('refuses what is too long before anything is hashed', async () => {
    expect(await readError(await tryPassword('ada@example.com', 'x'.repeat(257), '000000'))).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })

  it('takes no form that another site could send', async () => {
    const { session, secret } = await personWithPassword()
    const body = JSON.stringify({ email: session.me.email, password: goodPassword, code: await codeNow(secret) })
    const headers = { 'content-type': 'text/plain', origin: 'https://evil.example' }
    expect(await readError(await api('/session/password', { body, headers }))).toMatchObject({ status: 415 })
  })
})

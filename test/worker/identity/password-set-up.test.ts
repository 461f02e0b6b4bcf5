import { beforeEach, describe, expect, it, vi } from 'vitest'
import { reencryptTokens } from '../../../worker/features/accounts/index.ts'
import { selectPasswordCandidate } from '../../../worker/features/identity/passwords/passwords.store.ts'
import { openTotpSecret } from '../../../worker/features/identity/totp/secret.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import { queryAll } from '../../support/database.ts'
import {
  allow,
  codeNow,
  goodPassword,
  personWithPassword,
  setUpPassword,
  signInByPassword,
  tryPassword,
} from '../../support/password.ts'
import { readError, readJson, signIn, signInAs, type TestSession } from '../../support/session.ts'

beforeEach(() => allow('allowed'))

interface WaysIn {
  allowed: boolean
  password: { setAt: string; lastUsedAt: string | null } | null
  authenticator: { confirmedAt: string; lastUsedAt: string | null } | null
  usable: boolean
}

const waysIn = async (session: TestSession) => readJson<WaysIn>(await session.api('/me/sign-in'))
const put = (session: TestSession, password: string) =>
  session.api('/me/password', { method: 'PUT', json: { password } })
const begin = async (session: TestSession) =>
  readJson<{ secret: string; uri: string }>(await session.api('/me/totp/begin', { method: 'POST' }))
const finish = (session: TestSession, code: string) => session.api('/me/totp/finish', { json: { code } })
const unprove = (session: TestSession) =>
  execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now() - 301_000, session.me.session.id)

describe('setting up a second way in', () => {
  it('takes a password and an app that has shown a code, and says what is there', async () => {
    const session = await signInAs('USER')
    expect(await waysIn(session)).toEqual({ allowed: true, password: null, authenticator: null, usable: false })
    await readJson(await put(session, goodPassword))
    const { secret, uri } = await begin(session)
    expect(uri).toContain(`secret=${secret}`)
    expect(await waysIn(session)).toMatchObject({ authenticator: null, usable: false })
    const done = await readJson<WaysIn>(await finish(session, ` ${await codeNow(secret)} `))
    expect(done).toMatchObject({ password: { lastUsedAt: null }, authenticator: { lastUsedAt: null }, usable: true })
    expect(await waysIn(session)).toEqual(done)
  })

  it('asks for a passkey proven within five minutes, each time', async () => {
    const { session } = await personWithPassword()
    await unprove(session)
    const calls = [
      put(session, goodPassword),
      session.api('/me/password', { method: 'DELETE' }),
      session.api('/me/totp/begin', { method: 'POST' }),
      session.api('/me/totp', { method: 'DELETE' }),
    ]
    for (const call of calls)
      expect(await readError(await call)).toMatchObject({ status: 403, code: 'step_up_required' })
    expect(await waysIn(session)).toMatchObject({ usable: true })
  })

  it('is refused where an owner has not allowed it, but removing is not', async () => {
    const { session } = await personWithPassword()
    const { secret } = await begin(session)
    await allow('off')
    expect(await readError(await put(session, goodPassword))).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await readError(await session.api('/me/totp/begin', { method: 'POST' }))).toMatchObject({
      code: 'forbidden',
    })
    expect(await readError(await finish(session, await codeNow(secret)))).toMatchObject({ code: 'forbidden' })
    expect((await session.api('/me/totp', { method: 'DELETE' })).status).toBe(204)
    expect((await session.api('/me/password', { method: 'DELETE' })).status).toBe(204)
    expect(await waysIn(session)).toEqual({ allowed: false, password: null, authenticator: null, usable: false })
    expect((await session.api('/me/password', { method: 'DELETE' })).status).toBe(404)
    expect((await session.api('/me/totp', { method: 'DELETE' })).status).toBe(404)
  })

  it('refuses a password that others would try first, and says which rule', async () => {
    const session = await signInAs('USER')
    for (const password of ['too short', 'passwordpassword', `${session.me.name}${session.me.name}`]) {
      const refused = await readError(await put(session, password))
      expect(refused).toMatchObject({ status: 400, code: 'invalid_input', fields: [{ path: 'password' }] })
      expect(refused.meta?.['problem']).toBeTypeOf('string')
    }
    expect((await waysIn(session)).password).toBeNull()
  })

  it('keeps the app that counts until another one has shown a code', async () => {
    const { session, secret } = await personWithPassword()
    const { secret: next } = await begin(session)
    expect(await readError(await finish(session, '000000'))).toMatchObject({ status: 400, fields: [{ path: 'code' }] })
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret))).status).toBe(200)
    await readJson(await finish(session, await codeNow(next)))
    await execute('UPDATE totp_secrets SET last_step = 0')
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret))).status).toBe(401)
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(next))).status).toBe(200)
    expect(await readError(await finish(session, await codeNow(next)))).toMatchObject({ code: 'conflict' })
  })

  it('uses the code up that confirmed the app', async () => {
    const session = await signInAs('USER')
    await readJson(await put(session, goodPassword))
    const { secret } = await begin(session)
    const code = await codeNow(secret)
    await readJson(await finish(session, code))
    expect((await tryPassword(session.me.email, goodPassword, code)).status).toBe(401)
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(secret, 1))).status).toBe(200)
  })

  it('forgets a secret that was never confirmed', async () => {
    const session = await signInAs('USER')
    const { secret } = await begin(session)
    await execute('UPDATE totp_secrets SET created_at = ? WHERE user_id = ?', Date.now() - 901_000, session.me.id)
    expect(await readError(await finish(session, await codeNow(secret)))).toMatchObject({ code: 'conflict' })
  })

  it('ends the other sessions that a password opened when it changes, and no other', async () => {
    const person = await personWithPassword()
    const { session } = person
    const [byPassword, byPasskey] = [await signInByPassword(person), await signIn(session.authenticator)]
    await readJson(await put(session, 'five other quiet words here'))
    expect(await readError(await byPassword.api('/me'))).toMatchObject({ code: 'session_expired' })
    expect((await byPasskey.api('/me')).status).toBe(200)
    expect((await session.api('/me')).status).toBe(200)
    expect((await tryPassword(session.me.email, goodPassword, await codeNow(person.secret))).status).toBe(401)
    expect((await auditRows('password.set', session.me.id)).map(({ phase, before }) => [phase, before])).toEqual([
      ['started', null],
      ['succeeded', '{"password":false}'],
      ['started', null],
      ['succeeded', '{"password":true}'],
    ])
  })

  it.each([['/me/password'], ['/me/totp']])('ends those sessions too when %s is removed', async (path) => {
    const person = await personWithPassword()
    const byPassword = await signInByPassword(person)
    expect((await person.session.api(path, { method: 'DELETE' })).status).toBe(204)
    expect(await readError(await byPassword.api('/me'))).toMatchObject({ code: 'session_expired' })
  })

  it('is about oneself: nothing of it reaches another person', async () => {
    const [one, two] = [await personWithPassword(), await signInAs('USER')]
    await setUpPassword(two, 'five other quiet words here')
    expect((await two.api('/me/totp', { method: 'DELETE' })).status).toBe(204)
    expect(await waysIn(one.session)).toMatchObject({ usable: true })
  })
})

const newKey = () => crypto.getRandomValues(new Uint8Array(32))

describe('passwords, codes and their secrets', () => {
  it('are in no log line, no record and no kept answer, and only sealed or hashed in the database', async () => {
    const lines: string[] = []
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...parts: unknown[]) => void lines.push(parts.map(String).join(' ')),
      )
    }
    const session = await signInAs('USER')
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const started = await session.api('/me/totp/begin', { method: 'POST', headers })
    const { secret } = await readJson<{ secret: string }>(started)
    const json = { password: goodPassword }
    const idempotent = { 'idempotency-key': crypto.randomUUID() }
    await readJson(await session.api('/me/password', { method: 'PUT', json, headers: idempotent }))
    const code = await codeNow(secret)
    await readJson(await finish(session, code))
    const wrong = 'mistyped password of mine'
    await (await tryPassword(session.me.email, wrong, code)).text()
    await (await tryPassword(session.me.email, goodPassword, await codeNow(secret, 1))).text()
    const answers = await Promise.all(['/me/sign-in', '/me', '/me/sessions'].map((path) => session.api(path)))
    const said = await Promise.all(answers.map((answer) => answer.text()))
    const tables = await queryAll<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    )
    const rows = await Promise.all(tables.map(({ name }) => queryAll(`SELECT * FROM "${name}"`)))
    const stored = await queryFirst<{ hash: string }>('SELECT hash FROM passwords WHERE user_id = ?', session.me.id)
    const sealed = await queryFirst<{ ciphertext: string }>(
      'SELECT ciphertext FROM totp_secrets WHERE user_id = ?',
      session.me.id,
    )
    const seen = [...lines, ...said].join('\n')
    for (const value of [secret, goodPassword, wrong, btoa(goodPassword)]) {
      expect(JSON.stringify(rows)).not.toContain(value)
      expect(seen).not.toContain(value)
    }
    for (const value of [stored?.hash ?? '-', sealed?.ciphertext ?? '-']) expect(seen).not.toContain(value)
    const log = JSON.stringify(await queryAll('SELECT reason, before, after, target_name FROM audit_log'))
    for (const value of [code, stored?.hash ?? '-', sealed?.ciphertext ?? '-']) expect(log).not.toContain(value)
  })

  it('do not open in the row of another person', async () => {
    const [one, two] = [await personWithPassword(), await personWithPassword()]
    await execute(
      `UPDATE totp_secrets SET (ciphertext, salt, iv) = (SELECT ciphertext, salt, iv FROM totp_secrets WHERE user_id = ?)
        WHERE user_id = ?`,
      one.session.me.id,
      two.session.me.id,
    )
    const { email } = two.session.me
    expect(await readError(await tryPassword(email, 'another password', await codeNow(one.secret)))).toMatchObject({
      code: 'sign_in_failed',
    })
    expect(await readError(await tryPassword(email, goodPassword, await codeNow(one.secret)))).toMatchObject({
      code: 'misconfigured',
    })
  })

  it('move to a new master key with the tokens, and then need the old one no more', async () => {
    await execute('DELETE FROM totp_secrets')
    const { session, secret } = await personWithPassword()
    const ctx = testCtx()
    const both = { ...ctx, config: { ...ctx.config, masterKeys: new Map([...ctx.config.masterKeys, [2, newKey()]]) } }
    expect(await reencryptTokens(both)).toEqual({ reencrypted: 1, remaining: 0, keyVersion: 2 })
    const found = await selectPasswordCandidate(ctx.db, session.me.email)
    if (!found?.totp) throw new Error('no authenticator app')
    const newest = new Map([...both.config.masterKeys].filter(([version]) => version === 2))
    expect(await openTotpSecret({ config: { ...ctx.config, masterKeys: newest } }, found.totp)).toBe(secret)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { setSignInSettings } from '../../../worker/features/identity/sign-in-policy/instance.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import {
  allow,
  codeNow,
  goodPassword,
  personWithPassword,
  signInByPassword,
  tryPassword,
} from '../../support/password.ts'
import { api, readError, readJson, signIn, signInAs, type TestSession } from '../../support/session.ts'

beforeEach(async () => {
  await execute('DELETE FROM sign_in_exceptions')
  await execute('DELETE FROM sign_in_policy')
  await execute("UPDATE sessions SET revoked_at = 1 WHERE opened_by = 'password'")
})

type Policy = 'off' | 'allowed'

const settings = async (owner: TestSession) =>
  readJson<{ passwords: Policy; exceptions: { userId: string; passwords: Policy }[] }>(
    await owner.api('/settings/sign-in'),
  )
const setAll = (owner: TestSession, passwords: Policy) =>
  owner.api('/settings/sign-in', { method: 'PUT', json: { passwords } })
const setOne = (owner: TestSession, userId: string, passwords: Policy | null) =>
  owner.api(`/users/${userId}/sign-in`, { method: 'PUT', json: { passwords } })
const offered = async () => (await readJson<{ passwords: boolean }>(await api('/setup'))).passwords
const unprove = (session: TestSession) =>
  execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now() - 301_000, session.me.session.id)

describe('who may use a password', () => {
  it('is nobody until an owner says so', async () => {
    const owner = await signInAs('OWNER')
    expect(await settings(owner)).toEqual({ passwords: 'off', exceptions: [] })
    expect(await offered()).toBe(false)
    expect(await readError(await tryPassword('nobody@example.com', goodPassword, '000000'))).toMatchObject({
      status: 401,
      code: 'sign_in_failed',
    })
  })

  it('is everybody, or some: the rule for one person beats the one for all', async () => {
    const owner = await signInAs('OWNER')
    const [one, two] = [await signInAs('USER'), await signInAs('USER')]
    const may = async (session: TestSession) =>
      (await readJson<{ allowed: boolean }>(await session.api('/me/sign-in'))).allowed
    const change = await readJson(await setOne(owner, one.me.id, 'allowed'))
    expect(change).toEqual({
      signIn: { own: 'allowed', everybody: 'off', passwords: 'allowed', hasPassword: false, hasAuthenticator: false },
      ended: 0,
    })
    expect([await may(one), await may(two), await offered()]).toEqual([true, false, true])
    expect((await settings(owner)).exceptions).toMatchObject([{ userId: one.me.id, passwords: 'allowed' }])
    await readJson(await setAll(owner, 'allowed'))
    await readJson(await setOne(owner, one.me.id, 'off'))
    expect([await may(one), await may(two)]).toEqual([false, true])
    await readJson(await setOne(owner, one.me.id, null))
    expect(await may(one)).toBe(true)
    expect(await settings(owner)).toEqual({ passwords: 'allowed', exceptions: [] })
  })

  it('is said by owners alone, with a fresh proof, on the record', async () => {
    const [owner, admin] = [await signInAs('OWNER'), await signInAs('ADMIN')]
    for (const call of [setAll(admin, 'allowed'), setOne(admin, owner.me.id, 'off')]) {
      expect(await readError(await call)).toMatchObject({ status: 403, code: 'forbidden' })
    }
    expect(await readError(await admin.api('/settings/sign-in'))).toMatchObject({ code: 'forbidden' })
    expect((await readJson<{ passwords: Policy }>(await admin.api(`/users/${owner.me.id}/sign-in`))).passwords).toBe(
      'off',
    )
    await unprove(owner)
    for (const call of [setAll(owner, 'allowed'), setOne(owner, admin.me.id, 'allowed')]) {
      expect(await readError(await call)).toMatchObject({ status: 403, code: 'step_up_required' })
    }
    expect(await settings(owner)).toEqual({ passwords: 'off', exceptions: [] })
    const fresh = await signIn(owner.authenticator)
    expect(await readError(await setOne(fresh, 'usr_none', 'off'))).toMatchObject({ status: 404 })
    await readJson(await setAll(fresh, 'allowed'))
    await readJson(await setOne(fresh, admin.me.id, 'off'))
    const [all, one] = [await auditRows('instance.set_sign_in'), await auditRows('user.set_sign_in', admin.me.id)]
    expect(all.at(-1)).toMatchObject({
      phase: 'succeeded',
      before: '{"passwords":"off"}',
      after: '{"passwords":"allowed"}',
    })
    expect(one.at(-1)).toMatchObject({ phase: 'succeeded', before: '{"passwords":null}', after: '{"passwords":"off"}' })
    expect(all.some(({ phase, actor_id }) => phase === 'denied' && actor_id === admin.me.id)).toBe(true)
  })

  it('is said by nobody who stopped being an owner a moment before', async () => {
    const owner = await signInAs('OWNER')
    const actor = {
      kind: 'user' as const,
      id: owner.me.id,
      name: owner.me.name,
      role: 'OWNER' as const,
      overrides: [],
      grants: [],
      sessionId: owner.me.session.id,
      verifiedAt: Date.now(),
      key: null,
    }
    await signInAs('OWNER')
    await execute("UPDATE users SET role = 'ADMIN' WHERE id = ?", owner.me.id)
    await expect(setSignInSettings(testCtx({ actor }), { passwords: 'allowed' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await queryFirst('SELECT * FROM sign_in_policy')).toBeNull()
  })
})

describe('requiring passkeys', () => {
  it('ends what a password opened, for everybody without a rule of their own, and lets nobody in by one', async () => {
    const owner = await signInAs('OWNER')
    await allow('allowed')
    const [person, kept] = [await personWithPassword(), await personWithPassword()]
    await readJson(await setOne(owner, kept.session.me.id, 'allowed'))
    const [byPassword, stays] = [await signInByPassword(person), await signInByPassword(kept)]
    expect(await readJson(await setAll(owner, 'off'))).toMatchObject({ settings: { passwords: 'off' }, ended: 1 })
    expect(await readError(await byPassword.api('/me'))).toMatchObject({ status: 401, code: 'session_expired' })
    const refresh = { method: 'POST', headers: { cookie: `wn_refresh=${byPassword.refreshToken}` } }
    expect(await readError(await api('/session/refresh', refresh))).toMatchObject({ code: 'session_expired' })
    expect((await stays.api('/me')).status).toBe(200)
    expect((await person.session.api('/me')).status).toBe(200)
    await execute('UPDATE totp_secrets SET last_step = 0')
    expect((await tryPassword(person.session.me.email, goodPassword, await codeNow(person.secret))).status).toBe(401)
    expect((await tryPassword(kept.session.me.email, goodPassword, await codeNow(kept.secret))).status).toBe(200)
  })

  it('of one person ends theirs alone', async () => {
    const owner = await signInAs('OWNER')
    await allow('allowed')
    const [person, other] = [await personWithPassword(), await personWithPassword()]
    const [theirs, others] = [await signInByPassword(person), await signInByPassword(other)]
    expect(await readJson(await setOne(owner, person.session.me.id, 'off'))).toMatchObject({ ended: 1 })
    expect((await theirs.api('/me')).status).toBe(401)
    expect((await others.api('/me')).status).toBe(200)
  })

  it('does not throw the owner out who says so after proving a passkey', async () => {
    await allow('allowed')
    const person = await personWithPassword('OWNER')
    const owner = await signInByPassword(person)
    expect(await readError(await setAll(owner, 'off'))).toMatchObject({ code: 'step_up_required' })
    await execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now(), owner.me.session.id)
    expect(await readJson(await setAll(owner, 'off'))).toMatchObject({ ended: 0 })
    expect((await owner.api('/me')).status).toBe(200)
  })

  it('that overtakes a sign-in leaves no session behind', async () => {
    const owner = await signInAs('OWNER')
    await allow('allowed')
    const person = await personWithPassword()
    const code = await codeNow(person.secret)
    const [signedIn] = await Promise.all([
      tryPassword(person.session.me.email, goodPassword, code),
      setAll(owner, 'off'),
    ])
    expect([200, 401]).toContain(signedIn.status)
    const living = await queryFirst<{ n: number }>(
      "SELECT count(*) AS n FROM sessions WHERE opened_by = 'password' AND revoked_at IS NULL AND user_id = ?",
      person.session.me.id,
    )
    expect(living?.n).toBe(0)
  })
})

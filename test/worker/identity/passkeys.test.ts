import { describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import {
  SoftwareAuthenticator,
  type Bend,
  type CreationOptions,
  type RequestOptions,
} from '../../support/authenticator.ts'
import {
  readError,
  readJson,
  signIn,
  signInAs,
  type ChallengeAnswer,
  type TestMe,
  type TestSession,
} from '../../support/session.ts'

interface Passkey {
  id: string
  name: string
  lastUsedAt: string | null
}

const post = { method: 'POST' }

const list = async (session: TestSession) =>
  (await readJson<{ items: Passkey[] }>(await session.api('/me/passkeys'))).items

async function beginAdd(session: TestSession) {
  return readJson<ChallengeAnswer<CreationOptions>>(await session.api('/me/passkeys/begin', post))
}

async function add(session: TestSession, name: string, authenticator = new SoftwareAuthenticator(), bend: Bend = {}) {
  const { challengeId, options } = await beginAdd(session)
  const response = await authenticator.create(options, bend)
  return session.api('/me/passkeys/finish', { json: { challengeId, response, name } })
}

const stepUp = async (session: TestSession, authenticator = session.authenticator, bend: Bend = {}) => {
  const begun = await session.api('/session/step-up/begin', post)
  const { challengeId, options } = await readJson<ChallengeAnswer<RequestOptions>>(begun)
  const response = await authenticator.get({ ...options, allowCredentials: undefined }, bend)
  return session.api('/session/step-up/finish', { json: { challengeId, response } })
}

/** As if the passkey had been proven that long ago. */
const verifiedAgo = (session: TestSession, ms: number) =>
  execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now() - ms, session.me.session.id)

describe('passkeys', () => {
  it('are several, named, and each signs in', async () => {
    const session = await signInAs('USER')
    const second = new SoftwareAuthenticator()
    expect(await readJson(await add(session, ' Phone ', second))).toMatchObject({ name: 'Phone', lastUsedAt: null })
    expect((await list(session)).map((passkey) => passkey.name)).toEqual(['Test key', 'Phone'])
    expect((await signIn(second)).me).toMatchObject({ id: session.me.id, passkeyCount: 2 })
    expect((await list(session)).map((passkey) => passkey.lastUsedAt === null)).toEqual([true, false])
    expect((await auditRows('passkey.add', second.credentialIds[0])).map((row) => row.phase)).toEqual([
      'started',
      'succeeded',
    ])
  })

  it('show no key material', async () => {
    const session = await signInAs('USER')
    expect(Object.keys((await list(session))[0] ?? {}).toSorted()).toEqual([
      'backedUp',
      'createdAt',
      'deviceType',
      'id',
      'lastUsedAt',
      'name',
    ])
  })

  it('are not made twice by one authenticator', async () => {
    const session = await signInAs('USER')
    const { options } = await beginAdd(session)
    await expect(session.authenticator.create(options)).rejects.toThrow('InvalidStateError')
  })

  it('belong to one person: a credential that exists is refused', async () => {
    const session = await signInAs('USER')
    const other = await signInAs('USER')
    const { challengeId, options } = await beginAdd(other)
    const response = await new SoftwareAuthenticator().create(options)
    await execute('UPDATE passkeys SET id = ? WHERE user_id = ?', response.id, session.me.id)
    const answer = await other.api('/me/passkeys/finish', { json: { challengeId, response } })
    expect(await readError(answer)).toMatchObject({ status: 409, code: 'already_exists' })
  })

  it.each<[string, Bend]>([
    ['for another origin', { origin: 'https://evil.example' }],
    ['without user verification', { userVerified: false }],
  ])('are refused when made %s', async (_name, bend) => {
    const session = await signInAs('USER')
    expect(await readError(await add(session, 'Bad', new SoftwareAuthenticator(), bend))).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
    expect(await list(session)).toHaveLength(1)
  })

  it('cannot be added with a challenge of another person, or twice with one', async () => {
    const session = await signInAs('USER')
    const other = await signInAs('USER')
    const { challengeId, options } = await beginAdd(other)
    const response = await new SoftwareAuthenticator().create(options)
    for (const who of [session, other]) {
      const answer = await who.api('/me/passkeys/finish', { json: { challengeId, response, name: 'x' } })
      expect(await readError(answer)).toMatchObject({ code: 'invalid_input' })
    }
  })

  it('can be renamed by their person only', async () => {
    const session = await signInAs('USER')
    const stranger = await signInAs('OWNER')
    const path = `/me/passkeys/${session.authenticator.credentialIds[0]}`
    expect(await readError(await stranger.api(path, { method: 'PATCH', json: { name: 'mine' } }))).toMatchObject({
      status: 404,
    })
    expect(await readJson(await session.api(path, { method: 'PATCH', json: { name: 'Laptop' } }))).toMatchObject({
      name: 'Laptop',
    })
    const row = (await auditRows('passkey.rename', session.authenticator.credentialIds[0])).at(-1)
    expect(row).toMatchObject({ before: '{"name":"Test key"}', after: '{"name":"Laptop"}' })
  })

  it('can be removed, but never the last one', async () => {
    const session = await signInAs('USER')
    const [first] = session.authenticator.credentialIds
    const refused = await session.api(`/me/passkeys/${first}`, { method: 'DELETE' })
    expect(await readError(refused)).toMatchObject({
      status: 409,
      code: 'conflict',
      message: 'This is your last passkey.',
    })
    const second = new SoftwareAuthenticator()
    await (await add(session, 'Second', second)).text()
    expect((await session.api(`/me/passkeys/${first}`, { method: 'DELETE' })).status).toBe(204)
    expect((await list(session)).map((passkey) => passkey.id)).toEqual(second.credentialIds)
    await expect(signIn(session.authenticator)).rejects.toThrow('sign_in_failed')
  })

  it('never end at none, even when two are removed at once', async () => {
    const session = await signInAs('USER')
    await (await add(session, 'Second')).text()
    const ids = (await list(session)).map((passkey) => passkey.id)
    const answers = await Promise.all(ids.map((id) => session.api(`/me/passkeys/${id}`, { method: 'DELETE' })))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([204, 409])
    expect(await list(session)).toHaveLength(1)
  })

  it('of somebody else cannot be removed', async () => {
    const session = await signInAs('USER')
    const stranger = await signInAs('OWNER')
    const answer = await stranger.api(`/me/passkeys/${session.authenticator.credentialIds[0]}`, { method: 'DELETE' })
    expect(await readError(answer)).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('are added and removed only shortly after one was proven', async () => {
    const session = await signInAs('USER')
    await verifiedAgo(session, 301_000)
    const path = `/me/passkeys/${session.authenticator.credentialIds[0]}`
    for (const answer of [
      await session.api('/me/passkeys/begin', post),
      await session.api(path, { method: 'DELETE' }),
    ]) {
      expect(await readError(answer)).toMatchObject({ status: 403, code: 'step_up_required' })
    }
    await (await stepUp(session)).text()
    expect((await session.api('/me/passkeys/begin', post)).status).toBe(200)
  })
})

describe('step-up', () => {
  it('marks this session, and only this one, as just verified', async () => {
    const session = await signInAs('USER')
    const other = await signIn(session.authenticator)
    await verifiedAgo(session, 3_600_000)
    await verifiedAgo(other, 3_600_000)
    const { verifiedAt } = await readJson<{ verifiedAt: string }>(await stepUp(session))
    expect(Date.now() - Date.parse(verifiedAt)).toBeLessThan(10_000)
    const seen = async (who: TestSession) => (await readJson<TestMe>(await who.api('/me'))).session.verifiedAt
    expect(await seen(session)).toBe(verifiedAt)
    expect(await seen(other)).not.toBe(verifiedAt)
    expect((await auditRows('user.step_up', session.me.id)).map((row) => row.phase)).toEqual(['started', 'succeeded'])
  })

  it('asks for the person’s own passkeys', async () => {
    const session = await signInAs('USER')
    const begun = await session.api('/session/step-up/begin', post)
    const { options } = await readJson<ChallengeAnswer<RequestOptions>>(begun)
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual(session.authenticator.credentialIds)
  })

  it('takes no passkey of another person and no unverified one', async () => {
    const session = await signInAs('USER')
    const stranger = await signInAs('OWNER')
    await verifiedAgo(session, 3_600_000)
    const before = await queryFirst('SELECT verified_at FROM sessions WHERE id = ?', session.me.session.id)
    for (const answer of [
      await stepUp(session, stranger.authenticator),
      await stepUp(session, session.authenticator, { userVerified: false }),
    ]) {
      expect(await readError(answer)).toMatchObject({ status: 401, code: 'sign_in_failed' })
    }
    expect(await queryFirst('SELECT verified_at FROM sessions WHERE id = ?', session.me.session.id)).toEqual(before)
    const phases = (await auditRows('user.step_up')).slice(-2).map((row) => [row.phase, row.actor_id])
    expect(phases).toEqual([
      ['denied', session.me.id],
      ['denied', session.me.id],
    ])
  })

  it('takes no challenge of another person', async () => {
    const session = await signInAs('USER')
    const stranger = await signInAs('USER')
    const begun = await stranger.api('/session/step-up/begin', post)
    const { challengeId, options } = await readJson<ChallengeAnswer<RequestOptions>>(begun)
    const response = await session.authenticator.get({ ...options, allowCredentials: undefined })
    const answer = await session.api('/session/step-up/finish', { json: { challengeId, response } })
    expect(await readError(answer)).toMatchObject({ code: 'sign_in_failed' })
  })
})

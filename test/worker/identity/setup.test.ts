import { beforeEach, describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { SoftwareAuthenticator, type Bend, type CreationOptions } from '../../support/authenticator.ts'
import {
  api,
  claimInstance,
  createLink,
  origin,
  readCookies,
  readError,
  readJson,
  type ChallengeAnswer,
} from '../../support/session.ts'

const begin = (token: string, person: object = {}) =>
  api('/setup/begin', { json: { token, name: 'Ada', email: `${crypto.randomUUID()}@example.com`, ...person } })

/** Everything up to the click on "create". */
async function prepare(token: string, bend: Bend = {}) {
  const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(await begin(token))
  const response = await new SoftwareAuthenticator(origin).create(options, bend)
  return { token, challengeId, response, passkeyName: 'Key' }
}

const owners = async () => (await queryFirst<{ n: number }>("SELECT count(*) AS n FROM users WHERE role = 'OWNER'"))?.n

describe('set-up', () => {
  // An instance without an owner again, whatever the other tests of this file did.
  beforeEach(() => execute("UPDATE users SET role = 'USER'"))

  it('says whether there is an owner and where passkeys work', async () => {
    expect(await readJson(await api('/setup'))).toEqual({ claimed: false, publicOrigin: origin, passwords: false })
    await claimInstance({ email: 'status@example.com' })
    expect(await readJson(await api('/setup'))).toEqual({ claimed: true, publicOrigin: origin, passwords: false })
  })

  it('makes the first owner with a passkey, ten codes and a session', async () => {
    const owner = await claimInstance({ name: '  Ada  ', email: 'Ada@Example.com' })
    expect(owner.me).toMatchObject({
      name: 'Ada',
      email: 'ada@example.com',
      role: 'OWNER',
      status: 'ACTIVE',
      passkeyCount: 1,
    })
    expect(owner.me.permissions).toContain('accounts:manage')
    expect(new Set(owner.recoveryCodes).size).toBe(10)
    expect(owner.me.recoveryCodesRemaining).toBe(10)
    expect((await owner.api('/me')).status).toBe(200)
  })

  it('records the claim before and after, and keeps no secret readable', async () => {
    const owner = await claimInstance({ email: 'record@example.com' })
    const rows = (await auditRows('instance.claim')).slice(-2)
    expect(rows.map((row) => [row.phase, row.actor_name])).toEqual([
      ['started', 'setup'],
      ['succeeded', 'setup'],
    ])
    const dump = JSON.stringify([
      await queryFirst('SELECT group_concat(hash) AS h FROM recovery_codes'),
      await queryFirst('SELECT group_concat(hash) AS h FROM refresh_tokens'),
      await queryFirst("SELECT group_concat(coalesce(after, '')) AS a FROM audit_log"),
    ])
    for (const secret of [...owner.recoveryCodes, owner.refreshToken, owner.accessToken])
      expect(dump).not.toContain(secret)
  })

  it('asks for a discoverable passkey that verifies its user', async () => {
    const { options } = await readJson<ChallengeAnswer<CreationOptions & { authenticatorSelection: object }>>(
      await begin(await createLink('setup')),
    )
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
    expect(options.rp.id).toBe('localhost')
  })

  it.each([
    ['unknown', async () => 'nonsense', 403, 'link_invalid'],
    ['used', () => createLink('setup', { usedAt: Date.now() }), 403, 'link_invalid'],
    ['break-glass', () => createLink('break_glass'), 403, 'link_invalid'],
    ['expired', () => createLink('setup', { expiresInMs: -1 }), 410, 'link_expired'],
  ])('refuses a link that is %s, on the record', async (_name, makeToken, status, code) => {
    expect(await readError(await begin(await makeToken()))).toMatchObject({ status, code })
    const last = (await auditRows('instance.claim')).at(-1)
    expect(last).toMatchObject({ phase: 'denied', error_code: code, actor_kind: 'anonymous' })
    expect(await owners()).toBe(0)
  })

  it('refuses to finish with a link that expired meanwhile', async () => {
    const input = await prepare(await createLink('setup'))
    await execute('UPDATE enrolment_links SET expires_at = ? WHERE used_at IS NULL', Date.now() - 1)
    expect(await readError(await api('/setup/finish', { json: input }))).toMatchObject({ code: 'link_expired' })
    expect(await owners()).toBe(0)
  })

  it('works once: a claimed instance says so to every later attempt', async () => {
    const early = await prepare(await createLink('setup'))
    await claimInstance({ email: 'once@example.com' })
    const refused = { status: 409, code: 'already_claimed' }
    expect(await readError(await begin(await createLink('setup')))).toMatchObject(refused)
    expect(await readError(await api('/setup/finish', { json: early }))).toMatchObject(refused)
  })

  it.each(['the same link', 'two links'])('lets exactly one of two claims at once win, with %s', async (kind) => {
    const token = await createLink('setup')
    const inputs = [await prepare(token), await prepare(kind === 'two links' ? await createLink('setup') : token)]
    const answers = await Promise.all(inputs.map((json) => api('/setup/finish', { json })))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await owners()).toBe(1)
    for (const answer of answers) await answer.text()
  })

  it.each<[string, Bend]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['without user verification', { userVerified: false }],
  ])('refuses a passkey made %s', async (_name, bend) => {
    const input = await prepare(await createLink('setup'), bend)
    expect(await readError(await api('/setup/finish', { json: input }))).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
    expect(await owners()).toBe(0)
  })

  it('accepts an answer once, in time, and only for the link it was asked for', async () => {
    const bad = await prepare(await createLink('setup'), { userVerified: false })
    await (await api('/setup/finish', { json: bad })).text()
    const good = await prepare(bad.token)
    expect(
      await readError(await api('/setup/finish', { json: { ...good, challengeId: bad.challengeId } })),
    ).toMatchObject({
      code: 'invalid_input',
    })
    const late = await prepare(bad.token)
    await execute('UPDATE webauthn_challenges SET expires_at = ? WHERE id = ?', Date.now(), late.challengeId)
    expect(await readError(await api('/setup/finish', { json: late }))).toMatchObject({ code: 'invalid_input' })
    const moved = { ...(await prepare(bad.token)), token: await createLink('setup') }
    expect(await readError(await api('/setup/finish', { json: moved }))).toMatchObject({ code: 'invalid_input' })
    expect(await owners()).toBe(0)
  })

  it('names the fields that are wrong', async () => {
    const refused = await readError(await begin('token', { name: ' ', email: 'nobody' }))
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(refused.fields?.map((field) => field.path)).toEqual(['name', 'email'])
  })

  it('answers malformed and oversized bodies as such', async () => {
    const headers = { 'content-type': 'application/json' }
    const malformed = await api('/setup/begin', { body: '{"token":', headers })
    expect(await readError(malformed)).toMatchObject({ status: 400, code: 'malformed_body' })
    const oversized = await api('/setup/begin', { body: JSON.stringify({ token: 'x'.repeat(300_000) }), headers })
    expect(await readError(oversized)).toMatchObject({ status: 413, code: 'payload_too_large' })
  })

  it('sets cookies that scripts cannot read', async () => {
    const answer = await api('/setup/finish', { json: await prepare(await createLink('setup')) })
    expect(Object.keys(readCookies(answer))).toEqual(['wn_access', 'wn_refresh'])
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/)
    await answer.text()
  })
})

import { describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'
import { api, createLink, readError, readJson, signInAs, type ChallengeAnswer } from '../../support/session.ts'

async function prepare(token: string) {
  const answer = await api('/enrol/begin', { json: { token } })
  const { challengeId, options, user } = await readJson<ChallengeAnswer<CreationOptions> & { user: object }>(answer)
  return { input: { token, challengeId, response: await new SoftwareAuthenticator().create(options) }, user, options }
}

describe('break-glass enrolment', () => {
  it('says whose link it is', async () => {
    const { me } = await signInAs('USER', { name: 'Grace' })
    const { user, options } = await prepare(await createLink('break_glass', { userId: me.id }))
    expect(user).toEqual({ name: 'Grace', email: me.email })
    expect(options.excludeCredentials).toHaveLength(1)
  })

  it('uses the link up: of two answers at once one goes through, and nothing afterwards', async () => {
    const { me } = await signInAs('USER')
    const token = await createLink('break_glass', { userId: me.id })
    const inputs = [(await prepare(token)).input, (await prepare(token)).input, (await prepare(token)).input]
    const [late, ...atOnce] = inputs
    const answers = await Promise.all(atOnce.map((json) => api('/enrol/finish', { json })))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 403])
    expect(await readError(await api('/enrol/finish', { json: late }))).toMatchObject({
      status: 403,
      code: 'link_invalid',
    })
    const count = await queryFirst<{ n: number }>('SELECT count(*) AS n FROM passkeys WHERE user_id = ?', me.id)
    expect(count?.n).toBe(2)
  })

  it.each([
    ['unknown', async () => 'nonsense', 403, 'link_invalid'],
    ['for set-up', () => createLink('setup'), 403, 'link_invalid'],
    ['expired', (userId: string) => createLink('break_glass', { userId, expiresInMs: -1 }), 410, 'link_expired'],
    ['used', (userId: string) => createLink('break_glass', { userId, usedAt: 1 }), 403, 'link_invalid'],
    ['for nobody', () => createLink('break_glass'), 403, 'link_invalid'],
  ])('refuses a link that is %s', async (_name, makeToken, status, code) => {
    const { me } = await signInAs('USER')
    const answer = await api('/enrol/begin', { json: { token: await makeToken(me.id) } })
    expect(await readError(answer)).toMatchObject({ status, code })
  })

  it('gives no status back: whoever is suspended stays out', async () => {
    const { me } = await signInAs('USER')
    const { input } = await prepare(await createLink('break_glass', { userId: me.id }))
    await execute("UPDATE users SET status = 'SUSPENDED' WHERE id = ?", me.id)
    expect(await readError(await api('/enrol/finish', { json: input }))).toMatchObject({
      status: 403,
      code: 'account_not_active',
    })
  })

  it('takes no challenge that was made for another link', async () => {
    const { me } = await signInAs('USER')
    const { input } = await prepare(await createLink('break_glass', { userId: me.id }))
    const other = await createLink('break_glass', { userId: me.id })
    expect(await readError(await api('/enrol/finish', { json: { ...input, token: other } }))).toMatchObject({
      code: 'invalid_input',
    })
  })

  it('leaves failed attempts on the record', async () => {
    await (await api('/enrol/begin', { json: { token: 'wrong' } })).text()
    const row = (await auditRows('user.enrol')).at(-1)
    expect(row).toMatchObject({ phase: 'denied', error_code: 'link_invalid', actor_kind: 'anonymous' })
    expect(JSON.stringify(row)).not.toContain('wrong')
  })
})

import { describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { SoftwareAuthenticator } from '../../support/authenticator.ts'
import { api, origin, readError, readJson, signIn, signInAs, signInOwner } from '../../support/session.ts'
import { accept, invite, prepareAccept, sendAccept, uniqueEmail } from './support.ts'

describe('invitations', () => {
  it('make a PENDING person who becomes ACTIVE with a passkey, and can sign in again', async () => {
    const owner = await signInOwner()
    const { user, token, link } = await invite(owner, 'VIEWER')
    expect(user).toMatchObject({ role: 'VIEWER', status: 'PENDING' })
    expect(link.startsWith(`${origin}/invite#token=`)).toBe(true)
    const session = await accept(token)
    expect(session.me).toMatchObject({ id: user.id, status: 'ACTIVE', role: 'VIEWER', recoveryCodesRemaining: 10 })
    expect((await signIn(session.authenticator)).me.id).toBe(user.id)
    const [, done] = await auditRows('user.invite.accept', user.id)
    expect(done).toMatchObject({ phase: 'succeeded', actor_id: user.id })
  })

  it('keep only a hash of the link, nowhere its token', async () => {
    const { token, user } = await invite(await signInOwner())
    const row = await queryFirst('SELECT * FROM invitations WHERE user_id = ?', user.id)
    expect(JSON.stringify(row)).not.toContain(token)
    expect(JSON.stringify(await auditRows('user.invite', user.id))).not.toContain(token)
  })

  it('work once: of two answers at once one goes through, and nothing afterwards', async () => {
    const { token, user } = await invite(await signInOwner())
    const [late, ...atOnce] = [await prepareAccept(token), await prepareAccept(token), await prepareAccept(token)]
    const answers = await Promise.all(atOnce.map(sendAccept))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 403])
    expect(await readError(await sendAccept(late ?? {}))).toMatchObject({ status: 403, code: 'link_invalid' })
    const count = await queryFirst<{ n: number }>('SELECT count(*) AS n FROM passkeys WHERE user_id = ?', user.id)
    expect(count?.n).toBe(1)
  })

  it('expire, also between opening and accepting', async () => {
    const { token, user } = await invite(await signInOwner())
    const prepared = await prepareAccept(token)
    await execute('UPDATE invitations SET expires_at = ? WHERE user_id = ?', Date.now() - 1, user.id)
    for (const answer of [await sendAccept(prepared), await api('/invitations/begin', { json: { token } })]) {
      expect(await readError(answer)).toMatchObject({ status: 410, code: 'link_expired' })
    }
  })

  it('can be revoked, once, also between opening and accepting', async () => {
    const owner = await signInOwner()
    const { token, user } = await invite(owner)
    const prepared = await prepareAccept(token)
    const revoked = await owner.api(`/users/${user.id}/invitation`, { method: 'DELETE' })
    expect(await readJson(revoked)).toMatchObject({ status: 'PENDING', invitation: null })
    expect(await readError(await sendAccept(prepared))).toMatchObject({ code: 'link_invalid' })
    expect(await readError(await owner.api(`/users/${user.id}/invitation`, { method: 'DELETE' }))).toMatchObject({
      code: 'user_state',
    })
  })

  it('made again for the same address void the earlier link', async () => {
    const owner = await signInOwner()
    const email = uniqueEmail()
    const first = await invite(owner, 'ADMIN', email)
    const second = await invite(owner, 'VIEWER', email.toUpperCase())
    expect(second.user).toMatchObject({ id: first.user.id, role: 'VIEWER' })
    expect(await readError(await api('/invitations/begin', { json: { token: first.token } }))).toMatchObject({
      code: 'link_invalid',
    })
    expect((await accept(second.token)).me.id).toBe(first.user.id)
  })

  it('are refused for an address that somebody has', async () => {
    const owner = await signInOwner()
    const { me } = await signInAs('USER')
    const answer = await owner.api('/users', { json: { name: 'X', email: me.email, role: 'USER' } })
    expect(await readError(answer)).toMatchObject({ status: 409, code: 'already_exists' })
  })

  it('take no challenge of another link and no unknown token', async () => {
    const owner = await signInOwner()
    const [one, other] = [await invite(owner), await invite(owner)]
    const prepared = await prepareAccept(one.token)
    expect(await readError(await sendAccept({ ...prepared, token: other.token }))).toMatchObject({
      code: 'invalid_input',
    })
    const unknown = await api('/invitations/begin', { json: { token: 'nonsense' } })
    expect(await readError(unknown)).toMatchObject({ status: 403, code: 'link_invalid' })
  })

  it('refuse a passkey that a banned person has, and a banned address', async () => {
    const owner = await signInOwner()
    const banned = await signInAs('ADMIN')
    await readJson(await owner.api(`/users/${banned.me.id}/ban`, { json: { reason: 'leaked keys' } }))
    const again = await owner.api('/users', { json: { name: 'X', email: banned.me.email, role: 'USER' } })
    expect(await readError(again)).toMatchObject({ status: 409, code: 'user_banned' })
    const { token, user } = await invite(owner)
    const authenticator = new SoftwareAuthenticator(origin)
    const prepared = await prepareAccept(token, authenticator)
    await execute('UPDATE passkeys SET id = ? WHERE user_id = ?', prepared.response.id, banned.me.id)
    expect((await sendAccept(prepared)).status).toBe(403)
    const row = await queryFirst<{ status: string }>('SELECT status FROM users WHERE id = ?', user.id)
    expect(row?.status).toBe('PENDING')
  })
})

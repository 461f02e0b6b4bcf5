import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { banUser, suspendUser } from '../../../worker/features/users/end-access.ts'
import { setRole } from '../../../worker/features/users/set-role.ts'
import type { Role } from '../../../worker/kernel/permissions.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { testCtx, userActor } from '../../support/ctx.ts'
import {
  api,
  createLink,
  origin,
  readError,
  readJson,
  signIn,
  signInAs,
  signInOwner,
  type TestSession,
} from '../../support/session.ts'
import { createKey } from '../../support/api-keys.ts'
import { listen } from '../live/support.ts'
import { invite } from './support.ts'

interface Detail {
  status: string
  role: string
  permissions: string[]
  statusReason: string | null
  statusChangedBy: { name: string } | null
  effective: { permission: string; allowed: boolean; by: string }[]
}
interface Ended {
  user: Detail
  ended: Record<string, number>
}

const reason = 'left the company'
const act = (owner: TestSession, id: string, verb: string, json: object = { reason }) =>
  owner.api(`/users/${id}/${verb}`, { json })
const put = (owner: TestSession, id: string, what: string, json: object) =>
  owner.api(`/users/${id}/${what}`, { method: 'PUT', json })
const statusOf = async (id: string) =>
  (await queryFirst<{ status: string }>('SELECT status FROM users WHERE id = ?', id))?.status
const ownerActor = ({ me }: TestSession) => ({ ...userActor('OWNER'), id: me.id })
const unverify = ({ me }: TestSession) => execute('UPDATE sessions SET verified_at = 1 WHERE id = ?', me.session.id)

describe('signing somebody out everywhere', () => {
  it('ends their sessions and sockets at once, leaves their rights and keys, and is for owners alone', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    const upgrade = new Request(`${origin}/api/v1/live`, { headers: { Upgrade: 'websocket', ...admin.headers } })
    const socket = listen(await exports.default.fetch(upgrade))
    const key = await createKey(admin)
    const path = `/users/${admin.me.id}/sessions`
    expect(await readError(await admin.api(path, { method: 'DELETE' }))).toMatchObject({ code: 'forbidden' })
    expect(await readJson(await owner.api(path, { method: 'DELETE' }))).toEqual({ ended: 1 })
    expect(await socket.ended).toBe(4401)
    expect(await readError(await admin.api('/me'))).toMatchObject({ status: 401 })
    expect((await key.api('/servers')).status).toBe(200)
    expect(await statusOf(admin.me.id)).toBe('ACTIVE')
    const [denied, begun, done] = await auditRows('session.revoke_all', admin.me.id)
    expect([denied?.phase, begun?.phase, done?.phase]).toEqual(['denied', 'started', 'succeeded'])
    expect(done).toMatchObject({ actor_id: owner.me.id, target_id: admin.me.id })
  })
})

describe('suspending', () => {
  it('ends sessions, sockets and links in one act, and says what it ended', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    const link = await createLink('break_glass', { userId: admin.me.id })
    const upgrade = new Request(`${origin}/api/v1/live`, { headers: { Upgrade: 'websocket', ...admin.headers } })
    const socket = listen(await exports.default.fetch(upgrade))
    const { user, ended } = await readJson<Ended>(await act(owner, admin.me.id, 'suspend'))
    expect(user).toMatchObject({ status: 'SUSPENDED', statusReason: reason, statusChangedBy: { name: owner.me.name } })
    expect(ended).toMatchObject({ sessions: 1, sockets: 1, links: 1 })
    expect(await socket.ended).toBe(4401)
    expect(await readError(await admin.api('/me'))).toMatchObject({
      status: 403,
      code: 'account_not_active',
      message: 'Account SUSPENDED. Access denied.',
    })
    const refreshed = await api('/session/refresh', { method: 'POST', headers: admin.headers })
    expect((await readError(refreshed)).code).toBe('account_not_active')
    expect((await api('/enrol/begin', { json: { token: link } })).status).toBe(403)
    await expect(signIn(admin.authenticator)).rejects.toThrow('account_not_active')
    const row = (await auditRows('user.suspend', admin.me.id)).at(-1)
    expect(row).toMatchObject({ phase: 'succeeded', actor_id: owner.me.id, reason, before: '{"status":"ACTIVE"}' })
    expect(row?.ip).not.toBeNull()
  })

  it('is undone by reactivation: they sign in anew, their old session stays dead', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    await readJson(await act(owner, admin.me.id, 'suspend'))
    expect(await readJson<Detail>(await act(owner, admin.me.id, 'reactivate', {}))).toMatchObject({ status: 'ACTIVE' })
    expect(await readError(await admin.api('/me'))).toMatchObject({ code: 'session_expired' })
    expect((await signIn(admin.authenticator)).me.id).toBe(admin.me.id)
  })

  it('wants a reason, a person who is ACTIVE, and somebody else', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    expect(await readError(await act(owner, admin.me.id, 'suspend', {}))).toMatchObject({ code: 'invalid_input' })
    await readJson(await act(owner, admin.me.id, 'suspend'))
    expect(await readError(await act(owner, admin.me.id, 'suspend'))).toMatchObject({ code: 'user_state' })
    expect(await readError(await act(owner, owner.me.id, 'suspend'))).toMatchObject({ code: 'user_state' })
    expect(await readError(await act(owner, 'usr_nobody', 'suspend'))).toMatchObject({ status: 404 })
  })
})

describe('banning', () => {
  it('is final by every route, the database included', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    const { user } = await readJson<Ended>(await act(owner, admin.me.id, 'ban'))
    expect(user.status).toBe('BANNED')
    for (const verb of ['reactivate', 'suspend', 'deactivate', 'ban']) {
      expect(await readError(await act(owner, admin.me.id, verb))).toMatchObject({ status: 409, code: 'user_banned' })
    }
    expect(await readError(await put(owner, admin.me.id, 'role', { role: 'USER' }))).toMatchObject({
      code: 'user_banned',
    })
    expect(await readError(await put(owner, admin.me.id, 'permissions', { permissions: [] }))).toMatchObject({
      code: 'user_banned',
    })
    const token = await createLink('break_glass', { userId: admin.me.id })
    expect((await api('/enrol/begin', { json: { token } })).status).toBe(403)
    await expect(signIn(admin.authenticator)).rejects.toThrow('account_not_active')
    await expect(execute("UPDATE users SET status = 'ACTIVE' WHERE id = ?", admin.me.id)).rejects.toThrow('final')
    await expect(execute('DELETE FROM passkeys WHERE user_id = ?', admin.me.id)).rejects.toThrow('final')
    expect(await statusOf(admin.me.id)).toBe('BANNED')
  })

  it('takes somebody PENDING with their invitation', async () => {
    const owner = await signInOwner()
    const { user, token } = await invite(owner)
    expect((await readJson<Ended>(await act(owner, user.id, 'ban'))).ended).toMatchObject({ invitations: 1 })
    expect((await api('/invitations/begin', { json: { token } })).status).toBe(403)
  })

  it('needs a fresh passkey proof, as changing roles and permissions does', async () => {
    const owner = await signInOwner()
    const { me } = await signInAs('ADMIN')
    await unverify(owner)
    const answers = [
      await act(owner, me.id, 'ban'),
      await put(owner, me.id, 'role', { role: 'USER' }),
      await put(owner, me.id, 'permissions', { permissions: [] }),
    ]
    for (const answer of answers) expect(await readError(answer)).toMatchObject({ code: 'step_up_required' })
    expect(await statusOf(me.id)).toBe('ACTIVE')
  })
})

describe('deactivation', () => {
  it('is one’s own to choose, and an owner’s to undo', async () => {
    const owner = await signInOwner()
    const user = await signInAs('USER')
    expect((await user.api('/me/deactivate', { method: 'POST' })).status).toBe(204)
    expect(await readError(await user.api('/me'))).toMatchObject({ message: 'Account DEACTIVATED. Access denied.' })
    expect((await readJson<Detail>(await act(owner, user.me.id, 'reactivate', {}))).status).toBe('ACTIVE')
    expect((await readJson<Ended>(await act(owner, user.me.id, 'deactivate', {}))).user.status).toBe('DEACTIVATED')
  })
})

describe('permissions', () => {
  const may = async (session: TestSession, path: string) => (await session.api(path)).status

  it('given and taken count from the next request on; taking beats giving', async () => {
    const owner = await signInOwner()
    const viewer = await signInAs('VIEWER')
    expect([await may(viewer, '/costs'), await may(viewer, '/users')]).toEqual([200, 403])
    const permissions = ['-costs:read', '+costs:read', '+users:read']
    const detail = await readJson<Detail>(await put(owner, viewer.me.id, 'permissions', { permissions }))
    expect([await may(viewer, '/costs'), await may(viewer, '/users')]).toEqual([403, 200])
    const effective = Object.fromEntries(detail.effective.map(({ permission, ...rest }) => [permission, rest]))
    expect(effective['costs:read']).toMatchObject({ allowed: false, by: 'deny' })
    expect(effective['users:read']).toMatchObject({ allowed: true, by: 'allow' })
    expect(effective['servers:read']).toMatchObject({ allowed: true, by: 'role' })
    const me = await readJson<{ permissions: string[] }>(await viewer.api('/me'))
    expect(me.permissions).toContain('users:read')
    expect(me.permissions).not.toContain('costs:read')
  })

  it('never make anybody but an owner govern, and restrict no owner', async () => {
    const owner = await signInOwner()
    const admin = await signInAs('ADMIN')
    expect(
      await readError(await put(owner, admin.me.id, 'permissions', { permissions: ['+users:govern'] })),
    ).toMatchObject({ code: 'invalid_input' })
    await execute(`UPDATE users SET permissions = '["+users:govern"]' WHERE id = ?`, admin.me.id)
    expect((await act(admin, owner.me.id, 'suspend')).status).toBe(403)
    expect(
      await readError(await put(owner, owner.me.id, 'permissions', { permissions: ['-users:govern'] })),
    ).toMatchObject({ code: 'user_state' })
    expect(await readError(await put(owner, admin.me.id, 'permissions', { permissions: ['+made:up'] }))).toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('who may govern', () => {
  const verbs = ['suspend', 'ban', 'reactivate', 'deactivate'] as const

  it.each(['ADMIN', 'USER', 'VIEWER'] as const)('is not %s, at any address', async (role: Role) => {
    const session = await signInAs(role)
    const { me } = await signInAs('USER')
    const answers = await Promise.all([
      ...verbs.map((verb) => act(session, me.id, verb)),
      put(session, me.id, 'role', { role: 'OWNER' }),
      put(session, session.me.id, 'permissions', { permissions: ['+servers:power'] }),
      session.api('/users', { json: { name: 'X', email: 'x@example.com', role: 'OWNER' } }),
      session.api(`/users/${me.id}/invitation`, { method: 'DELETE' }),
      admin(session, me.id, 'suspend'),
      admin(session, me.id, 'ban'),
    ])
    for (const answer of answers) expect(await readError(answer)).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await session.api('/users')).status).toBe(role === 'ADMIN' ? 200 : 403)
    expect(await statusOf(me.id)).toBe('ACTIVE')
  })

  it('leaves a denied row where the verb is reached', async () => {
    const { me } = await signInAs('USER')
    const ctx = testCtx({ actor: userActor('ADMIN') })
    await expect(suspendUser(ctx, me.id, reason)).rejects.toThrow()
    expect(await auditRows('user.suspend', me.id)).toMatchObject([{ phase: 'denied', error_code: 'forbidden' }])
  })

  it('is nobody who was an owner when the request began and is none when it is written', async () => {
    await signInOwner()
    const former = await signInAs('OWNER')
    const { me } = await signInAs('USER')
    await execute("UPDATE users SET status = 'SUSPENDED' WHERE id = ?", former.me.id)
    const ctx = testCtx({ actor: ownerActor(former) })
    await expect(suspendUser(ctx, me.id, reason)).rejects.toMatchObject({ code: 'conflict' })
    expect(await statusOf(me.id)).toBe('ACTIVE')
  })

  const admin = (session: TestSession, id: string, verb: string) =>
    exports.default.fetch(
      new Request(`${origin}/api/admin/users/${id}/${verb}`, {
        method: verb === 'permissions' ? 'PUT' : 'POST',
        headers: { ...session.headers, 'content-type': 'application/json' },
        body: JSON.stringify(verb === 'permissions' ? { permissions: ['+audit:read'] } : { reason }),
      }),
    )

  it('works at the addresses of the requirement exactly', async () => {
    const owner = await signInOwner()
    const { me } = await signInAs('USER')
    const ended = await readJson<Ended>(await admin(owner, me.id, 'suspend'))
    expect(ended.user.status).toBe('SUSPENDED')
    expect((await readJson<Detail>(await admin(owner, me.id, 'reactivate'))).status).toBe('ACTIVE')
    expect((await readJson<Detail>(await admin(owner, me.id, 'permissions'))).permissions).toEqual(['+audit:read'])
    expect((await readJson<Ended>(await admin(owner, me.id, 'ban'))).user.status).toBe('BANNED')
  })
})

describe('the last active owner', () => {
  it('can be neither demoted nor leave', async () => {
    const owner = await signInOwner()
    await execute(
      "UPDATE users SET status = 'SUSPENDED' WHERE role = 'OWNER' AND status = 'ACTIVE' AND id <> ?",
      owner.me.id,
    )
    expect(await readError(await put(owner, owner.me.id, 'role', { role: 'ADMIN' }))).toMatchObject({
      status: 409,
      code: 'last_owner',
    })
    expect(await readError(await owner.api('/me/deactivate', { method: 'POST' }))).toMatchObject({ code: 'last_owner' })
    expect(await readError(await act(owner, owner.me.id, 'deactivate', {}))).toMatchObject({ code: 'last_owner' })
  })

  it('stays, of 200 attempts at once to remove the two there are', async () => {
    const one = await signInOwner()
    const other = await signInAs('OWNER')
    const attempts = Array.from({ length: 200 }, (_, i) => {
      const [actor, target] = i % 2 === 0 ? [one, other] : [other, one]
      const ctx = testCtx({ actor: ownerActor(actor) })
      if (i % 4 < 2) return suspendUser(ctx, target.me.id, reason)
      return i % 3 === 0 ? banUser(ctx, target.me.id, reason) : setRole(ctx, actor.me.id, { role: 'USER' })
    })
    const done = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')
    expect(done).toHaveLength(1)
    const left = await queryFirst<{ n: number }>(
      "SELECT count(*) AS n FROM users WHERE role = 'OWNER' AND status = 'ACTIVE'",
    )
    expect(left?.n).toBe(1)
  })
})

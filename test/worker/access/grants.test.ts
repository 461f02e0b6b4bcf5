import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { execute } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'

interface Grants {
  items: { id: string; scopeName: string | null; expired: boolean }[]
}

let owner: TestSession
let [mine, other] = ['', '']
let accounts: string[] = []

beforeAll(async () => {
  owner = await signInAs('OWNER')
  const one = await createTestAccount({ servers: 2, synced: true, name: 'One' })
  const two = await createTestAccount({ servers: 1, synced: true, name: 'Two' })
  accounts = [one.accountId, two.accountId]
  const rows = await mirrorOf(one.accountId)
  ;[mine, other] = [rows[0]?.id ?? '', rows[1]?.id ?? '']
})

const give = (userId: string, json: object, by = owner) => by.api(`/users/${userId}/grants`, { json })
const onServer = (serverId: string, permissions: string[], effect = 'allow') => ({
  effect,
  permissions,
  scope: { kind: 'server', serverId },
})
const idsOf = async (session: TestSession, path: string) => {
  const { items } = await readJson<{ items: { id: string }[] }>(await session.api(path))
  return items.map((item) => item.id)
}

describe('a USER', () => {
  it('sees nothing at all before something is given', async () => {
    const user = await signInAs('USER')
    for (const path of ['/servers', '/servers/summary', `/servers/${mine}`, '/operations', '/costs', '/accounts']) {
      expect([path, (await user.api(path)).status]).toEqual([path, path.includes(mine) ? 403 : 403])
    }
  })

  it('sees exactly what was given, and of the rest not even that it is there', async () => {
    const user = await signInAs('USER')
    await readJson(await give(user.me.id, onServer(mine, ['servers:read', 'servers:power', 'costs:read'])), 201)
    expect(await idsOf(user, '/servers')).toEqual([mine])
    const list = await readJson<{ total: number }>(await user.api('/servers'))
    expect(list.total).toBe(1)
    const items = (await readJson<{ items: { monthlyNet: string | null }[] }>(await user.api('/servers'))).items
    expect(items[0]?.monthlyNet).toBeTruthy()
    const summary = await readJson<{ total: number; facets: { accounts: { value: string }[] } }>(
      await user.api('/servers/summary'),
    )
    expect(summary.total).toBe(1)
    expect(summary.facets.accounts.map(({ value }) => value)).toEqual([accounts[0]])
    const costs = await readJson<{ servers: { serverId: string }[]; totals: { servers: number }[] }>(
      await user.api('/costs'),
    )
    expect(costs.servers.map(({ serverId }) => serverId)).toEqual([mine])
    expect(costs.totals.map(({ servers }) => servers)).toEqual([1])
  })

  it('is told the same of what is not theirs as of what never was', async () => {
    const user = await signInAs('USER')
    await readJson(await give(user.me.id, onServer(mine, ['servers:read', 'servers:power'])), 201)
    for (const path of ['', '/metrics']) {
      const [hidden, unknown] = [`/servers/${other}${path}`, `/servers/srv_none${path}`]
      const [a, b] = [await readError(await user.api(hidden)), await readError(await user.api(unknown))]
      expect({ ...a, requestId: '' }).toEqual({ ...b, requestId: '' })
    }
    const power = (id: string) => user.api(`/servers/${id}/actions`, { json: { action: 'reboot' } })
    const refused = [await readError(await power(other)), await readError(await power('srv_none'))]
    expect(refused.map(({ status, code }) => [status, code])).toEqual([
      [404, 'not_found'],
      [404, 'not_found'],
    ])
  })

  it('controls what was given for control, on the record where not', async () => {
    const user = await signInAs('USER')
    await readJson(await give(user.me.id, onServer(mine, ['servers:read', 'servers:power'])), 201)
    await readJson(await give(user.me.id, onServer(other, ['servers:read'])), 201)
    expect((await user.api(`/servers/${mine}/actions`, { json: { action: 'reboot' } })).status).toBe(202)
    const refused = await readError(await user.api(`/servers/${other}/actions`, { json: { action: 'reboot' } }))
    expect(refused).toMatchObject({ status: 403, code: 'forbidden' })
    const denied = (await auditRows('server.reboot', other)).filter((row) => row.phase === 'denied')
    expect(denied).toHaveLength(1)
    const seen = await readJson<{ items: { serverId: string }[] }>(await user.api('/operations'))
    expect(new Set(seen.items.map(({ serverId }) => serverId))).toEqual(new Set([mine]))
  })

  it('may not move a server from rule to rule', async () => {
    const user = await signInAs('USER')
    await readJson(await give(user.me.id, onServer(mine, ['servers:read', 'servers:annotate'])), 201)
    const patch = (json: object) => user.api(`/servers/${mine}/metadata`, { method: 'PATCH', json })
    expect((await patch({ notes: 'mine' })).status).toBe(200)
    // Without costs:read, no price either.
    const { items } = await readJson<{ items: { monthlyNet: string | null }[] }>(await user.api('/servers'))
    expect(items.map(({ monthlyNet }) => monthlyNet)).toEqual([null])
    expect(await readError(await patch({ project: 'shop' }))).toMatchObject({ status: 403, code: 'forbidden' })
  })
})

describe('a rule', () => {
  it('that takes beats the role and every rule that gives', async () => {
    const admin = await signInAs('ADMIN')
    await readJson(await give(admin.me.id, onServer(mine, ['servers:read'], 'deny')), 201)
    await readJson(await give(admin.me.id, onServer(mine, ['servers:read'])), 201)
    expect(await idsOf(admin, '/servers?limit=200')).not.toContain(mine)
    expect((await admin.api(`/servers/${mine}`)).status).toBe(404)
    expect((await admin.api(`/servers/${other}`)).status).toBe(200)
  })

  it('ends by itself, and when it is removed', async () => {
    const user = await signInAs('USER')
    const { items } = await readJson<Grants>(await give(user.me.id, onServer(mine, ['servers:read'])), 201)
    expect(items[0]?.scopeName).toBeTruthy()
    await execute('UPDATE grants SET expires_at = 1 WHERE user_id = ?', user.me.id)
    expect((await user.api('/servers')).status).toBe(403)
    expect((await readJson<Grants>(await owner.api(`/users/${user.me.id}/grants`))).items[0]?.expired).toBe(true)
    await execute('UPDATE grants SET expires_at = NULL WHERE user_id = ?', user.me.id)
    expect((await user.api('/servers')).status).toBe(200)
    await readJson(await owner.api(`/users/${user.me.id}/grants/${items[0]?.id}`, { method: 'DELETE' }))
    expect((await user.api('/servers')).status).toBe(403)
    expect((await auditRows('grant.remove', user.me.id)).map((row) => row.phase)).toEqual(['started', 'succeeded'])
  })

  it.each([
    ['what only owners have', 'ADMIN', { permissions: ['users:govern'] }, 'permissions.0'],
    ['control to a viewer', 'VIEWER', { permissions: ['servers:power'] }, 'permissions.0'],
    ['the whole log for one server', 'USER', { permissions: ['audit:read'] }, 'permissions.0'],
    [
      'a selector nobody can read',
      'USER',
      { scope: { kind: 'labels', selector: 'a==b==c', accountId: null } },
      'scope.selector',
    ],
    ['what has expired', 'USER', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['a server that is not there', 'USER', { scope: { kind: 'server', serverId: 'srv_none' } }, 'scope.serverId'],
    ['a project that is not there', 'USER', { scope: { kind: 'account', accountId: 'acc_none' } }, 'scope.accountId'],
  ] as const)('cannot give %s', async (_name, role, change, path) => {
    const { me } = await signInAs(role)
    const refused = await give(me.id, { ...onServer(mine, ['servers:read']), ...change })
    const { error } = await refused.json<{ error: { fields?: { path: string }[] } }>()
    expect([refused.status, error.fields?.map((field) => field.path)]).toEqual([400, [path]])
  })

  it('is neither given to an owner nor by anybody else, and needs a fresh proof', async () => {
    const rule = onServer(mine, ['servers:read'])
    const admin = await signInAs('ADMIN')
    expect(await readError(await give(owner.me.id, rule))).toMatchObject({ code: 'user_state' })
    expect(await readError(await give(admin.me.id, rule, admin))).toMatchObject({ status: 403, code: 'forbidden' })
    const stale = await signInAs('OWNER')
    await execute('UPDATE sessions SET verified_at = 0 WHERE id = ?', stale.me.session.id)
    expect(await readError(await give(admin.me.id, rule, stale))).toMatchObject({ code: 'step_up_required' })
  })
})

describe('explanations', () => {
  it('name the rule that decided, of a person and of oneself', async () => {
    const user = await signInAs('USER')
    const { items } = await readJson<Grants>(await give(user.me.id, onServer(mine, ['servers:read'])), 201)
    const ask = (session: TestSession, path: string, serverId: string) =>
      session.api(`${path}/explanation?permission=servers:read&serverId=${serverId}`)
    const yes = await readJson(await ask(owner, `/users/${user.me.id}`, mine))
    expect(yes).toMatchObject({ allowed: true, by: 'grant', grantId: items[0]?.id })
    expect(await readJson(await ask(owner, `/users/${user.me.id}`, other))).toMatchObject({
      allowed: false,
      by: 'role',
    })
    expect(await readJson(await ask(user, '/me', mine))).toMatchObject({ allowed: true, by: 'grant' })
    expect((await ask(user, '/me', other)).status).toBe(404)
  })

  it('list who may do something on one server, and nobody who is not active', async () => {
    const [user, gone] = [await signInAs('USER'), await signInAs('ADMIN')]
    await readJson(await give(user.me.id, onServer(mine, ['servers:power'])), 201)
    await execute("UPDATE users SET status = 'SUSPENDED' WHERE id = ?", gone.me.id)
    const holders = async (serverId: string) => {
      const path = `/permissions/servers:power/holders?serverId=${serverId}`
      const { items } = await readJson<{ items: { user: { id: string } }[] }>(await owner.api(path))
      return items.map((item) => item.user.id)
    }
    expect(await holders(mine)).toEqual(expect.arrayContaining([owner.me.id, user.me.id]))
    expect(await holders(other)).not.toContain(user.me.id)
    expect(await holders(mine)).not.toContain(gone.me.id)
  })
})

describe('what was used', () => {
  it('is remembered to the day, and what was not used for 90 days is named', async () => {
    const user = await signInAs('ADMIN')
    expect((await user.api('/servers')).status).toBe(200)
    await expect
      .poll(() => effective(user, 'servers:read'))
      .toMatchObject({ allowed: true, lastUsedAt: expect.stringMatching(/^20/) as string, unused: false })
    const old = Date.now() - 100 * 86_400_000
    await execute('UPDATE users SET updated_at = ? WHERE id = ?', old, user.me.id)
    expect(await effective(user, 'servers:read')).toMatchObject({ unused: false })
    expect(await effective(user, 'servers:power')).toMatchObject({ unused: true, lastUsedAt: null })
    await execute('UPDATE permission_uses SET last_used_at = ? WHERE user_id = ?', old, user.me.id)
    expect(await effective(user, 'servers:read')).toMatchObject({ unused: true })
  })

  it('of a refusal is nothing', async () => {
    const user = await signInAs('ADMIN')
    expect((await user.api('/users', { json: { name: 'X', email: 'x@example.com', role: 'USER' } })).status).toBe(403)
    expect(await effective(user, 'users:govern')).toMatchObject({ lastUsedAt: null })
  })

  const effective = async (user: TestSession, permission: string) => {
    const detail = await readJson<{ effective: { permission: string }[] }>(await owner.api(`/users/${user.me.id}`))
    return detail.effective.find((one) => one.permission === permission)
  }
})

describe('one’s own activity', () => {
  it('is there for whoever may not read the log, and is nobody else’s', async () => {
    const user = await signInAs('USER')
    await readJson(await user.api('/me', { method: 'PATCH', json: { name: 'Me Myself' } }))
    expect((await user.api('/audit')).status).toBe(403)
    const { items } = await readJson<{ items: { actor: { id: string }; action: string }[] }>(
      await user.api(`/me/activity?actorId=${owner.me.id}`),
    )
    expect(items.map(({ action }) => action)).toContain('user.preferences.update')
    expect(new Set(items.map(({ actor }) => actor.id))).toEqual(new Set([user.me.id]))
  })
})

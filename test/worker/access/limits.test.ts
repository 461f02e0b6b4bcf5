import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { execute, queryAll } from '../../support/database.ts'
import { readJson, signInAs, type TestSession } from '../../support/session.ts'
import { switchOffRules } from '../protection/support.ts'

let owner: TestSession
let [mine, other, otherName, otherAccount] = ['', '', '', '']

beforeAll(async () => {
  await switchOffRules('refusals')
  owner = await signInAs('OWNER')
  const one = await createTestAccount({ servers: 2, synced: true, name: 'One' })
  const two = await createTestAccount({ servers: 1, synced: true, name: 'Two' })
  otherAccount = two.accountId
  const [first, second] = await mirrorOf(one.accountId)
  ;[mine, other, otherName] = [first?.id ?? '', second?.id ?? '', second?.name ?? '']
})

const give = async (session: TestSession, serverId: string, permissions: string[]) => {
  const json = { effect: 'allow', permissions, scope: { kind: 'server', serverId } }
  await readJson(await owner.api(`/users/${session.me.id}/grants`, { json }), 201)
}

async function userWith(permissions: string[], serverId = mine): Promise<TestSession> {
  const session = await signInAs('USER')
  if (permissions.length > 0) await give(session, serverId, permissions)
  return session
}

/** What an answer tells, but for the number of the request. */
const told = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, body: (await response.text()).replaceAll(/req_\w+/g, '') }
}

describe('what is not yours answers as what never was', () => {
  it.each([
    ['nothing', []],
    ['seeing', ['servers:read']],
    ['control without seeing', ['servers:power']],
    ['both', ['servers:read', 'servers:power', 'servers:annotate']],
  ])('to whoever has %s of another server', async (_name, permissions) => {
    const user = await userWith(permissions)
    const both = async (call: (id: string) => Promise<Response>) => {
      const [hidden, unknown] = [await told(call(other)), await told(call('srv_none'))]
      const nameless = ({ status, body }: typeof hidden) => ({
        status,
        body: body.replaceAll(other, 'ID').replaceAll('srv_none', 'ID'),
      })
      expect(nameless(hidden)).toEqual(nameless(unknown))
      expect(hidden.body).not.toContain(otherName)
    }
    await both((id) => user.api(`/servers/${id}`))
    await both((id) => user.api(`/servers/${id}/metrics`))
    await both((id) => user.api(`/servers/${id}/actions`, { json: { action: 'reboot' } }))
    await both((id) => user.api('/servers/actions', { json: { serverIds: [id], action: 'reboot', confirm: '1' } }))
    await both((id) => user.api(`/servers/${id}/metadata`, { method: 'PATCH', json: { notes: 'x' } }))
    await both((id) => user.api(`/me/explanation?permission=servers:power&serverId=${id}`))
    await both((id) => user.api(`/operations?serverId=${id}`))
  })

  it.each([
    ['nothing', []],
    ['a look at another project', ['servers:sync', 'accounts:read']],
    ['another project to read only', ['accounts:read']],
  ])('of projects, to whoever has %s', async (_name, permissions) => {
    const user = await signInAs('USER')
    if (permissions.length > 0) {
      const { accountId } = await createTestAccount({ servers: 0 })
      const json = { effect: 'allow', permissions, scope: { kind: 'account', accountId } }
      await readJson(await owner.api(`/users/${user.me.id}/grants`, { json }), 201)
    }
    for (const [method, suffix] of [
      ['GET', ''],
      ['POST', '/sync'],
    ] as const) {
      const [hidden, unknown] = [
        await told(user.api(`/accounts/${otherAccount}${suffix}`, { method })),
        await told(user.api(`/accounts/acc_none${suffix}`, { method })),
      ]
      expect([method, hidden]).toEqual([method, unknown])
    }
  })

  it('still stands on the record when it was refused', async () => {
    const user = await userWith([])
    await user.api(`/servers/${other}/actions`, { json: { action: 'reboot' } })
    const rows = (await auditRows('server.reboot', other)).filter((row) => row.phase === 'denied')
    expect(rows.length).toBeGreaterThan(0)
  })

  it('is controlled by whoever may control it, also without seeing it', async () => {
    const user = await userWith(['servers:power'])
    expect((await user.api(`/servers/${mine}/actions`, { json: { action: 'reboot' } })).status).toBe(202)
  })
})

describe('a price', () => {
  it('is not told by an order or its cursor to whoever may not see costs', async () => {
    await execute("UPDATE servers SET monthly_net = '123.45', currency = 'EUR' WHERE id = ?", mine)
    await execute("UPDATE servers SET monthly_net = '67.89', currency = 'EUR' WHERE id = ?", other)
    const user = await userWith(['servers:read'])
    await give(user, other, ['servers:read'])
    const page = async (sort: string) =>
      readJson<{ items: { id: string }[]; nextCursor: string | null }>(await user.api(`/servers?limit=1&sort=${sort}`))
    const cheap = await page('monthly')
    expect(atob((cheap.nextCursor ?? '').replaceAll('-', '+').replaceAll('_', '/'))).not.toMatch(/123|67\.89/)
    const [first] = [mine, other].toSorted()
    expect(cheap.items.map(({ id }) => id)).toEqual([first])
    await give(user, mine, ['costs:read'])
    expect((await page('-monthly')).items.map(({ id }) => id)).toEqual([mine])
  })
})

describe('what somebody may do', () => {
  it('is told with every server, and where they may do it', async () => {
    const user = await userWith(['servers:read', 'servers:power'])
    await give(user, other, ['servers:read'])
    const { items } = await readJson<{ items: { id: string; may: string[] }[] }>(await user.api('/servers'))
    expect(Object.fromEntries(items.map(({ id, may }) => [id, may]))).toEqual({
      [mine]: ['servers:read', 'servers:power'],
      [other]: ['servers:read'],
    })
    expect(await readJson(await user.api(`/servers/${mine}`))).toMatchObject({ may: ['servers:read', 'servers:power'] })
    const me = await readJson<{ permissions: string[]; permissionsEverywhere: string[] }>(await user.api('/me'))
    expect(me.permissions).toEqual(expect.arrayContaining(['servers:read', 'servers:power', 'api-keys:use']))
    expect(me.permissionsEverywhere).toEqual(['api-keys:use'])
  })

  it('is not everywhere where a rule takes some of it', async () => {
    const admin = await signInAs('ADMIN')
    const json = { effect: 'deny', permissions: ['servers:power'], scope: { kind: 'server', serverId: other } }
    await readJson(await owner.api(`/users/${admin.me.id}/grants`, { json }), 201)
    const me = await readJson<{ permissions: string[]; permissionsEverywhere: string[] }>(await admin.api('/me'))
    expect(me.permissions).toContain('servers:power')
    expect(me.permissionsEverywhere).not.toContain('servers:power')
    expect(me.permissionsEverywhere).toContain('servers:read')
    expect(await readJson<{ may: string[] }>(await admin.api(`/servers/${other}`))).toMatchObject({
      may: expect.not.arrayContaining(['servers:power']) as string[],
    })
  })
})

describe('what was used', () => {
  interface Detail {
    narrowable: string[]
    effective: { permission: string; where: string; grantIds: string[]; unused: boolean; lastUsedAt: string | null }[]
  }
  const detail = async ({ me }: TestSession) => readJson<Detail>(await owner.api(`/users/${me.id}`))
  const old = () => Date.now() - 100 * 86_400_000

  it('is not what was given only now', async () => {
    const user = await userWith(['servers:power'])
    await execute('UPDATE users SET updated_at = ? WHERE id = ?', old(), user.me.id)
    expect((await detail(user)).narrowable).not.toContain('servers:power')
    await execute('UPDATE grants SET created_at = ? WHERE user_id = ?', old(), user.me.id)
    expect((await detail(user)).narrowable).toContain('servers:power')
  })

  it('says where each permission holds, and by which rules', async () => {
    const user = await userWith(['servers:read'])
    const [grant] = await queryAll<{ id: string }>('SELECT id FROM grants WHERE user_id = ?', user.me.id)
    const { effective } = await detail(user)
    const of = (name: string) => effective.find(({ permission }) => permission === name)
    expect(of('servers:read')).toMatchObject({ where: 'some', grantIds: [grant?.id] })
    expect(of('servers:power')).toMatchObject({ where: 'nowhere', grantIds: [] })
    expect(of('api-keys:use')).toMatchObject({ where: 'everywhere', grantIds: [] })
  })

  it('is nothing that the person does not have, however the request was made', async () => {
    const admin = await signInAs('ADMIN')
    expect((await admin.api('/users', { json: { name: 1 } })).status).toBe(400)
    expect((await admin.api('/servers')).status).toBe(200)
    const used = async () =>
      (
        await queryAll<{ permission: string }>('SELECT permission FROM permission_uses WHERE user_id = ?', admin.me.id)
      ).map(({ permission }) => permission)
    await expect.poll(used).toContain('servers:read')
    expect(await used()).not.toContain('users:govern')
  })

  it('is kept as a day, and written once in it', async () => {
    const admin = await signInAs('ADMIN')
    expect((await admin.api('/servers')).status).toBe(200)
    const rows = () =>
      queryAll<{ last_used_at: number }>(
        "SELECT last_used_at FROM permission_uses WHERE user_id = ? AND permission = 'servers:read'",
        admin.me.id,
      )
    await expect.poll(rows).toHaveLength(1)
    expect(((await rows())[0]?.last_used_at ?? 1) % 86_400_000).toBe(0)
  })
})

describe('the number of rules', () => {
  it('stays within its limit, however many are given at once', async () => {
    const user = await userWith(['servers:read'])
    const [row] = await queryAll<{ created_by: string }>('SELECT created_by FROM grants WHERE user_id = ?', user.me.id)
    await execute(
      `INSERT INTO grants SELECT 'grt_x' || value, ?, 'allow', '["servers:read"]', '{"kind":"everything"}', '', 0, ?, NULL
       FROM json_each('[${Array.from({ length: 48 }, (_, i) => i).join()}]')`,
      user.me.id,
      row?.created_by ?? '',
    )
    const json = { effect: 'allow', permissions: ['servers:read'], scope: { kind: 'server', serverId: mine } }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => owner.api(`/users/${user.me.id}/grants`, { json })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await queryAll('SELECT id FROM grants WHERE user_id = ?', user.me.id)).toHaveLength(50)
  })
})

describe('becoming an owner', () => {
  it('clears the rules', async () => {
    const user = await userWith(['servers:read'])
    await readJson(await owner.api(`/users/${user.me.id}/role`, { method: 'PUT', json: { role: 'OWNER' } }))
    expect(await queryAll('SELECT id FROM grants WHERE user_id = ?', user.me.id)).toEqual([])
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute, queryAll } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'
import { withKey } from '../../support/api-keys.ts'

interface Preview {
  servers: { reached: number; total: number }
  problems: { path: string; message: string }[]
  examples: {
    server: { id: string; name: string } | null
    explanation: { permission: string; allowed: boolean; by: string }
  }[]
}

let owner: TestSession
let accountId = ''
let servers: { id: string }[] = []

beforeAll(async () => {
  owner = await signInAs('OWNER')
  ;({ accountId } = await createTestAccount({ servers: 3, synced: true }))
  servers = await mirrorOf(accountId)
  await execute(`UPDATE servers SET labels = '{"team":"web"}' WHERE id = ?`, servers[0]?.id ?? '')
})

function preview(person: TestSession, permissions: string[], scopes: object[], stepUp = 'destructive') {
  const query = new URLSearchParams({ permissions: permissions.join(','), scopes: JSON.stringify(scopes), stepUp })
  return person.api(`/me/api-key-preview?${query.toString()}`)
}
const tell = async (...of: Parameters<typeof preview>) => readJson<Preview>(await preview(...of))
const verdict = ({ examples }: Preview, permission: string, serverId: string | null) =>
  examples.find(({ server, explanation }) => explanation.permission === permission && (server?.id ?? null) === serverId)
    ?.explanation

describe('the preview of a key', () => {
  it('says of what is inside and outside what the key made so is then told', async () => {
    const scopes = [{ kind: 'labels', selector: 'team=web', accountId }]
    const permissions = ['servers:read', 'servers:power', 'volumes:manage']
    const told = await tell(owner, permissions, scopes, 'never')
    const inside = servers[0]?.id ?? ''
    const outside = told.examples.find(({ server }) => server && server.id !== inside)?.server?.id ?? ''
    expect(told.servers).toEqual({ reached: 1, total: 3 })
    expect(told.problems).toEqual([])
    expect(verdict(told, 'servers:power', inside)).toMatchObject({ allowed: true })
    expect(verdict(told, 'servers:delete', inside)).toMatchObject({ allowed: false, by: 'key' })
    expect(verdict(told, 'servers:power', outside)).toMatchObject({ allowed: false, by: 'key' })
    // Made with the label, as the gateway does.
    expect(verdict(told, 'volumes:manage', null)).toMatchObject({ allowed: true })
    const json = { name: 'Web', permissions, scopes, stepUp: 'never' }
    const { secret } = await readJson<{ secret: string }>(await owner.api('/me/api-keys', { json }), 201)
    for (const { server, explanation } of told.examples) {
      if (!server) continue
      const query = `permission=${explanation.permission}&serverId=${server.id}`
      const answer = await withKey(secret, `/me/explanation?${query}`)
      const { allowed } = answer.status === 404 ? { allowed: false } : await readJson<{ allowed: boolean }>(answer)
      expect([query, allowed]).toEqual([query, explanation.allowed])
    }
  })

  it('knows that one server is no place to create anything', async () => {
    const told = await tell(owner, ['volumes:manage'], [{ kind: 'server', serverId: servers[1]?.id }])
    expect(told.servers.reached).toBe(1)
    expect(verdict(told, 'volumes:manage', null)).toMatchObject({ allowed: false })
  })

  it('has every permission it would carry, and no account for who works on labels only', async () => {
    const permissions = ['servers:read', 'servers:sync', 'accounts:read', 'volumes:read', 'audit:read']
    const told = await tell(owner, permissions, [{ kind: 'labels', selector: 'team=web', accountId: null }])
    const verdicts = permissions.slice(1).map((one) => [one, verdict(told, one, null)?.allowed])
    expect(verdicts).toEqual([
      ['servers:sync', true],
      ['accounts:read', false],
      ['volumes:read', true],
      ['audit:read', false],
    ])
  })

  it('names what making it would be refused for, and makes nothing', async () => {
    const user = await signInAs('USER')
    const before = await queryAll('SELECT id FROM api_keys')
    const told = await tell(
      user,
      ['servers:read', 'users:govern'],
      [{ kind: 'account', accountId: 'acc_none' }],
      'never',
    )
    expect(told.problems.map(({ path }) => path)).toEqual(['permissions.0', 'permissions.1', 'scopes.0', 'stepUp'])
    expect(told.examples).toEqual([])
    expect(await queryAll('SELECT id FROM api_keys')).toEqual(before)
  })

  it('counts and names only servers that its person sees', async () => {
    const user = await signInAs('USER')
    await execute(
      `INSERT INTO grants (id, user_id, effect, permissions, scope, note, created_at, created_by)
       VALUES (?, ?, 'allow', '["servers:read"]', ?, '', 0, 'usr_x')`,
      `grt_${user.me.id}`,
      user.me.id,
      JSON.stringify({ kind: 'server', serverId: servers[2]?.id }),
    )
    const told = await tell(user, ['servers:read'], [{ kind: 'everything' }])
    expect(told.servers).toEqual({ reached: 1, total: 1 })
    expect(told.examples.map(({ server }) => server?.id)).toEqual([servers[2]?.id])
  })

  it.each([['scopes=nothing'], ['scopes=[]'], ['permissions=servers:fly'], ['permissions=api-keys:use']])(
    'refuses %s',
    async (query) => {
      expect(await readError(await owner.api(`/me/api-key-preview?${query}`))).toMatchObject({ code: 'invalid_input' })
    },
  )
})

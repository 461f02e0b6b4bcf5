import { describe, expect, it } from 'vitest'
import { days } from '../../../worker/kernel/clock.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { createKey, toMade } from '../../support/api-keys.ts'
import { auditRows } from '../../support/audit.ts'
import { execute } from '../../support/database.ts'
import { readError, readJson, signInAs } from '../../support/session.ts'
import { fieldsOf, listOwn, patch, rotate } from './support.ts'

describe('changing a key', () => {
  it('makes it narrower and never wider', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const scopes = [{ kind: 'account', accountId }]
    const { key } = await createKey(owner, { permissions: ['servers:read', 'servers:power'], scopes })
    const wider: [string, object][] = [
      ['permissions', { permissions: ['servers:read', 'costs:read'] }],
      ['scopes', { scopes: [{ kind: 'everything' }] }],
      ['stepUp', { stepUp: 'never' }],
      ['expiresAt', { expiresAt: new Date(Date.now() + days(700)).toISOString() }],
      ['expiresAt', { expiresAt: null }],
    ]
    for (const [path, json] of wider) expect(await fieldsOf(await patch(owner, key.id, json))).toEqual([path])
    const narrower = { name: 'Reader', permissions: ['servers:read'], ipAllowlist: ['192.0.2.0/24'] }
    expect(await readJson(await patch(owner, key.id, narrower))).toMatchObject(narrower)
    expect(await auditRows('api_key.update', key.id)).toHaveLength(2)
  })

  it('may be to one server of its project, one project of the gateway and fewer requests, and back to none of it', async () => {
    const owner = await signInAs('OWNER')
    const [one, other] = [await createTestAccount({ servers: 1, synced: true }), await createTestAccount()]
    const elsewhere = await createTestAccount({ servers: 1, synced: true })
    const serverOf = async (accountId: string) => ({
      kind: 'server',
      serverId: (await mirrorOf(accountId))[0]?.id ?? '',
    })
    const scopes = [{ kind: 'account', accountId: one.accountId }]
    const { key } = await createKey(owner, { permissions: ['servers:read'], scopes })
    const refused: [string, object][] = [
      ['scopes', { scopes: [await serverOf(elsewhere.accountId)] }],
      ['scopes.0', { scopes: [{ kind: 'server', serverId: 'srv_none' }] }],
      ['accountId', { accountId: 'acc_none' }],
    ]
    for (const [path, json] of refused) expect(await fieldsOf(await patch(owner, key.id, json))).toContain(path)
    const narrower = { scopes: [await serverOf(one.accountId)], accountId: one.accountId, hourlyBudget: 60 }
    expect(await readJson(await patch(owner, key.id, narrower))).toMatchObject(narrower)
    const wider: [string, object][] = [
      ['scopes', { scopes }],
      ['accountId', { accountId: null }],
      ['accountId', { accountId: other.accountId }],
      ['hourlyBudget', { hourlyBudget: 61 }],
      ['hourlyBudget', { hourlyBudget: null }],
    ]
    for (const [path, json] of wider) expect(await fieldsOf(await patch(owner, key.id, json))).toEqual([path])
  })

  it('does not hold it to a server that has the right labels only now: it would keep it without them', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount({ servers: 1, synced: true })
    const serverId = (await mirrorOf(accountId))[0]?.id ?? ''
    await execute(`UPDATE servers SET labels = '{"team":"web"}' WHERE id = ?`, serverId)
    const scopes = [{ kind: 'labels', selector: 'team=web', accountId: null }]
    const { key } = await createKey(owner, { permissions: ['servers:read'], scopes })
    expect(await fieldsOf(await patch(owner, key.id, { scopes: [{ kind: 'server', serverId }] }))).toEqual(['scopes'])
    const inProject = [{ kind: 'labels', selector: 'team=web', accountId }]
    expect(await readJson(await patch(owner, key.id, { scopes: inProject }))).toMatchObject({ scopes: inProject })
  })

  it('is for whoever it belongs to', async () => {
    const { key } = await createKey(await signInAs('OWNER'))
    const other = await signInAs('OWNER')
    const answers = [
      await patch(other, key.id, { name: 'Mine' }),
      await rotate(other, key.id),
      await other.api(`/me/api-keys/${key.id}`, { method: 'DELETE' }),
    ]
    for (const answer of answers) expect(await readError(answer)).toMatchObject({ status: 404 })
  })
})

describe('rotating a key', () => {
  it('makes a successor that may do the same, while the old one works on for its overlap', async () => {
    const owner = await signInAs('OWNER')
    const old = await createKey(owner, { permissions: ['servers:read'], ipAllowlist: ['10.0.0.0/8'] })
    const next = toMade(await readJson(await rotate(owner, old.key.id, 2), 201))
    expect(next.key).toMatchObject({ permissions: ['servers:read'], ipAllowlist: ['10.0.0.0/8'], state: 'active' })
    expect([(await old.api('/servers')).status, (await next.api('/servers')).status]).toEqual([200, 200])
    const [, before] = await listOwn(owner)
    expect(before).toMatchObject({ state: 'replacing', replacedBy: next.key.id })
    expect((await readError(await rotate(owner, old.key.id))).code).toBe('conflict')
    expect((await readError(await rotate(owner, old.key.id, 8))).code).toBe('invalid_input')
  })

  it('without overlap ends the old one at once', async () => {
    const owner = await signInAs('OWNER')
    const old = await createKey(owner)
    await rotate(owner, old.key.id, 0)
    expect(await readError(await old.api('/servers'))).toMatchObject({ status: 401, code: 'api_key_invalid' })
  })

  it('twice at once makes one successor', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    const statuses = (await Promise.all([1, 2, 3].map(() => rotate(owner, key.id)))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 409, 409])
    expect(await listOwn(owner)).toHaveLength(2)
  })
})

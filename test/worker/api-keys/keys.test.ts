import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { runSchedule } from '../../../worker/schedule.ts'
import { sha256 } from '../../../worker/kernel/crypto.ts'
import { days } from '../../../worker/kernel/clock.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { createKey, forge, withKey, writeCounted, type TestKey } from '../../support/api-keys.ts'
import { auditRows } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import { execute, queryAll, queryFirst } from '../../support/database.ts'
import { api, readError, readJson, signInAs, type TestSession } from '../../support/session.ts'
import { fieldsOf, listOwn, patch, rotate } from './support.ts'

const unverify = (session: TestSession) =>
  execute('UPDATE sessions SET verified_at = 0 WHERE id = ?', session.me.session.id)
/** What goes on after an answer has been written when this resolves. */
const eventually = (check: () => Promise<void>) => expect.poll(() => check().then(() => true), { timeout: 3_000 })

describe('making a key', () => {
  it('shows it once, keeps a hash of its secret only, and is on the record without it', async () => {
    const owner = await signInAs('OWNER')
    const { key, secret } = await createKey(owner, { name: 'Terraform' })
    expect(secret).toMatch(/^wn[0-9A-Za-z]{62}$/)
    expect(key).toMatchObject({ name: 'Terraform', state: 'active', hint: secret.slice(-4), stepUp: 'destructive' })
    const row = await queryFirst<Record<string, unknown>>('SELECT * FROM api_keys WHERE id = ?', key.id)
    expect(row?.['secret_hash']).toBe(await sha256(secret.slice(14, 58)))
    const everything = JSON.stringify([row, await listOwn(owner), await auditRows('api_key.create', key.id)])
    expect(everything).not.toContain(secret.slice(14, 58))
    expect(await auditRows('api_key.create', key.id)).toMatchObject([{ phase: 'started' }, { phase: 'succeeded' }])
  })

  it('is not repeated for the same Idempotency-Key: a secret is kept nowhere', async () => {
    const owner = await signInAs('OWNER')
    const init = { json: { name: 'CI', permissions: ['servers:read'] }, headers: { 'idempotency-key': 'once' } }
    const [one, other] = [await owner.api('/me/api-keys', init), await owner.api('/me/api-keys', init)]
    expect((await readJson<{ secret: string }>(one, 201)).secret).not.toBe(
      (await readJson<{ secret: string }>(other, 201)).secret,
    )
  })

  it('needs a fresh passkey proof, as rotating one and changing where it works from does', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    await unverify(owner)
    const answers = [
      await owner.api('/me/api-keys', { json: { name: 'CI', permissions: ['servers:read'] } }),
      await rotate(owner, key.id),
      await patch(owner, key.id, { ipAllowlist: [] }),
    ]
    for (const answer of answers) expect(await readError(answer)).toMatchObject({ code: 'step_up_required' })
    expect(await listOwn(owner)).toHaveLength(1)
  })

  it('refuses what its person does not have, naming each field', async () => {
    const { accountId } = await createTestAccount({ servers: 1, synced: true })
    const user = await signInAs('USER')
    await execute(`UPDATE users SET permissions = '["+costs:read"]' WHERE id = ?`, user.me.id)
    const make = (json: object) => user.api('/me/api-keys', { json: { name: 'CI', ...json } })
    expect(await fieldsOf(await make({ permissions: ['costs:read', 'servers:power', 'users:govern'] }))).toEqual([
      'permissions.1',
      'permissions.2',
    ])
    const scopes = [
      { kind: 'account', accountId: 'acc_none' },
      { kind: 'server', serverId: 'srv_none' },
      { kind: 'account', accountId },
    ]
    expect(await fieldsOf(await make({ permissions: ['costs:read'], scopes }))).toEqual(['scopes.0', 'scopes.1'])
    expect(await fieldsOf(await make({ permissions: ['costs:read'], accountId: 'acc_none' }))).toEqual(['accountId'])
    expect(await fieldsOf(await make({ permissions: [] }))).toEqual(['permissions'])
    expect(await fieldsOf(await make({ permissions: ['api-keys:use'] }))).toEqual(['permissions.0'])
    expect(await fieldsOf(await make({ permissions: ['costs:read'], ipAllowlist: ['10.0.0.1/8'] }))).toEqual([
      'ipAllowlist.0',
    ])
  })

  it('reaches no further than a rule of its person does', async () => {
    const one = await createTestAccount({ servers: 1, synced: true })
    const other = await createTestAccount({ servers: 1, synced: true })
    const user = await signInAs('USER')
    await grant(user, 'allow', ['servers:read'], { kind: 'account', accountId: one.accountId })
    const serverOf = async (accountId: string) => (await mirrorOf(accountId))[0]?.id ?? ''
    const make = (scope: object) =>
      user.api('/me/api-keys', { json: { name: 'CI', permissions: ['servers:read'], scopes: [scope] } })
    const made = [
      { kind: 'everything' },
      { kind: 'account', accountId: one.accountId },
      { kind: 'server', serverId: await serverOf(one.accountId) },
    ]
    for (const scope of made) expect([scope, (await make(scope)).status]).toEqual([scope, 201])
    const refused = [
      { kind: 'account', accountId: other.accountId },
      { kind: 'server', serverId: await serverOf(other.accountId) },
      { kind: 'labels', selector: 'env=prod', accountId: null },
    ]
    for (const scope of refused) expect([scope, await fieldsOf(await make(scope))]).toEqual([scope, ['scopes.0']])
  })

  it('expires in 90 days unless said otherwise, in two years at most, and never only for owners', async () => {
    const admin = await signInAs('ADMIN')
    const { key } = await createKey(admin)
    expect(Date.parse(key.expiresAt ?? '') - Date.now()).toBeGreaterThan(days(90) - 60_000)
    const make = (session: TestSession, expiresAt: string | null) =>
      session.api('/me/api-keys', { json: { name: 'CI', permissions: ['servers:read'], expiresAt } })
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    for (const expiresAt of [null, at(days(731)), at(-1)]) {
      expect(await fieldsOf(await make(admin, expiresAt))).toEqual(['expiresAt'])
    }
    expect((await make(await signInAs('OWNER'), null)).status).toBe(201)
  })

  it('that governs people cannot go without approval', async () => {
    const owner = await signInAs('OWNER')
    const make = (stepUp: string) =>
      owner.api('/me/api-keys', { json: { name: 'HR', permissions: ['users:govern'], stepUp } })
    expect(await fieldsOf(await make('never'))).toEqual(['stepUp'])
    expect((await make('destructive')).status).toBe(201)
  })

  it('stops at fifty a person, however many are asked for at once', async () => {
    const owner = await signInAs('OWNER')
    const { key } = await createKey(owner)
    await execute(
      `INSERT INTO api_keys (id, user_id, name, secret_hash, hint, permissions, scopes, ip_allowlist, step_up, created_at)
       SELECT 'key_' || value || ?1, user_id, name, secret_hash, hint, permissions, scopes, ip_allowlist, step_up, created_at
       FROM api_keys, json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47]')
       WHERE api_keys.id = ?1`,
      key.id,
    )
    const make = () => owner.api('/me/api-keys', { json: { name: 'CI', permissions: ['servers:read'] } })
    const statuses = (await Promise.all(Array.from({ length: 6 }, make))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 201, 409, 409, 409, 409])
    expect(await listOwn(owner)).toHaveLength(50)
  })
})

describe('a key in use', () => {
  it('is named in every row of what it does, apart from its person’s own acts', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const made = await createKey(owner, { name: 'Renamer' })
    const rename = { method: 'PATCH', json: { name: 'By key' } }
    expect(
      (await made.api(`/accounts/${accountId}`, { ...rename, headers: { origin: 'http://localhost:8787' } })).status,
    ).toBe(200)
    await owner.api(`/accounts/${accountId}`, { method: 'PATCH', json: { name: 'By hand' } })
    const rows = await queryAll(
      "SELECT key_id, key_name, source FROM audit_log WHERE action = 'account.rename' AND target_id = ? ORDER BY seq",
      accountId,
    )
    const by = { key_id: made.key.id, key_name: 'Renamer', source: 'api' }
    const byHand = { key_id: null, key_name: null, source: 'web' }
    expect(rows).toEqual([by, by, byHand, byHand])
    const page = await readJson<{ items: object[] }>(await owner.api(`/audit?keyId=${made.key.id}`))
    expect(page.items).toMatchObject([{ action: 'account.rename', key: { id: made.key.id, name: 'Renamer' } }])
  })

  it('is told its person and itself by /me', async () => {
    const owner = await signInAs('OWNER')
    const { key, ...made } = await createKey(owner, { permissions: ['servers:read'] })
    expect(await readJson(await made.api('/me'))).toEqual({
      id: owner.me.id,
      name: owner.me.name,
      role: 'OWNER',
      permissions: ['servers:read'],
      permissionsEverywhere: ['servers:read'],
      key: {
        id: key.id,
        name: 'CI',
        scopes: [{ kind: 'everything' }],
        stepUp: 'destructive',
        accountId: null,
        hourlyBudget: null,
        expiresAt: key.expiresAt,
      },
    })
  })

  it('loses at the next request what its person loses, and gets it back with them', async () => {
    const admin = await signInAs('ADMIN')
    const { api: call } = await createKey(admin)
    const set = (permissions: string) =>
      execute('UPDATE users SET permissions = ? WHERE id = ?', permissions, admin.me.id)
    const statusOf = async () => (await call('/costs')).status
    expect(await statusOf()).toBe(200)
    await set('["-costs:read"]')
    expect(await statusOf()).toBe(403)
    await set('[]')
    expect(await statusOf()).toBe(200)
    await grant(admin, 'deny', ['costs:read'], { kind: 'everything' })
    expect(await statusOf()).toBe(403)
  })

  it('does not get what its person was given later', async () => {
    const viewer = await signInAs('VIEWER')
    const { api: call } = await createKey(viewer)
    await execute(`UPDATE users SET role = 'OWNER' WHERE id = ?`, viewer.me.id)
    expect([(await call('/costs')).status, (await call('/users')).status]).toEqual([200, 403])
  })

  it('says when and from where it was used, once a minute', async () => {
    const owner = await signInAs('OWNER')
    const { key, secret } = await createKey(owner)
    const from = { headers: { 'cf-connecting-ip': '192.0.2.77' } }
    await Promise.all(Array.from({ length: 5 }, () => withKey(secret, '/servers', from)))
    await eventually(async () =>
      expect(await listOwn(owner)).toMatchObject([{ id: key.id, lastIp: '192.0.2.77', useCount: 1 }]),
    ).toBe(true)
  })

  it('has a limit of its own, apart from its person’s', async () => {
    const owner = await signInAs('OWNER')
    const { api: call } = await createKey(owner)
    const remaining = async (answer: Promise<Response>) => Number((await answer).headers.get('ratelimit-remaining'))
    for (let i = 0; i < 20; i++) await call('/me')
    expect((await remaining(owner.api('/me'))) - (await remaining(call('/me')))).toBeGreaterThan(5)
  })

  it('shares no Idempotency-Key with its person', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const made = await createKey(owner)
    const rename = (name: string) => ({ method: 'PATCH', json: { name }, headers: { 'idempotency-key': 'same' } })
    expect((await made.api(`/accounts/${accountId}`, rename('One'))).status).toBe(200)
    expect((await owner.api(`/accounts/${accountId}`, rename('Two'))).status).toBe(200)
    expect((await made.api(`/accounts/${accountId}`, rename('Three'))).status).toBe(422)
  })
})

describe('a refused key', () => {
  it('leaves one row a minute and reason, and is counted', async () => {
    const owner = await signInAs('OWNER')
    const { key, secret } = await createKey(owner)
    const wrong = await forge(secret)
    for (let i = 0; i < 4; i++) await withKey(wrong, '/servers')
    await owner.api(`/me/api-keys/${key.id}`, { method: 'DELETE' })
    for (let i = 0; i < 3; i++) await withKey(secret, '/servers')
    await eventually(async () => {
      await writeCounted(key.id)
      expect(await queryFirst('SELECT refusals FROM key_usage WHERE key_id = ?', key.id)).toEqual({ refusals: 7 })
    }).toBe(true)
    expect(await queryFirst('SELECT refusal_count FROM api_keys WHERE id = ?', key.id)).toEqual({ refusal_count: 7 })
    expect(await auditRows('api_key.use', key.id)).toMatchObject([
      { phase: 'denied', reason: 'wrong secret', actor_kind: 'anonymous', error_code: 'api_key_invalid' },
      { phase: 'denied', reason: 'revoked', actor_id: owner.me.id, error_code: 'api_key_invalid' },
    ])
  })

  it('counts against the address it came from', async () => {
    const { secret } = await createKey(await signInAs('OWNER'))
    const wrong = await forge(secret)
    const headers = { 'cf-connecting-ip': '198.51.100.9' }
    const answers = await Promise.all(Array.from({ length: 70 }, () => withKey(wrong, '/servers', { headers })))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(62)
    expect(statuses).toContain(429)
    expect((await api('/setup', { headers })).status).toBe(429)
  })
})

describe('the end of a person’s access', () => {
  const end = (owner: TestSession, person: TestSession, verb: string) =>
    owner.api(`/users/${person.me.id}/${verb}`, { json: { reason: 'because' } })
  const keysEnded = async (answer: Response) => (await readJson<{ ended: { keys: number } }>(answer)).ended.keys

  it('by suspension stops their keys at the next request; reactivation brings them back', async () => {
    const owner = await signInAs('OWNER')
    const person = await signInAs('ADMIN')
    const { api: call } = await createKey(person)
    const revoked = await createKey(person)
    await person.api(`/me/api-keys/${revoked.key.id}`, { method: 'DELETE' })
    expect(await keysEnded(await end(owner, person, 'suspend'))).toBe(1)
    expect(await readError(await call('/servers'))).toMatchObject({ code: 'account_not_active' })
    await end(owner, person, 'reactivate')
    expect((await call('/servers')).status).toBe(200)
  })

  it('by a ban revokes them for ever', async () => {
    const owner = await signInAs('OWNER')
    const person = await signInAs('ADMIN')
    const { key, api: call } = await createKey(person)
    expect(await keysEnded(await end(owner, person, 'ban'))).toBe(1)
    expect(await readError(await call('/servers'))).toMatchObject({ code: 'account_not_active' })
    expect(await queryFirst('SELECT revoked_at > 0 AS revoked FROM api_keys WHERE id = ?', key.id)).toEqual({
      revoked: 1,
    })
    await expect(execute('UPDATE api_keys SET revoked_at = NULL WHERE id = ?', key.id)).rejects.toThrow('stays revoked')
    await expect(execute("UPDATE api_keys SET secret_hash = 'x' WHERE id = ?", key.id)).rejects.toThrow('keeps')
  })
})

describe('an owner', () => {
  it('sees everybody’s keys and ends any of them', async () => {
    const owner = await signInAs('OWNER')
    const person = await signInAs('VIEWER')
    const { key, api: call } = await createKey(person)
    const list = async (query: string) =>
      (await readJson<{ items: TestKey[] }>(await owner.api(`/api-keys?${query}`))).items.map(({ id }) => id)
    expect(await list(`userId=${person.me.id}&state=active`)).toEqual([key.id])
    expect((await owner.api(`/api-keys/${key.id}?reason=leaked`, { method: 'DELETE' })).status).toBe(204)
    expect(await list(`userId=${person.me.id}&state=active`)).toEqual([])
    expect(await list(`userId=${person.me.id}&state=revoked`)).toEqual([key.id])
    expect((await readError(await call('/servers'))).code).toBe('api_key_invalid')
    expect(await auditRows('api_key.revoke', key.id)).toMatchObject([{ reason: 'leaked' }, { actor_id: owner.me.id }])
  })
})

describe('the seals', () => {
  it('hold over rows with a key and rows without, and show a key that was changed or added', async () => {
    const owner = await signInAs('OWNER')
    const { accountId } = await createTestAccount()
    const { api: call } = await createKey(owner)
    await call(`/accounts/${accountId}`, { method: 'PATCH', json: { name: 'By key' } })
    await runSchedule('* * * * *', () => testCtx())
    const verdict = async () =>
      (await readJson<{ problem: { kind: string; seq: number } | null }>(await owner.api('/audit/verification')))
        .problem
    expect(await verdict()).toBeNull()
    await env.DB.prepare('DROP TRIGGER audit_log_no_update').run()
    const tamper = async (where: string, value: string) => {
      const row = await queryFirst<{ seq: number; key_name: string | null }>(
        `SELECT seq, key_name FROM audit_log WHERE ${where} ORDER BY seq LIMIT 1`,
      )
      await execute('UPDATE audit_log SET key_name = ? WHERE seq = ?', value, row?.seq ?? 0)
      expect(await verdict()).toMatchObject({ kind: 'row_changed', seq: row?.seq })
      await execute('UPDATE audit_log SET key_name = ? WHERE seq = ?', row?.key_name ?? null, row?.seq ?? 0)
      expect(await verdict()).toBeNull()
    }
    await tamper('key_id IS NOT NULL', 'Another')
    await tamper('key_id IS NULL', 'Another')
  })
})

async function grant(person: TestSession, effect: string, permissions: string[], scope: object): Promise<void> {
  await execute(
    `INSERT INTO grants (id, user_id, effect, permissions, scope, note, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, '', 0, 'test')`,
    crypto.randomUUID(),
    person.me.id,
    effect,
    JSON.stringify(permissions),
    JSON.stringify(scope),
  )
}

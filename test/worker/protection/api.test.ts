import { beforeEach, describe, expect, it } from 'vitest'
import { auditRows, execute } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import { queryFirst } from '../../support/database.ts'
import { api, origin, readError, readJson, signIn, signInAs, type TestSession } from '../../support/session.ts'
import { listen } from '../live/support.ts'
import { decide, protectionBody } from './support.ts'
import { exports } from 'cloudflare:workers'

interface AlertPage {
  items: { id: string; kind: string; outcome: string; user: { id: string }; readAt: string | null; ip: string }[]
  nextCursor: string | null
  unread: number
}

beforeEach(async () => {
  await decide({})
  await execute("UPDATE protection_settings SET owner_allowlist = '[]', tell_outside = 0, version = 1")
  await execute('DELETE FROM alerts')
})

/** Somebody is suspended by a rule. */
async function raise(): Promise<TestSession> {
  const session = await signInAs('USER')
  const ctx = testCtx()
  await ctx.protection.signInFailed(ctx, session.me, 5)
  await ctx.settle()
  return session
}

const openLive = async ({ headers }: TestSession) =>
  listen(
    await exports.default.fetch(
      new Request(`${origin}/api/v1/live`, { headers: { ...headers, upgrade: 'websocket' } }),
    ),
  )

describe('alerts', () => {
  it('reach an open dashboard of an owner at once, and nobody else', async () => {
    const [owner, admin] = [await signInAs('OWNER'), await signInAs('ADMIN')]
    const [told, not] = [await openLive(owner), await openLive(admin)]
    const about = await raise()
    await Promise.all([told.received(2), not.received(1)])
    expect(told.events().find(({ type }) => type === 'alert.raised')).toMatchObject({
      kind: 'failed_sign_ins',
      severity: 'critical',
    })
    expect(not.events().map(({ type }) => type)).not.toContain('alert.raised')
    const { items, unread } = await readJson<AlertPage>(await owner.api('/alerts'))
    expect(unread).toBe(1)
    expect(items).toMatchObject([{ kind: 'failed_sign_ins', outcome: 'suspended', user: { id: about.me.id } }])
  })

  it('are acknowledged once, by name, on the record; all at once too', async () => {
    const owner = await signInAs('OWNER')
    for (let i = 0; i < 3; i++) await raise()
    const { items } = await readJson<AlertPage>(await owner.api('/alerts?limit=2'))
    expect(items).toHaveLength(2)
    const id = items[0]?.id ?? ''
    const acknowledge = () => owner.api(`/alerts/${id}/acknowledge`, { method: 'POST' })
    expect([(await acknowledge()).status, (await acknowledge()).status]).toEqual([204, 204])
    const by = async () => queryFirst<{ read_by: string }>('SELECT read_by FROM alerts WHERE id = ?', id)
    expect(await by()).toEqual({ read_by: owner.me.id })
    const mine = async () => (await auditRows('alert.acknowledge')).filter((row) => row.actor_id === owner.me.id)
    expect(await mine()).toHaveLength(2)
    expect((await readJson<AlertPage>(await owner.api('/alerts?unread=true'))).items).toHaveLength(2)
    expect((await owner.api('/alerts/acknowledge-all', { method: 'POST' })).status).toBe(204)
    expect((await readJson<AlertPage>(await owner.api('/alerts?unread=true'))).unread).toBe(0)
    expect(await readError(await owner.api('/alerts/none/acknowledge', { method: 'POST' }))).toMatchObject({
      status: 404,
    })
  })

  it('come in pages, newest first', async () => {
    const owner = await signInAs('OWNER')
    for (let i = 0; i < 3; i++) await raise()
    const first = await readJson<AlertPage>(await owner.api('/alerts?limit=2'))
    const rest = await readJson<AlertPage>(await owner.api(`/alerts?limit=2&cursor=${first.nextCursor}`))
    const ids = [...first.items, ...rest.items].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed())
    expect(ids).toHaveLength(3)
    expect(await readError(await owner.api('/alerts?cursor=x'))).toMatchObject({ status: 400 })
  })
})

describe('the rules and the owners’ addresses', () => {
  const put = (owner: TestSession, changes: object) =>
    owner.api('/protection', { method: 'PUT', json: { ...protectionBody, ...changes } })
  const ipOf = (owner: TestSession) => owner.headers['cf-connecting-ip'] ?? ''

  it('are shown with the address one has, and changed on the record', async () => {
    const owner = await signInAs('OWNER')
    expect(await readJson(await owner.api('/protection'))).toMatchObject({
      yourIp: ipOf(owner),
      ownerAllowlist: [],
      tellOutside: false,
      version: 1,
      rules: { refusals: { on: true, reaction: 'suspend' } },
    })
    const rules = { ...protectionBody.rules, refusals: { on: true, reaction: 'alert' } }
    const changed = await readJson(await put(owner, { rules, tellOutside: true }))
    expect(changed).toMatchObject({ version: 2, rules, tellOutside: true })
    const row = (await auditRows('protection.update')).at(-1)
    expect(row).toMatchObject({ phase: 'succeeded', actor_id: owner.me.id })
    expect(JSON.parse(row?.after ?? '')).toMatchObject({
      refusals: 'alert',
      failed_sign_ins: 'suspend',
      tellOutside: true,
    })
  })

  it('need a fresh proof, and the version that was read: of two owners at once one gets through', async () => {
    const owner = await signInAs('OWNER')
    const answers = await Promise.all([1, 2, 3].map(() => put(owner, {})))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    await execute('UPDATE sessions SET verified_at = 1 WHERE id = ?', owner.me.session.id)
    expect(await readError(await put(owner, { version: 2 }))).toMatchObject({ status: 403, code: 'step_up_required' })
  })

  it('cannot lock their author out', async () => {
    const owner = await signInAs('OWNER')
    const refused = await readError(await put(owner, { ownerAllowlist: ['192.0.2.0/24', '2001:db8::/32'] }))
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input', fields: [{ path: 'ownerAllowlist' }] })
    expect(refused.hint).toContain(ipOf(owner))
    expect((await owner.api('/me')).status).toBe(200)
    for (const text of ['10.0.0.1/8', 'everywhere', '10.0.0.0/33', '']) {
      expect(await readError(await put(owner, { ownerAllowlist: [text] }))).toMatchObject({ status: 400 })
    }
  })

  it('keep owners out who come from elsewhere, whatever way they take, and nobody else', async () => {
    const [owner, admin] = [await signInAs('OWNER'), await signInAs('ADMIN')]
    await readJson(await put(owner, { ownerAllowlist: [ipOf(owner), '2001:db8::/32'] }))
    const elsewhere = { 'cf-connecting-ip': '203.0.113.5' }
    const refused = await readError(await owner.api('/servers', { headers: elsewhere }))
    expect(refused).toMatchObject({ status: 403, code: 'ip_not_allowed' })
    const bearer = { authorization: `Bearer ${owner.accessToken}`, ...elsewhere }
    expect(await readError(await api('/me', { headers: bearer }))).toMatchObject({
      status: 403,
      code: 'ip_not_allowed',
    })
    expect((await owner.api('/servers')).status).toBe(200)
    expect((await owner.api('/servers', { headers: { 'cf-connecting-ip': '2001:db8::7' } })).status).toBe(200)
    expect((await admin.api('/servers', { headers: elsewhere })).status).toBe(200)
    const again = await signIn(owner.authenticator, elsewhere).catch((error: Error) => error.message)
    expect(again).toContain('ip_not_allowed')
    expect((await signIn(owner.authenticator, { 'cf-connecting-ip': ipOf(owner) })).me.id).toBe(owner.me.id)
    const { items } = await readJson<AlertPage>(await owner.api('/alerts'))
    expect(items).toMatchObject([{ kind: 'owner_address', outcome: 'refused', ip: '203.0.113.5' }])
  })

  it('keep an owner’s refresh from elsewhere from giving a new token', async () => {
    const owner = await signInAs('OWNER')
    await readJson(await put(owner, { ownerAllowlist: [ipOf(owner)] }))
    const refresh = (ip: string) =>
      api('/session/refresh', { method: 'POST', headers: { ...owner.headers, 'cf-connecting-ip': ip } })
    expect(await readError(await refresh('203.0.113.5'))).toMatchObject({ status: 403, code: 'ip_not_allowed' })
    expect((await refresh(ipOf(owner))).status).toBe(200)
  })
})

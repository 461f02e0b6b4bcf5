import { beforeAll, describe, expect, it } from 'vitest'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import type { ServerDetail, ServerMetrics, ServerSummary } from '../../../worker/features/servers/schemas.ts'
import { hours } from '../../../worker/kernel/clock.ts'
import { getServer } from '../../../worker/features/servers/get.ts'
import { getServerMetrics } from '../../../worker/features/servers/metrics.ts'
import { createTestAccount, mirrorOf, outside } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { testClock, testCtx } from '../../support/ctx.ts'
import { execute } from '../../support/database.ts'
import { insertAccount, insertPrices, insertServer } from '../../support/fleet.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'

let [admin, viewer, user] = [] as unknown as [TestSession, TestSession, TestSession]
let accountId = ''

beforeAll(async () => {
  admin = await signInAs('ADMIN', { name: 'Ada' })
  viewer = await signInAs('VIEWER')
  user = await signInAs('USER')
  accountId = await insertAccount({ name: 'Shop', state: 'outage' })
})

const detail = async (id: string, by = viewer) => readJson<ServerDetail>(await by.api(`/servers/${id}`))
const annotate = (id: string, json: unknown, by = admin) => by.api(`/servers/${id}/metadata`, { method: 'PATCH', json })

describe('one server', () => {
  it('shows what is its own, its project’s and people’s, none in the place of another', async () => {
    await insertPrices(accountId)
    const columns = { name: 'web-1', ipv4: '203.0.113.7', currency: 'EUR', hourly_net: '0.0056', monthly_net: '3.49' }
    const extra = { displayName: 'Shop window', notes: 'Ask first.', tags: ['web'] }
    const id = await insertServer(accountId, columns, extra)
    expect(await detail(id)).toMatchObject({
      id,
      name: 'web-1',
      displayName: 'Shop window',
      status: 'running',
      attention: ['project_unreadable'],
      account: { id: accountId, name: 'Shop' },
      accountState: 'outage',
      accountAccess: 'read_write',
      accountPaused: false,
      notes: 'Ask first.',
      tags: ['web'],
      metadataUpdatedBy: null,
      operation: null,
      cost: {
        currency: 'EUR',
        listPrice: true,
        priceKnown: true,
        serverMonthlyNet: '3.49',
        ipv4MonthlyNet: '0.5',
        backupMonthlyNet: '0',
        monthlyNet: '3.99',
      },
    })
  })

  it('that is gone is shown with what was last known, and costs nothing any more', async () => {
    const gone = { deleted_at: Date.now() - hours(1), currency: 'EUR', hourly_net: '0.0056', monthly_net: '3.49' }
    const server = await detail(await insertServer(accountId, gone, { notes: 'Was moved.' }))
    expect(server).toMatchObject({ notes: 'Was moved.', cost: { monthlyNet: '0' } })
    expect(server.deletedAt).toBe(new Date(gone.deleted_at).toISOString())
  })

  it('unknown is 404, and so are its measurements', async () => {
    for (const path of ['/servers/srv_unknown', '/servers/srv_unknown/metrics', "/servers/'%20OR%201=1"]) {
      expect(await readError(await viewer.api(path)), path).toMatchObject({ status: 404, code: 'not_found' })
    }
    expect((await readError(await annotate('srv_unknown', { notes: 'x' }))).code).toBe('not_found')
  })

  it('an operation under way is shown with who began it', async () => {
    const id = await insertServer(accountId)
    const sql = `INSERT INTO operations (id, server_id, account_id, action, status, progress, actor_kind, actor_id,
      actor_name, request_id, started_at, finished_at, next_poll_at, deadline_at)
      VALUES (?, ?, ?, 'server.reboot', 'running', 40, 'user', 'usr_x', 'Ada', 'req_x', 1000, NULL, 9e15, 9e15)`
    await execute(sql.replaceAll('9e15', '9000000000000000'), `opr_${id}`, id, accountId)
    const operation = {
      id: `opr_${id}`,
      action: 'server.reboot',
      status: 'running',
      progress: 40,
      actorName: 'Ada',
      startedAt: '1970-01-01T00:00:01.000Z',
    }
    expect((await detail(id)).operation).toEqual(operation)
    const page = await readJson<{ items: ServerDetail[] }>(await viewer.api(`/servers?id=${id}`))
    expect(page.items[0]?.operation).toEqual(operation)
  })
})

describe('who may', () => {
  it('a viewer reads and does not annotate; the attempt is on record', async () => {
    const id = await insertServer(accountId)
    for (const path of ['/servers', '/servers/summary', `/servers/${id}`]) {
      expect((await viewer.api(path)).status, path).toBe(200)
    }
    expect(await readError(await annotate(id, { notes: 'x' }, viewer))).toMatchObject({ status: 403 })
    expect(await auditRows('server.annotate', id)).toMatchObject([{ phase: 'denied', actor_id: viewer.me.id }])
    expect((await detail(id)).notes).toBe('')
  })

  it('someone without permissions reads nothing, and is told nothing', async () => {
    const id = await insertServer(accountId, { name: 'secret-name' })
    for (const path of ['/servers', '/servers/summary', `/servers/${id}`, `/servers/${id}/metrics`]) {
      const answer = await user.api(path)
      expect([403, 404], path).toContain(answer.status)
      expect(await answer.text()).not.toContain('secret-name')
    }
    const answer = await annotate(id, { notes: 'x' }, user)
    expect([403, 404]).toContain(answer.status)
    expect(await answer.text()).not.toContain('secret-name')
  })
})

describe('what people add', () => {
  it('is trimmed, normalised, and signed', async () => {
    const id = await insertServer(accountId)
    const patch = { displayName: ' Till ', tags: [' Web', 'web', 'EU '], project: ' Shop ', notes: ' a ' }
    const after = await readJson<ServerDetail>(await annotate(id, patch))
    expect(after).toMatchObject({
      displayName: 'Till',
      tags: ['web', 'eu'],
      project: 'Shop',
      environment: null,
      notes: 'a',
      metadataUpdatedBy: 'Ada',
    })
    expect(await detail(id)).toMatchObject({ displayName: 'Till', tags: ['web', 'eu'], metadataUpdatedBy: 'Ada' })
  })

  it('only what is named changes; empty removes', async () => {
    const before = { displayName: 'A', project: 'P', environment: 'E', notes: 'N', tags: ['t'] }
    const id = await insertServer(accountId, {}, before)
    await readJson(await annotate(id, { displayName: '  ', project: null }))
    expect(await detail(id)).toMatchObject({ ...before, displayName: null, project: null })
    await readJson(await annotate(id, { tags: [] }))
    expect(await detail(id)).toMatchObject({ environment: 'E', notes: 'N', tags: [] })
  })

  it('leaves before and after on record; of notes no more than their length', async () => {
    const id = await insertServer(accountId, { name: 'db-1' }, { displayName: 'Old', notes: 'abc', tags: ['a', 'b'] })
    await readJson(await annotate(id, { displayName: 'New', notes: 'the password is hunter2', tags: ['c'] }))
    const rows = await auditRows('server.annotate', id)
    expect(rows.map((row) => row.phase)).toEqual(['started', 'succeeded'])
    const row = rows[1]
    expect(row).toMatchObject({ actor_name: 'Ada', target_name: 'db-1' })
    expect(JSON.parse(row?.before ?? '')).toEqual({ displayName: 'Old', notesLength: 3, tags: 'a, b' })
    expect(JSON.parse(row?.after ?? '')).toEqual({ displayName: 'New', notesLength: 23, tags: 'c' })
    expect(JSON.stringify(rows)).not.toContain('hunter2')
  })

  it.each([
    [{}],
    [{ displayName: 'a\nb' }],
    [{ tags: ['x'.repeat(51)] }],
    [{ notes: 'x'.repeat(10_001) }],
    [{ project: 7 }],
    [[]],
  ])('%j is refused and changes nothing', async (patch) => {
    const id = await insertServer(accountId)
    expect(await readError(await annotate(id, patch))).toMatchObject({ status: 400, code: 'invalid_input' })
    expect((await detail(id)).metadataUpdatedAt).toBeNull()
  })

  it('survives a sync, and the provider never hears of it', async () => {
    const { ctx, accountId: own, project } = await createTestAccount({ servers: 1, synced: true })
    const [row] = await mirrorOf(own)
    const id = row?.id ?? ''
    await readJson(await annotate(id, { displayName: 'Mine', tags: ['mine'] }))
    await outside(project.token, 'PUT', `/servers/${row?.provider_id}`, { name: 'renamed-outside' })
    expect(await syncAccount(ctx, own, { reason: 'manual' })).toMatchObject({ result: 'complete' })
    expect(await detail(id)).toMatchObject({ name: 'renamed-outside', displayName: 'Mine', tags: ['mine'] })
    const there = await outside(project.token, 'GET', `/servers/${row?.provider_id}`)
    expect(JSON.stringify(there)).not.toContain('Mine')
  })
})

describe('measurements', () => {
  it('come from the provider in our words, for every range', async () => {
    const { accountId: own } = await createTestAccount({ servers: 1, synced: true })
    const [row] = await mirrorOf(own)
    for (const [range, length] of Object.entries({ '1h': 1, '6h': 6, '24h': 24, '7d': 168, '30d': 720 })) {
      const answer = await viewer.api(`/servers/${row?.id}/metrics?range=${range}`)
      const metrics = await readJson<ServerMetrics>(answer)
      expect(Date.parse(metrics.end) - Date.parse(metrics.start), range).toBe(hours(length))
      expect(metrics.series.length, range).toBeGreaterThan(0)
      expect(metrics.series[0]?.points.length, range).toBeGreaterThan(1)
      const points = metrics.series.flatMap((series) => series.points)
      expect(points.every((point) => point.length === 2 && point.every(Number.isFinite))).toBe(true)
    }
    expect((await viewer.api(`/servers/${row?.id}/metrics?range=1y`)).status).toBe(400)
  })

  it('one answer serves everybody for a while', async () => {
    const { accountId: own } = await createTestAccount({ servers: 1, synced: true })
    const [row] = await mirrorOf(own)
    const clock = testClock()
    const ctx = testCtx({ clock })
    const first = await getServerMetrics(ctx, row?.id ?? '', '1h')
    clock.advance(14_000)
    expect(await getServerMetrics(testCtx({ clock }), row?.id ?? '', '1h')).toBe(first)
    clock.advance(2_000)
    expect(await getServerMetrics(ctx, row?.id ?? '', '1h')).not.toBe(first)
  })

  it('of a server that is gone, nobody is asked', async () => {
    const id = await insertServer(accountId, { deleted_at: Date.now() })
    expect((await readError(await viewer.api(`/servers/${id}/metrics`))).code).toBe('provider_not_found')
    expect((await getServer(testCtx(), id)).deletedAt).not.toBeNull()
  })
})

describe('the fleet in numbers', () => {
  it('counts what is there, as the filters would', async () => {
    const own = await insertAccount({ name: 'Counted', last_sync_at: 5_000 })
    await insertAccount({ name: 'Empty', last_sync_at: 1_000, paused_at: 2_000 })
    await insertServer(own, { name: 'c1', location: 'sin' }, { project: 'Numbers', tags: ['n-a', 'n-b'] })
    await insertServer(own, { name: 'c2', location: 'sin', status: 'off' }, { project: 'Numbers', tags: ['n-a'] })
    await insertServer(own, { location: 'sin', deleted_at: 1 }, { project: 'Numbers', tags: ['n-a'] })
    const summary = await readJson<ServerSummary>(await viewer.api('/servers/summary'))
    const totalOf = async (query: string) =>
      (await readJson<{ total: number }>(await viewer.api(`/servers?limit=1&${query}`))).total
    expect(summary.total).toBe(await totalOf(''))
    expect(summary.attention).toBe(await totalOf('attention=true'))
    expect(summary.byStatus.off).toBe(await totalOf('status=off'))
    expect(Object.values(summary.byStatus).reduce((sum, n) => sum + n)).toBe(summary.total)
    const { facets } = summary
    expect(facets.locations).toContainEqual({ value: 'sin', label: 'sin', count: 2 })
    expect(facets.projects).toContainEqual({ value: 'Numbers', label: 'Numbers', count: 2 })
    expect(facets.tags).toContainEqual({ value: 'n-a', label: 'n-a', count: 2 })
    expect(facets.tags).toContainEqual({ value: 'n-b', label: 'n-b', count: 1 })
    expect(facets.accounts).toContainEqual({ value: own, label: 'Counted', count: 2 })
    expect(facets.accounts).toContainEqual(expect.objectContaining({ label: 'Empty', count: 0 }))
    expect(facets.projects.find(({ value }) => value === '')?.count).toBe(await totalOf('project='))
    expect(facets.types).toContainEqual({ value: 'cx23', label: 'cx23', count: await totalOf('type=cx23') })
    expect(summary.oldestSyncAt).toBe('1970-01-01T00:00:05.000Z')
  })
})

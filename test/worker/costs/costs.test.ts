import Big from 'big.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { getCostHistory } from '../../../worker/features/costs/history.ts'
import { snapshotCosts } from '../../../worker/features/costs/index.ts'
import { selectPrices } from '../../../worker/features/costs/price.store.ts'
import { reportCosts } from '../../../worker/features/costs/report.ts'
import type { CostGroup, CostReport, ServerCostView } from '../../../worker/features/costs/schemas.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { days } from '../../../worker/kernel/clock.ts'
import { encodeCursor } from '../../../worker/kernel/page.ts'
import { control, createTestAccount, outside } from '../../support/accounts.ts'
import { testClock, testCtx } from '../../support/ctx.ts'
import { execute, queryAll } from '../../support/database.ts'
import { insertAccount, insertPrices, insertServer } from '../../support/fleet.ts'
import { readError, readJson, signInAs } from '../../support/session.ts'

/** A hundred hours into March 2026. */
const now = Date.UTC(2026, 2, 5, 4)
const ctxAt = (at: number) => testCtx({ clock: testClock(at) })
const report = (page: { limit?: number; cursor?: string } = {}) => reportCosts(ctxAt(now), { limit: 200, ...page })

const long = { provider_created_at: Date.UTC(2025, 0, 1) }
const euro = { currency: 'EUR', hourly_net: '0.01', monthly_net: '5', ...long }
const dollar = { currency: 'USD', hourly_net: '0.02', monthly_net: '10', ...long }
const ids: Record<string, string> = {}
let [shop, lab] = ['', '']

beforeAll(async () => {
  shop = await insertAccount({ name: 'Shop' })
  lab = await insertAccount({ name: 'Lab' })
  const stale = { serverTypes: [], ipv4: [{ location: 'fsn1', hourlyNet: '1', monthlyNet: '99' }] }
  await insertPrices(shop, stale, '2026-02-01')
  await insertPrices(shop, { ipv4: [{ location: 'fsn1', hourlyNet: '0.001', monthlyNet: '0.5' }] })
  await insertPrices(lab, { currency: 'USD', vatRate: '0' }, '2026-03-04')
  const add = async (name: string, account: string, columns: object, extra: object = {}) => {
    ids[name] = await insertServer(account, { name, ...columns }, extra)
  }
  const [live, test] = [
    { project: 'Till', environment: 'live' },
    { project: 'Till', environment: 'test' },
  ]
  await add('a1', shop, euro, live)
  await add('a2', shop, euro, live)
  await add('a3', shop, { ...euro, ipv4: '203.0.113.1', backups: 1 }, test)
  await add('off', shop, { ...euro, status: 'off' }, live)
  await add('young', shop, { ...euro, provider_created_at: now - 90 * 60_000 })
  await add('gone', shop, { ...euro, deleted_at: Date.UTC(2026, 2, 1, 10) })
  await add('gone-before', shop, { ...euro, deleted_at: Date.UTC(2026, 1, 20) })
  await add('unpriced', shop, { type_name: 'old1', ...long }, { project: 'Till' })
  await add('no-ip-price', shop, { ...euro, location: 'hel1', ipv4: '203.0.113.2' })
  await add('usd', lab, { ...dollar, backups: 1 }, live)
})

const total = (servers: ServerCostView[], of: 'monthlyNet' | 'monthToDateNet') =>
  servers.reduce((sum, server) => sum.plus(server[of] ?? 0), new Big(0)).toFixed()

describe('the report', () => {
  let whole: CostReport
  beforeAll(async () => {
    whole = await report()
  })

  it('prices every server of the month, part by part', () => {
    const found = Object.fromEntries(whole.servers.map((server) => [server.name, server]))
    expect(Object.keys(found).toSorted()).toEqual(
      Object.keys(ids)
        .filter((name) => name !== 'gone-before')
        .toSorted(),
    )
    expect(found['a1']).toEqual({
      serverId: ids['a1'],
      name: 'a1',
      displayName: null,
      accountName: 'Shop',
      status: 'running',
      deletedAt: null,
      typeName: 'cx23',
      location: 'fsn1',
      project: 'Till',
      environment: 'live',
      currency: 'EUR',
      priceKnown: true,
      unknownParts: [],
      serverMonthlyNet: '5',
      ipv4MonthlyNet: '0',
      backupMonthlyNet: '0',
      monthlyNet: '5',
      monthToDateNet: '1',
    })
    expect(found['a3']).toMatchObject({ ipv4MonthlyNet: '0.5', backupMonthlyNet: '1', monthlyNet: '6.5' })
    expect(found['off']).toMatchObject({ monthlyNet: '5', monthToDateNet: '1' })
    expect(found['young']).toMatchObject({ monthlyNet: '5', monthToDateNet: '0.02', project: null })
    expect(found['gone']).toMatchObject({ monthlyNet: '0', monthToDateNet: '0.1' })
    expect(found['unpriced']).toMatchObject({ priceKnown: false, unknownParts: ['server'], monthlyNet: null })
    expect(found['no-ip-price']).toMatchObject({ priceKnown: false, unknownParts: ['ipv4'], monthlyNet: '5' })
    expect(found['usd']).toMatchObject({ currency: 'USD', monthlyNet: '12', accountName: 'Lab' })
  })

  it('adds up currencies apart, and says what is off and what is unknown', () => {
    expect(whole).toMatchObject({ currency: 'EUR', vatRate: '19.000000', month: '2026-03', unknownPrices: 2 })
    expect(whole.pricesTakenAt).toBe('2026-03-01T00:00:00.000Z')
    expect(whole.totals).toEqual([
      {
        currency: 'EUR',
        vatRate: '19.000000',
        servers: 7,
        monthlyNet: '31.5',
        monthToDateNet: '5.42',
        offMonthlyNet: '5',
        offServers: 1,
      },
      {
        currency: 'USD',
        vatRate: '0',
        servers: 1,
        monthlyNet: '12',
        monthToDateNet: '2.4',
        offMonthlyNet: '0',
        offServers: 0,
      },
    ])
  })

  it('totals and every grouping are the sum of the servers', () => {
    for (const { currency, monthlyNet, monthToDateNet } of whole.totals) {
      const own = whole.servers.filter((server) => server.currency === currency)
      expect([monthlyNet, monthToDateNet]).toEqual([total(own, 'monthlyNet'), total(own, 'monthToDateNet')])
      for (const [name, groups] of Object.entries(whole.groups)) {
        const sum = (of: 'monthlyNet' | 'monthToDateNet') =>
          groups
            .filter((group: CostGroup) => group.currency === currency)
            .reduce((all, group) => all.plus(group[of]), new Big(0))
            .toFixed()
        expect([name, sum('monthlyNet'), sum('monthToDateNet')]).toEqual([name, monthlyNet, monthToDateNet])
      }
    }
    for (const groups of Object.values(whole.groups)) {
      expect(groups.reduce((all, group) => all + group.servers, 0)).toBe(8)
      expect(groups.reduce((all, group) => all + group.unknownPrices, 0)).toBe(2)
    }
  })

  it('groups by project, environment, location and account; one of two currencies is two', () => {
    const { project, environment, location, account } = whole.groups
    const brief = (groups: CostGroup[]) => groups.map((group) => [group.label, group.currency, group.servers])
    expect(brief(project).toSorted()).toEqual([
      ['', 'EUR', 2],
      ['Till', 'EUR', 5],
      ['Till', 'USD', 1],
    ])
    expect(environment.find((group) => group.key === 'test')).toMatchObject({ servers: 1, monthlyNet: '6.5' })
    expect(location.find((group) => group.key === 'hel1')).toMatchObject({ servers: 1, unknownPrices: 1 })
    expect(account.map((group) => [group.key, group.label])).toEqual([
      [shop, 'Shop'],
      [lab, 'Lab'],
    ])
  })

  it('pages of servers lose nothing and repeat nothing; the totals are always of everything', async () => {
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await report({ limit: 2, ...(cursor ? { cursor } : {}) })
      expect(page.totals).toEqual(whole.totals)
      seen.push(...page.servers.map((server) => server.serverId))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(whole.servers.map((server) => server.serverId))
  })

  it.each([encodeCursor(['5', 'srv_1']), encodeCursor([5, 1]), encodeCursor([5]), '%%%'])(
    'the cursor %s is refused',
    async (cursor) => {
      await expect(report({ cursor })).rejects.toMatchObject({ code: 'invalid_input' })
    },
  )
})

describe('the daily record', () => {
  const rows = () => queryAll<Record<string, unknown>>('SELECT * FROM cost_snapshots ORDER BY day, server_id')

  it('writes yesterday as it ended and today as it stands; once more changes nothing', async () => {
    const first = await snapshotCosts(ctxAt(now))
    expect(first.unpriced).toBe(1)
    const written = await rows()
    expect(written).toHaveLength(first.written)
    await snapshotCosts(ctxAt(now))
    expect(await rows()).toEqual(written)
    expect(written.filter((row) => row.server_id === ids['a1'])).toMatchObject([
      { day: '2026-03-04', name: 'a1', project: 'Till', monthly_net: '5', month_to_date_net: '0.96' },
      { day: '2026-03-05', location: 'fsn1', status: 'running', currency: 'EUR', month_to_date_net: '1' },
    ])
    expect(written.filter((row) => row.server_id === ids['young'])).toMatchObject([{ day: '2026-03-05' }])
    expect(written.filter((row) => row.server_id === ids['gone'])[1]).toMatchObject({
      status: 'deleted',
      monthly_net: '0',
      month_to_date_net: '0.1',
    })
  })

  it('history is the sum of the record, and today as it is now', async () => {
    const later = now + days(2)
    const history = await getCostHistory(ctxAt(later), 5)
    expect(history.currency).toBe('EUR')
    expect(history.days.map((day) => [day.day, day.currency, day.servers])).toEqual([
      ['2026-03-04', 'EUR', 5],
      ['2026-03-04', 'USD', 1],
      ['2026-03-05', 'EUR', 6],
      ['2026-03-05', 'USD', 1],
      ['2026-03-07', 'EUR', 6],
      ['2026-03-07', 'USD', 1],
    ])
    const { totals } = await report()
    expect(history.days[2]).toMatchObject({
      monthlyNet: totals[0]?.monthlyNet,
      monthToDateNet: totals[0]?.monthToDateNet,
    })
    expect((await getCostHistory(ctxAt(later), 1)).days.map((day) => day.day)).toEqual(['2026-03-07', '2026-03-07'])
  })

  it('a day written again says what has changed since', async () => {
    await execute("UPDATE servers SET status = 'off' WHERE id = ?", ids['a2'])
    await snapshotCosts(ctxAt(now))
    const sql = "SELECT status FROM cost_snapshots WHERE server_id = ? AND day = '2026-03-05'"
    expect(await queryAll(sql, ids['a2'])).toEqual([{ status: 'off' }])
  })

  it('on the first of a month, yesterday is the whole month before', async () => {
    await snapshotCosts(ctxAt(Date.UTC(2026, 3, 1, 0, 5)))
    const sql = 'SELECT day, month_to_date_net AS net FROM cost_snapshots WHERE server_id = ? AND day > ? ORDER BY day'
    expect(await queryAll(sql, ids['a1'], '2026-03-06')).toEqual([
      { day: '2026-03-31', net: '5' },
      { day: '2026-04-01', net: '0.01' },
    ])
  })
})

describe('a project that was disconnected', () => {
  it('leaves the age of the prices and the VAT rate to those that still cost something', async () => {
    const before = await report()
    const left = await insertAccount({ name: 'Left', removed_at: Date.UTC(2025, 6, 1) })
    await insertPrices(left, { vatRate: '7' }, '2025-06-30')
    await insertServer(left, { ...euro, deleted_at: Date.UTC(2025, 6, 1) })
    expect(await report()).toEqual(before)
  })

  it('counts for as long as a server of it cost something this month', async () => {
    const left = await insertAccount({ name: 'Leaving', removed_at: Date.UTC(2026, 2, 2) })
    await insertPrices(left, { currency: 'CHF', vatRate: '8.1' }, '2026-02-03')
    const gone = { ...euro, currency: 'CHF', deleted_at: Date.UTC(2026, 2, 1, 10) }
    await insertServer(left, gone)
    const { totals, pricesTakenAt } = await report()
    expect(totals.find(({ currency }) => currency === 'CHF')).toMatchObject({ vatRate: '8.1', monthToDateNet: '0.1' })
    expect(pricesTakenAt).toBe('2026-02-03T00:00:00.000Z')
  })
})

describe('a type that is no longer on the price list', () => {
  it('costs what the provider says on the server itself', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1 })
    const [server] = (await outside<{ servers: { id: number }[] }>(project.token, 'GET', '/servers')).servers
    await control(`/projects/${project.id}/servers/${server?.id}`, { type: 'cx22', location: 'nbg1' }, 'PUT')
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'complete' })
    const prices = (await selectPrices(ctx.db, accountId)).get(accountId)
    expect([prices?.currency, prices?.server('cx22', 'nbg1')]).toEqual(['EUR', null])
    const { servers } = await reportCosts(ctx, { limit: 200 })
    const found = servers.find((row) => row.accountName === 'Test project' && row.typeName === 'cx22')
    expect(found).toMatchObject({ location: 'nbg1', priceKnown: true, unknownParts: [], serverMonthlyNet: '4.49' })
  })
})

describe('over HTTP', () => {
  it('is for those who may see costs', async () => {
    const [viewer, user] = [await signInAs('VIEWER'), await signInAs('USER')]
    await readJson(await viewer.api('/costs'))
    await readJson(await viewer.api('/costs/history?days=7'))
    for (const path of ['/costs', '/costs/history']) {
      expect((await readError(await user.api(path))).status, path).toBe(403)
    }
    for (const path of ['/costs?cursor=x', '/costs?limit=0', '/costs/history?days=0', '/costs/history?days=401']) {
      expect(await readError(await viewer.api(path)), path).toMatchObject({ status: 400, code: 'invalid_input' })
    }
  })
})

import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { accountRow, control, createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { countingCtx, testCtx } from '../../support/ctx.ts'
import { execute, queryFirst } from '../../support/database.ts'

const simulator = simulatorFetch(env)

const first = <T>(list: readonly T[]): T => {
  const [item] = list
  if (item === undefined) throw new Error('empty')
  return item
}

// Counts every write to a row of `servers`, by a trigger: what the statement did, not what it says it did.
beforeAll(async () => {
  await execute('CREATE TABLE test_writes (server_id TEXT NOT NULL)')
  for (const kind of ['INSERT', 'UPDATE']) {
    await execute(
      `CREATE TRIGGER test_${kind} AFTER ${kind} ON servers BEGIN INSERT INTO test_writes VALUES (NEW.id); END`,
    )
  }
})

async function writesOf(accountId: string): Promise<number> {
  const sql =
    'SELECT count(*) AS n FROM test_writes AS w JOIN servers AS s ON s.id = w.server_id WHERE s.account_id = ?'
  return (await queryFirst<{ n: number }>(sql, accountId))?.n ?? 0
}

describe('a pass', () => {
  it('mirrors every server of the project, with its price', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 4 })
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ accountId, result: 'complete', changed: 4, deleted: 0, servers: 4 })
    const rows = await mirrorOf(accountId)
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      expect(row.id).toMatch(/^srv_/)
      expect(row).toMatchObject({ currency: 'EUR', deleted_at: null })
      expect(row.monthly_net).toMatch(/^\d+\.\d+$/)
    }
    expect(await accountRow(accountId)).toMatchObject({
      state: 'ok',
      last_sync_changed: 4,
      lease_holder: null,
      lease_until: 0,
    })
  })

  it('writes no server when nothing changed, and asks the provider for the pages only', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 60, synced: true })
    await syncAccount(ctx, accountId, { reason: 'cron' })
    const writes = await writesOf(accountId)
    const before = await mirrorOf(accountId)
    const report = await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(report).toMatchObject({ result: 'complete', changed: 0, deleted: 0, servers: 60, requests: 2 })
    expect(await writesOf(accountId)).toBe(writes)
    expect(await mirrorOf(accountId)).toEqual(before)
  })

  it('writes only what changed outside, under the same id', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 5, synced: true })
    const before = await mirrorOf(accountId)
    const target = first(before)
    await control(`/projects/${project.id}/servers/${target.provider_id}`, { status: 'off', labels: { a: 'b' } }, 'PUT')
    const writes = await writesOf(accountId)
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ changed: 1, deleted: 0 })
    expect(await writesOf(accountId)).toBe(writes + 1)
    const after = first(await mirrorOf(accountId))
    expect(after).toMatchObject({ id: target.id, status: 'off', labels: '{"a":"b"}' })
    expect(ctx.events).toContainEqual({ type: 'server.changed', serverIds: [target.id] })
  })

  it('follows a new name', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 2, synced: true })
    const target = first(await mirrorOf(accountId))
    await control(`/projects/${project.id}/servers/${target.provider_id}`, { name: 'renamed' }, 'PUT')
    await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(first(await mirrorOf(accountId))).toMatchObject({ id: target.id, name: 'renamed' })
  })

  it('marks a server deleted that is gone, and keeps what people wrote about it', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 3, synced: true })
    const target = first(await mirrorOf(accountId))
    await execute(
      `INSERT INTO server_metadata (server_id, display_name, tags, notes, updated_at, updated_by)
       VALUES (?, 'Shop', '["a"]', 'n', 1, 'u')`,
      target.id,
    )
    await control(`/projects/${project.id}/servers/${target.provider_id}`, undefined, 'DELETE')
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ result: 'complete', changed: 0, deleted: 1, servers: 2 })
    const rows = await mirrorOf(accountId)
    expect(rows.filter((row) => row.deleted_at !== null).map((row) => row.id)).toEqual([target.id])
    const kept = await queryFirst('SELECT * FROM server_metadata WHERE server_id = ?', target.id)
    expect(kept).toMatchObject({ display_name: 'Shop', tags: '["a"]', notes: 'n', updated_at: 1, updated_by: 'u' })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ changed: 0, deleted: 0 })
  })

  it('brings a server back under its old id when it reappears', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 2, synced: true })
    const target = first(await mirrorOf(accountId))
    await execute('UPDATE servers SET deleted_at = 1, changed_at = 1 WHERE id = ?', target.id)
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ changed: 1, deleted: 0 })
    expect(first(await mirrorOf(accountId))).toMatchObject({ id: target.id, deleted_at: null })
  })

  it('believes an answer that would empty the project only after asking for the servers one by one', async () => {
    const { accountId, project } = await createTestAccount({ servers: 2, synced: true })
    const real = testCtx()
    const ctx = testCtx({
      providerFetch: (input, init) => {
        if (!String(input).includes('/servers?')) return simulator(input, init)
        const meta = { pagination: { page: 1, per_page: 50, next_page: null, last_page: 1, total_entries: 0 } }
        return Promise.resolve(Response.json({ servers: [], meta }))
      },
    })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ deleted: 0, servers: 0 })
    for (const row of await mirrorOf(accountId)) {
      await control(`/projects/${project.id}/servers/${row.provider_id}`, undefined, 'DELETE')
    }
    expect(await syncAccount(real, accountId, { reason: 'manual' })).toMatchObject({ deleted: 2, servers: 0 })
  })

  it('keeps two accounts apart that know servers of the same provider id', async () => {
    const a = await createTestAccount({ servers: 2, synced: true })
    const b = await createTestAccount({ servers: 0, synced: true })
    const [one] = await mirrorOf(a.accountId)
    const providerId = one?.provider_id ?? ''
    // The same number in another project: what another provider, or another install, may well hand out.
    await execute(
      `INSERT INTO servers SELECT 'srv_' || hex(randomblob(8)), ?, provider_id, 'other', status, type_name, architecture, cores,
         memory_mb, disk_gb, location, country, image_name, ipv4, ipv6, private_ips, labels, backups, locked,
         delete_protected, rescue, type_deprecated_at, included_traffic_bytes, outgoing_traffic_bytes, currency,
         hourly_net, monthly_net, 'x', provider_created_at, first_seen_at, changed_at, deleted_at
       FROM servers WHERE id = ?`,
      b.accountId,
      one?.id,
    )
    expect(await syncAccount(a.ctx, a.accountId, { reason: 'manual' })).toMatchObject({ changed: 0, deleted: 0 })
    expect(first(await mirrorOf(b.accountId))).toMatchObject({
      provider_id: providerId,
      name: 'other',
      deleted_at: null,
    })
    expect(await syncAccount(b.ctx, b.accountId, { reason: 'manual' })).toMatchObject({ deleted: 1 })
    expect(first(await mirrorOf(a.accountId))).toMatchObject({ deleted_at: null })
  })

  // Only D1's statements can be counted here.
  it.skipIf(env.LIBSQL_URL)('mirrors 1,000 servers in one statement, then writes none', async () => {
    const { accountId } = await createTestAccount({ servers: 1_000 })
    const { ctx, statements } = countingCtx()
    const report = await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(report).toMatchObject({ result: 'complete', changed: 1_000, servers: 1_000, requests: 21 })
    expect(statements.filter((sql) => /^insert into "servers"/i.test(sql))).toHaveLength(1)
    statements.length = 0
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ changed: 0, servers: 1_000 })
    expect(statements.filter((sql) => /"servers"/.test(sql) && !/^select/i.test(sql))).toEqual([])
    // Lease and what was asked, the stored digests, what others did (a pass after a change looks), the books.
    expect(statements.length).toBeLessThanOrEqual(5)
    expect(ctx.events.filter((event) => event.type === 'server.changed')).toHaveLength(5)
  })
})

import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { syncAccount, syncDueAccounts, syncNow } from '../../../worker/features/sync/index.ts'
import { minutes, seconds } from '../../../worker/kernel/clock.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { accountRow, addFault, control, createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute, queryAll } from '../../support/database.ts'
import { cronActor, testClock, testCtx } from '../../support/ctx.ts'

const simulator = simulatorFetch(env)

/** The interval that the books ask for, from the start of the pass. */
async function nextAfter(accountId: string): Promise<number> {
  const row = await accountRow(accountId)
  return Number(row['next_sync_at']) - Number(row['last_sync_started_at'])
}

describe('a partial pass', () => {
  it('keeps everything, writes what came, says so, and is tried again soon', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 120, synced: true })
    const before = await accountRow(accountId)
    const [first, ...rest] = await mirrorOf(accountId)
    await control(`/projects/${project.id}/servers/${first?.provider_id}`, { status: 'off' }, 'PUT')
    // On a page that comes, and one on the page that will not.
    await control(`/projects/${project.id}/servers/${rest.at(-1)?.provider_id}`, undefined, 'DELETE')
    await addFault(project, { kind: 'status', status: 404, path: '^/servers\\?page=2' })
    const report = await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(report).toMatchObject({ result: 'partial', changed: 1, deleted: 0, servers: 69 })
    expect(report.errorCode).toBe('provider_not_found')
    const rows = await mirrorOf(accountId)
    expect(rows).toHaveLength(120)
    expect(rows.every((row) => row.deleted_at === null)).toBe(true)
    expect(rows[0]?.status).toBe('off')
    const row = await accountRow(accountId)
    expect(row).toMatchObject({ state: 'partial', last_sync_at: before['last_sync_at'] })
    expect(await nextAfter(accountId)).toBe(seconds(30))
    expect(ctx.events).toContainEqual({ type: 'account.changed', accountId })

    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete', deleted: 1 })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok', state_detail: null })
  })

  it('takes a server it cannot read for unread, not for gone', async () => {
    const { accountId } = await createTestAccount({ servers: 3, synced: true })
    const ctx = testCtx({
      providerFetch: async (input, init) => {
        const answer = await simulator(input, init)
        if (!String(input).includes('/servers?')) return answer
        const body = await answer.json<{ servers: { name?: string }[] }>()
        delete body.servers[0]?.name
        return Response.json(body)
      },
    })
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ result: 'partial', servers: 2, deleted: 0, errorCode: 'provider_malformed' })
    expect(await accountRow(accountId)).toMatchObject({ state: 'partial', state_detail: 'unreadable_servers' })
  })

  it('concludes nothing from pages that moved while they were read', async () => {
    const { accountId, project } = await createTestAccount({ servers: 60, synced: true })
    const [first] = await mirrorOf(accountId)
    const ctx = testCtx({
      providerFetch: async (input, init) => {
        const answer = await simulator(input, init)
        // Between page 1 and page 2 the first server goes: number 51 is on neither page.
        if (String(input).includes('servers?page=1')) {
          await control(`/projects/${project.id}/servers/${first?.provider_id}`, undefined, 'DELETE')
        }
        return answer
      },
    })
    const report = await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(report).toMatchObject({ result: 'complete', deleted: 0, servers: 59 })
    expect(await nextAfter(accountId)).toBe(seconds(15))
    expect(await syncAccount(testCtx(), accountId, { reason: 'manual' })).toMatchObject({ deleted: 1 })
    expect((await mirrorOf(accountId)).filter((row) => row.deleted_at !== null).map((row) => row.id)).toEqual([
      first?.id,
    ])
  })
})

describe('a failed pass', () => {
  it.each([
    ['malformed body', { kind: 'malformed_body' }, 'outage', 'malformed', 'provider_malformed'],
    ['truncated body', { kind: 'truncated_body' }, 'outage', 'malformed', 'provider_malformed'],
    ['cut connection', { kind: 'cut' }, 'unreachable', 'unreachable', 'provider_unreachable'],
    ['status 500', { kind: 'status', status: 500 }, 'outage', 'unavailable', 'provider_unavailable'],
    ['status 503', { kind: 'status', status: 503 }, 'outage', 'unavailable', 'provider_unavailable'],
    ['status 429', { kind: 'rate_limited' }, 'rate_limited', 'rate_limited', 'provider_rate_limited'],
    ['maintenance', { kind: 'maintenance' }, 'outage', 'maintenance', 'provider_maintenance'],
  ])('%s: keeps the servers and names the trouble', async (_name, fault, state, detail, errorCode) => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 2, synced: true })
    const before = await mirrorOf(accountId)
    await addFault(project, { ...fault, path: '^/servers', times: null })
    const report = await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(report).toMatchObject({ result: 'failed', changed: 0, deleted: 0, errorCode })
    expect(await mirrorOf(accountId)).toEqual(before)
    expect(await accountRow(accountId)).toMatchObject({ state, state_detail: detail, lease_holder: null })
  })

  it('says that a revoked token is revoked, and recovers with the token', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 2, synced: true })
    await control(`/tokens/${project.tokenId}/revoke`, {})
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({
      result: 'failed',
      errorCode: 'provider_token_rejected',
    })
    expect(await accountRow(accountId)).toMatchObject({ state: 'revoked', state_detail: 'token_rejected' })
    expect((await mirrorOf(accountId)).every((row) => row.deleted_at === null)).toBe(true)
    await control(`/tokens/${project.tokenId}/restore`, {})
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete' })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok', state_detail: null })
  })

  it('waits longer each time, up to five minutes', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1, synced: true })
    await addFault(project, { kind: 'status', status: 500, path: '^/servers', times: null })
    const waits: number[] = []
    for (let i = 0; i < 4; i++) {
      await syncAccount(ctx, accountId, { reason: 'cron' })
      waits.push(await nextAfter(accountId))
    }
    expect(waits).toEqual([minutes(2), minutes(4), minutes(5), minutes(5)])
  })

  it('takes a missing location and a status nobody has seen as they are', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 2 })
    await addFault(project, { kind: 'missing_field', field: 'location', path: '^/servers' })
    await addFault(project, { kind: 'unknown_status', value: 'levitating', path: '^/servers' })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'complete', changed: 2 })
    for (const row of await mirrorOf(accountId)) expect(row).toMatchObject({ status: 'unknown', location: 'unknown' })
  })

  it('of the price list spoils nothing', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1 })
    await addFault(project, { kind: 'malformed_body', path: '^/pricing', times: null })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'complete', changed: 1 })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok' })
  })
})

describe('the lease', () => {
  it('lets one of two passes at once do the work', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 5 })
    const reports = await Promise.all([1, 2].map(() => syncAccount(ctx, accountId, { reason: 'manual' })))
    expect(reports.map((report) => report.result).toSorted()).toEqual(['complete', 'skipped'])
    expect(await mirrorOf(accountId)).toHaveLength(5)
  })

  it('of a pass that died runs out', async () => {
    const clock = testClock()
    const ctx = testCtx({ clock })
    const { accountId } = await createTestAccount({ ctx, servers: 1 })
    await execute(
      "UPDATE accounts SET lease_holder = 'dead', lease_until = ? WHERE id = ?",
      clock.now() + minutes(2),
      accountId,
    )
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'skipped' })
    clock.advance(minutes(2))
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'complete' })
  })

  it('that was lost writes no books', async () => {
    const { accountId } = await createTestAccount({ servers: 1, synced: true })
    const ctx = testCtx({
      providerFetch: async (input, init) => {
        await execute("UPDATE accounts SET lease_holder = 'other', state = 'revoked' WHERE id = ?", accountId)
        return simulator(input, init)
      },
    })
    await syncAccount(ctx, accountId, { reason: 'manual' })
    expect(await accountRow(accountId)).toMatchObject({ lease_holder: 'other', state: 'revoked' })
  })

  it('does not let an older reading overwrite a newer one', async () => {
    const { accountId, project } = await createTestAccount({ servers: 1, synced: true })
    const [server] = await mirrorOf(accountId)
    await control(`/projects/${project.id}/servers/${server?.provider_id}`, { status: 'off' }, 'PUT')
    const ctx = testCtx({
      providerFetch: async (input, init) => {
        const answer = await simulator(input, init)
        // Somebody writes what is newer than this answer while it is under way.
        await execute(
          "UPDATE servers SET status = 'starting', digest = 'newer', changed_at = ? WHERE id = ?",
          Date.now() + 1_000,
          server?.id,
        )
        return answer
      },
    })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ changed: 0 })
    expect((await mirrorOf(accountId))[0]).toMatchObject({ status: 'starting', digest: 'newer' })
  })
})

describe('the minute', () => {
  it('reads every account that is due; one that fails does not keep the others', async () => {
    const clock = testClock(Date.now() + minutes(10))
    const ctx = testCtx({ clock, actor: cronActor, source: 'cron' })
    await execute('UPDATE accounts SET removed_at = 1')
    const [good, broken, paused, later] = [
      await createTestAccount({ servers: 2 }),
      await createTestAccount({ servers: 2 }),
      await createTestAccount({ servers: 2 }),
      await createTestAccount({ servers: 2 }),
    ]
    await addFault(broken.project, { kind: 'cut', times: null })
    await execute('UPDATE accounts SET paused_at = 1 WHERE id = ?', paused.accountId)
    await execute('UPDATE accounts SET next_sync_at = ? WHERE id = ?', clock.now() + minutes(1), later.accountId)
    const reports = await syncDueAccounts(ctx)
    expect(reports).toHaveLength(2)
    expect(reports).toContainEqual(
      expect.objectContaining({ accountId: good.accountId, result: 'complete', changed: 2 }),
    )
    expect(reports).toContainEqual(expect.objectContaining({ accountId: broken.accountId, result: 'failed' }))
    expect(await syncDueAccounts(ctx)).toEqual([])
  })

  it('looks every 15 s while a server is between two states, and stops when it is not', async () => {
    const clock = testClock(Date.now() + minutes(20))
    const ctx = testCtx({ clock, actor: cronActor, source: 'cron' })
    await execute('UPDATE accounts SET removed_at = 1')
    const { accountId, project } = await createTestAccount({ servers: 1 })
    await syncAccount(ctx, accountId, { reason: 'cron' })
    const [row] = await mirrorOf(accountId)
    const path = `/projects/${project.id}/servers/${row?.provider_id}`
    await control(path, { status: 'migrating' }, 'PUT')
    clock.advance(minutes(1))
    const slept: number[] = []
    const sleep = async (ms: number) => {
      slept.push(ms)
      clock.advance(ms)
      if (slept.length === 2) await control(path, { status: 'running' }, 'PUT')
    }
    expect(await syncDueAccounts(ctx, sleep)).toMatchObject([{ changed: 1 }])
    await ctx.settle()
    expect(slept).toEqual([seconds(15), seconds(15)])
    expect((await mirrorOf(accountId))[0]).toMatchObject({ status: 'running' })
    expect(await nextAfter(accountId)).toBe(minutes(1))
  })
})

describe('a person who asks for a fresh look', () => {
  it('gets a report of a failure too, and the record says failed', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1, synced: true })
    await addFault(project, { kind: 'status', status: 503, path: '^/servers', times: null })
    expect(await syncNow(ctx, accountId)).toMatchObject({ result: 'failed', errorCode: 'provider_unavailable' })
    const results = await queryAll(
      "SELECT phase, error_code FROM audit_log WHERE action = 'account.sync' AND target_id = ? ORDER BY seq",
      accountId,
    )
    expect(results).toEqual([
      { phase: 'started', error_code: null },
      { phase: 'failed', error_code: 'provider_unavailable' },
    ])
  })

  it('is told that the project is paused', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 1 })
    await execute('UPDATE accounts SET paused_at = 1 WHERE id = ?', accountId)
    await expect(syncNow(ctx, accountId)).rejects.toMatchObject({ code: 'account_paused' })
  })
})

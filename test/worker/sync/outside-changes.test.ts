import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { pruneSeenActions, syncAccount } from '../../../worker/features/sync/index.ts'
import { hours, minutes, seconds } from '../../../worker/kernel/clock.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { auditRows } from '../../support/audit.ts'
import { execute, queryAll } from '../../support/database.ts'
import { control, createTestAccount, mirrorOf, outside } from '../../support/accounts.ts'
import { cronActor, testClock, testCtx } from '../../support/ctx.ts'

interface ActionAnswer {
  action: { id: number }
}

/** A synced account whose clock runs with ours until a test moves it. */
async function begin(servers = 1) {
  // The account is older than everything that happens in the test.
  const clock = testClock(Date.now() - minutes(2))
  const ctx = testCtx({ clock, actor: cronActor, source: 'cron' })
  const made = await createTestAccount({ ctx: testCtx({ clock }), servers, synced: true })
  const rows = await mirrorOf(made.accountId)
  const [server] = rows
  if (!server) throw new Error('no server')
  clock.advance(minutes(2))
  const act = async (name: string, providerId = server.provider_id, body?: object) => {
    const path = `/servers/${providerId}/actions/${name}`
    return String((await outside<ActionAnswer>(made.project.token, 'POST', path, body)).action.id)
  }
  return { ...made, ctx, clock, server, act, pass: () => syncAccount(ctx, made.accountId, { reason: 'cron' }) }
}

describe('owners are told of what was done outside', () => {
  const choose = (told: boolean) => execute('UPDATE protection_settings SET tell_outside = ?', told ? 1 : 0)
  const alertsOf = async (accountId: string) =>
    (
      await queryAll<{ id: string; severity: string; user_id: string | null; facts: string }>(
        "SELECT * FROM alerts WHERE kind = 'outside_change' ORDER BY at, id",
      )
    )
      .map((alert) => ({ ...alert, facts: JSON.parse(alert.facts) as Record<string, unknown> }))
      .filter(({ facts }) => facts['accountId'] === accountId)

  it('only where they want it', async () => {
    await choose(false)
    const { act, clock, ctx, pass, accountId, server } = await begin()
    await act('reboot')
    clock.advance(seconds(100))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toHaveLength(1)
    expect(await alertsOf(accountId)).toEqual([])
    expect(ctx.events.map(({ type }) => type)).not.toContain('alert.raised')
  })

  it('once for each look, with where, what and how much, and again only after they have looked', async () => {
    await choose(true)
    try {
      const { act, clock, ctx, pass, accountId, account } = await begin(4)
      const rows = await mirrorOf(accountId)
      const [first, second, third, fourth] = rows
      await act('reset', first?.provider_id)
      await act('poweroff', second?.provider_id)
      clock.advance(seconds(100))
      await pass()
      const [alert] = await alertsOf(accountId)
      expect(alert).toMatchObject({ severity: 'warning', user_id: null })
      expect(alert?.facts).toEqual({
        accountId,
        account: account.name,
        target: second?.name,
        command: 'stop_server',
        count: 2,
        outcome: 'alerted',
      })
      expect(ctx.events).toContainEqual({
        type: 'alert.raised',
        alertId: alert?.id,
        kind: 'outside_change',
        severity: 'warning',
      })
      expect((await auditRows('alert.raise', accountId)).map(({ phase }) => phase)).toEqual(['started', 'succeeded'])

      await act('reset', third?.provider_id)
      clock.advance(seconds(100))
      await pass()
      expect(await alertsOf(accountId)).toHaveLength(1)
      await execute('UPDATE alerts SET read_at = 1 WHERE id = ?', alert?.id ?? '')
      await act('reset', fourth?.provider_id)
      clock.advance(seconds(100))
      await pass()
      expect(await alertsOf(accountId)).toHaveLength(2)
      expect(await auditRows('server.outside_change', third?.id)).toHaveLength(1)
    } finally {
      await choose(false)
    }
  })
})

describe('done outside WebNova', () => {
  it('is on the record once, as something noticed, not as something done', async () => {
    const { act, clock, pass, server } = await begin()
    const actionId = await act('reboot')
    clock.advance(seconds(100))
    await pass()
    const rows = await auditRows('server.outside_change', server.id)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      phase: 'succeeded',
      actor_kind: 'system',
      actor_id: 'cron',
      target_type: 'server',
      target_name: server.name,
      ip: null,
    })
    expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({ power: 'reboot', providerActionId: actionId })
    await pass()
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toHaveLength(1)
  })

  it('is not what an operation of ours caused', async () => {
    const { act, clock, pass, server, accountId } = await begin()
    const actionId = await act('reboot')
    await insertOperation({ server, accountId, action: 'server.reboot', providerActionId: actionId })
    clock.advance(seconds(100))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
  })

  it('is not what our own call did whose answer was lost', async () => {
    const { act, clock, pass, server, accountId } = await begin()
    await act('reboot')
    await insertOperation({ server, accountId, action: 'server.reboot', providerActionId: null })
    clock.advance(seconds(100))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
  })

  it('waits until an operation of ours had the time to learn its id', async () => {
    const { act, clock, pass, server } = await begin()
    await act('reboot')
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
    clock.advance(seconds(100))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toHaveLength(1)
  })

  it('is not a backup, which the provider makes by itself, and is looked at once only', async () => {
    const { act, clock, ctx, server, accountId } = await begin(2)
    const other = (await mirrorOf(accountId))[1]
    await act('enable_backup')
    await control('/time/advance', { seconds: 2 })
    await act('create_image', server.provider_id, { type: 'backup' })
    const snapshot = await act('create_image', other?.provider_id, { type: 'snapshot' })
    clock.advance(seconds(100))
    const asked: string[] = []
    const counting = testCtx({
      clock,
      actor: cronActor,
      source: 'cron',
      providerFetch: (input, init) => {
        if (String(input).includes('/images')) asked.push(String(input))
        return simulatorFetch(env)(input, init)
      },
    })
    await syncAccount(counting, accountId, { reason: 'cron' })
    await syncAccount(counting, accountId, { reason: 'cron' })
    for (let i = 0; i < 6; i++) await syncAccount(ctx, accountId, { reason: 'cron' })
    const flagged = await auditRows('server.outside_change', server.id)
    expect(flagged.map(({ after }) => (JSON.parse(after ?? '') as { command: string }).command)).toEqual([
      'enable_backup',
    ])
    const [row] = await auditRows('server.outside_change', other?.id)
    expect(JSON.parse(row?.after ?? '')).toMatchObject({ command: 'create_image', providerActionId: snapshot })
    expect(asked).toHaveLength(1)
  })

  it('is not what a tool did through the gateway whose answer was lost', async () => {
    const { act, clock, pass, server, accountId } = await begin()
    await act('rebuild', server.provider_id, { image: 'debian-12' })
    await insertOperation({
      server,
      accountId,
      action: 'server.rebuild',
      command: 'rebuild_server',
      providerActionId: null,
    })
    clock.advance(seconds(100))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
  })

  it('is not what is older than the account, or older than a day', async () => {
    const { act, clock, pass, server, accountId } = await begin()
    await act('reboot')
    const shift = (ms: number) => execute('UPDATE accounts SET created_at = created_at + ? WHERE id = ?', ms, accountId)
    await shift(minutes(10))
    clock.advance(minutes(2))
    await pass()
    await shift(-minutes(10))
    clock.advance(hours(25))
    await pass()
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
  })

  it('is told a few at a time, oldest first, until all are told', async () => {
    const { act, clock, ctx, pass, accountId } = await begin(10)
    const expected: string[] = []
    for (const row of await mirrorOf(accountId)) expected.push(await act('reset', row.provider_id))
    clock.advance(seconds(100))
    await pass()
    await pass()
    const rows = await auditRows('server.outside_change')
    const told = rows.map((row) => (JSON.parse(row.after ?? '') as { providerActionId: string }).providerActionId)
    expect(told.filter((id) => expected.includes(id))).toEqual(expected)
    expect(ctx.events).toContainEqual({ type: 'audit.appended' })
  })

  it('is not told again when another pass has told it', async () => {
    const { act, clock, server, accountId, pass } = await begin()
    const actionId = await act('reboot')
    clock.advance(seconds(100))
    await execute(
      'INSERT INTO seen_provider_actions VALUES (?, ?, ?)',
      `${accountId}:${actionId}`,
      accountId,
      clock.now(),
    )
    expect(await pass()).toMatchObject({ result: 'complete' })
    expect(await auditRows('server.outside_change', server.id)).toEqual([])
  })

  it('is asked for only after a change, and now and then', async () => {
    const { accountId, clock } = await begin()
    const asked: number[] = []
    const ctx = testCtx({
      clock,
      providerFetch: (input, init) => {
        if (String(input).includes('/servers/actions')) asked.push(1)
        return simulatorFetch(env)(input, init)
      },
    })
    for (let i = 0; i < 11; i++) await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(asked.length).toBeLessThanOrEqual(3)
  })

  it('marks are forgotten after two days', async () => {
    const { ctx, accountId, clock } = await begin()
    await execute('INSERT INTO seen_provider_actions VALUES (?, ?, ?)', 'old', accountId, clock.now() - hours(49))
    await execute('INSERT INTO seen_provider_actions VALUES (?, ?, ?)', 'new', accountId, clock.now() - hours(47))
    await pruneSeenActions(ctx)
    const results = await queryAll("SELECT id FROM seen_provider_actions WHERE id IN ('old', 'new')")
    expect(results).toEqual([{ id: 'new' }])
  })
})

interface NewOperation {
  server: { id: string }
  accountId: string
  action: string
  command?: string
  providerActionId: string | null
}

const insertOperation = ({ server, accountId, action, command, providerActionId }: NewOperation) =>
  execute(
    `INSERT INTO operations (id, server_id, account_id, action, status, progress, provider_action_id, actor_kind, actor_id,
       actor_name, request_id, started_at, finished_at, next_poll_at, deadline_at, command)
     VALUES (?, ?, ?, ?, 'succeeded', 100, ?, 'user', 'u', 'U', 'r', ?, ?, 0, 0, ?)`,
    newId('opr'),
    server.id,
    accountId,
    action,
    providerActionId,
    Date.now(),
    Date.now(),
    command ?? null,
  )

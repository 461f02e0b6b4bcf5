import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { lookAround, syncAccount } from '../../../worker/features/sync/index.ts'
import { minutes } from '../../../worker/kernel/clock.ts'
import type { OtherKind } from '../../../worker/provider/provider.ts'
import { runSchedule } from '../../../worker/schedule.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { addFault, control, createTestAccount, mirrorOf, outside } from '../../support/accounts.ts'
import { auditRows, type AuditRow } from '../../support/audit.ts'
import { cronActor, testClock, testCtx } from '../../support/ctx.ts'
import { execute } from '../../support/database.ts'
import { signInAs } from '../../support/session.ts'
import { client, toolKey } from '../gateway/support.ts'

/** Long enough for any action, of a provider whose clock a test has moved a little. */
const settled = minutes(10)

type Made = Record<string, { id: number }>

const rowsOf = (targetId: string) => auditRows('resource.outside_change', targetId)
const commandsOf = (rows: readonly AuditRow[]) =>
  rows.map(({ after }) => (JSON.parse(after ?? '{}') as { command: string }).command)

/** A synced account that is older than what happens in its test, the only one there is to look at. */
async function begin(servers = 0) {
  const clock = testClock(Date.now() - minutes(2))
  const ctx = testCtx({ clock, actor: cronActor, source: 'cron' })
  const made = await createTestAccount({ ctx: testCtx({ clock }), servers, synced: true })
  clock.advance(minutes(2))
  const { token } = made.project
  const post = (path: string, body: object = {}) => outside<Made>(token, 'POST', path, body)
  /** Once whatever was done has settled. */
  const look = async () => {
    clock.advance(settled)
    await lookAround(ctx)
  }
  return { ...made, clock, ctx, post, look }
}

const volume = { name: 'data', size: 10, location: 'fsn1' }

beforeEach(async () => {
  await control('/faults', undefined, 'DELETE')
  await execute('UPDATE accounts SET paused_at = 1')
})

describe('what is done at the provider to other things than servers', () => {
  it('is on the record once, as something noticed, by its name', async () => {
    const { accountId, account, ctx, look, post } = await begin()
    const made = await post('/volumes', volume)
    await look()
    await look()
    const rows = await rowsOf(`volume:${made['volume']?.id}`)
    expect(rows).toMatchObject([
      {
        phase: 'succeeded',
        actor_kind: 'system',
        actor_id: 'cron',
        target_type: 'resource',
        target_name: 'data',
        ip: null,
      },
    ])
    expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({
      account: accountId,
      project: account.name,
      command: 'create_volume',
      providerActionId: String(made['action']?.id),
    })
    expect(ctx.events).toContainEqual({ type: 'audit.appended' })
  })

  it('is told to the owners who want it', async () => {
    await execute('UPDATE protection_settings SET tell_outside = 1')
    const { ctx, look, post } = await begin()
    await post('/volumes', volume)
    await look()
    await execute('UPDATE protection_settings SET tell_outside = 0')
    expect(ctx.events).toContainEqual(expect.objectContaining({ type: 'alert.raised', kind: 'outside_change' }))
  })

  it('is seen of every kind that the provider tells actions of', async () => {
    const { accountId, look, post } = await begin(1)
    const act = async (kind: OtherKind, path: string, body: object, action: string, acting: object) => {
      const made = await post(path, body)
      await control('/time/advance', { seconds: 10 })
      await post(`${path}/${made[kind]?.id}/actions/${action}`, acting)
      return [kind, `${kind}:${made[kind]?.id}`] as const
    }
    const [server] = await mirrorOf(accountId)
    const changed = [
      await act('volume', '/volumes', volume, 'resize', { size: 20 }),
      await act('network', '/networks', { name: 'n', ip_range: '10.0.0.0/16' }, 'add_route', {
        destination: '10.100.1.0/24',
        gateway: '10.0.1.1',
      }),
      await act('firewall', '/firewalls', { name: 'f' }, 'set_rules', { rules: [] }),
      await act(
        'load_balancer',
        '/load_balancers',
        { name: 'l', load_balancer_type: 'lb11', location: 'fsn1' },
        'change_algorithm',
        { type: 'least_connections' },
      ),
      await act('floating_ip', '/floating_ips', { type: 'ipv4', home_location: 'fsn1' }, 'change_protection', {
        delete: true,
      }),
      await act(
        'primary_ip',
        '/primary_ips',
        { name: 'p', type: 'ipv4', location: 'fsn1', assignee_type: 'server' },
        'change_protection',
        { delete: true },
      ),
      await act('zone', '/zones', { name: 'outside.example', mode: 'primary' }, 'change_protection', { delete: true }),
    ]
    const certificate = await post('/certificates', { name: 'c', type: 'managed', domain_names: ['outside.example'] })
    changed.push(['certificate', `certificate:${certificate['certificate']?.id}`])
    const snapshot = await post(`/servers/${server?.provider_id}/actions/create_image`, { type: 'snapshot' })
    await control('/time/advance', { seconds: 60 })
    await post(`/images/${snapshot['image']?.id}/actions/change_protection`, { delete: true })
    changed.push(['image', `image:${snapshot['image']?.id}`])
    // A few at a time.
    for (let i = 0; i < 6; i++) await look()
    const told = await Promise.all(
      changed.map(async ([kind, id]) => [kind, commandsOf(await rowsOf(id)).at(-1)] as const),
    )
    expect(Object.fromEntries(told)).toEqual({
      volume: 'resize_volume',
      network: 'add_route',
      firewall: 'set_firewall_rules',
      load_balancer: 'change_algorithm',
      floating_ip: 'change_protection',
      primary_ip: 'change_protection',
      zone: 'change_protection',
      certificate: 'create_certificate',
      image: 'change_protection',
    } satisfies Record<OtherKind, string>)
  })

  it('waits until a write of our own had the time to be on the record', async () => {
    const { clock, ctx, post } = await begin()
    const made = await post('/volumes', volume)
    const target = `volume:${made['volume']?.id}`
    await lookAround(ctx)
    expect(await rowsOf(target)).toEqual([])
    clock.advance(settled)
    await lookAround(ctx)
    expect(await rowsOf(target)).toHaveLength(1)
  })

  it('is told with its server where it concerns one, and once', async () => {
    const { accountId, ctx, look, post } = await begin(1)
    const [server] = await mirrorOf(accountId)
    const made = await post('/volumes', { name: 'data', size: 10, server: Number(server?.provider_id) })
    const id = made['volume']?.id
    await look()
    await syncAccount(ctx, accountId, { reason: 'cron' })
    await look()
    expect(commandsOf(await rowsOf(`volume:${id}`))).toEqual(['create_volume'])
    expect(commandsOf(await auditRows('server.outside_change', server?.id))).toEqual(['attach_volume'])
  })

  it('is not what a tool did through the gateway, its lost answers included', async () => {
    const { accountId, look, project } = await begin()
    const { secret } = await toolKey(await signInAs('OWNER'))
    const tool = client(secret, `/hetzner/${accountId}/v1`)
    const created = await tool('POST', '/volumes', volume)
    expect(created.status).toBe(201)
    const id = (created.body['volume'] as { id: number }).id
    await addFault(project, { kind: 'lost_reply', method: 'POST', times: 2 })
    expect((await tool('POST', `/volumes/${id}/actions/change_protection`, { delete: true })).status).toBe(500)
    expect((await tool('POST', '/volumes', { ...volume, name: 'lost' })).status).toBe(500)
    const { volumes } = await outside<{ volumes: { id: number }[] }>(project.token, 'GET', '/volumes')
    expect(volumes).toHaveLength(2)
    await look()
    await look()
    for (const one of volumes) expect(await rowsOf(`volume:${one.id}`)).toEqual([])
  })

  it('is not the renewal of a certificate, which the provider does by itself', async () => {
    const { look, post } = await begin()
    const made = await post('/certificates', { name: 'c', type: 'managed', domain_names: ['renewed.example'] })
    const id = made['certificate']?.id
    await control('/time/advance', { seconds: 30 })
    await post(`/certificates/${id}/actions/retry`)
    await look()
    await look()
    expect(commandsOf(await rowsOf(`certificate:${id}`))).toEqual(['create_certificate'])
  })

  it('of one kind is told while another kind cannot be asked, which follows', async () => {
    const { look, post, project } = await begin()
    const network = await post('/networks', { name: 'n', ip_range: '10.0.0.0/16' })
    await post(`/networks/${network['network']?.id}/actions/change_protection`, { delete: true })
    const made = await post('/volumes', volume)
    await addFault(project, { kind: 'status', status: 500, path: '^/networks/actions', times: null })
    await look()
    expect(await rowsOf(`volume:${made['volume']?.id}`)).toHaveLength(1)
    expect(await rowsOf(`network:${network['network']?.id}`)).toEqual([])
    await control('/faults', undefined, 'DELETE')
    await look()
    expect(await rowsOf(`network:${network['network']?.id}`)).toHaveLength(1)
  })

  it('keeps the name of its kind where it is gone meanwhile', async () => {
    const { look, post, project } = await begin()
    const made = await post('/volumes', volume)
    const id = made['volume']?.id
    await outside(project.token, 'DELETE', `/volumes/${id}`)
    await look()
    expect(await rowsOf(`volume:${id}`)).toMatchObject([{ target_name: `volume ${id}` }])
  })
})

describe('the look around', () => {
  it('takes turns where there are many projects, within the free plan’s requests, and leaves out paused ones', async () => {
    const made: string[] = []
    for (let i = 0; i < 7; i++) made.push((await createTestAccount({ servers: 0, synced: true })).accountId)
    const [paused = ''] = made
    await execute('UPDATE accounts SET paused_at = 1 WHERE id = ?', paused)
    const clock = testClock(Date.now())
    const asked: number[] = []
    const tokens = new Set<string | null>()
    for (let turn = 0; turn < 2; turn++) {
      let count = 0
      const ctx = testCtx({
        clock,
        actor: cronActor,
        source: 'cron',
        providerFetch: (input, init) => {
          count += 1
          tokens.add(new Headers(init?.headers).get('authorization'))
          return simulatorFetch(env)(input, init)
        },
      })
      await lookAround(ctx)
      asked.push(count)
      clock.advance(minutes(5))
    }
    expect(asked).toEqual([27, 27])
    expect(tokens.size).toBe(6)
  })

  it('is on the schedule', async () => {
    const { clock, ctx, post } = await begin()
    const made = await post('/volumes', volume)
    clock.advance(settled)
    await runSchedule('*/5 * * * *', () => ctx)
    expect(await rowsOf(`volume:${made['volume']?.id}`)).toHaveLength(1)
  })
})

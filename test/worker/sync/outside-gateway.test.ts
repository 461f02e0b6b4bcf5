import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookAround, syncAccount } from '../../../worker/features/sync/index.ts'
import { minutes } from '../../../worker/kernel/clock.ts'
import { control, createTestAccount } from '../../support/accounts.ts'
import { cronActor, testClock, testCtx } from '../../support/ctx.ts'
import { queryAll } from '../../support/database.ts'
import { signInAs } from '../../support/session.ts'
import { client, toolKey } from '../gateway/support.ts'

type Body = Record<string, { id: number }>

// Whatever begins at the provider is done at once.
beforeAll(() => control('/time', { scale: 0 }, 'PUT'))
afterAll(() => control('/time', { scale: 1 }, 'PUT'))

it('nothing that a tool does through the gateway, or the provider because of it, is taken for somebody else’s', async () => {
  const clock = testClock(Date.now() - minutes(2))
  const { accountId } = await createTestAccount({ ctx: testCtx({ clock }), servers: 0, synced: true })
  const { secret } = await toolKey(await signInAs('OWNER'))
  const tool = client(secret, `/hetzner/${accountId}/v1`)
  const send = async (method: string, path: string, body?: object) => {
    const answer = await tool(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as unknown as Body
  }
  const make = async (kind: string, path: string, body: object) => Number((await send('POST', path, body))[kind]?.id)
  const act = (path: string, action: string, body: object = {}) => send('POST', `${path}/actions/${action}`, body)

  const network = await make('network', '/networks', {
    name: 'n',
    ip_range: '10.0.0.0/16',
    subnets: [{ type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' }],
  })
  const firewall = await make('firewall', '/firewalls', { name: 'f', rules: [] })
  const volume = await make('volume', '/volumes', { name: 'v', size: 10, location: 'fsn1' })
  const address = await make('floating_ip', '/floating_ips', { type: 'ipv4', home_location: 'fsn1', name: 'a' })
  const group = await make('placement_group', '/placement_groups', { name: 'g', type: 'spread' })
  const server = await make('server', '/servers', {
    name: 's',
    server_type: 'cpx22',
    image: 'debian-12',
    location: 'fsn1',
    networks: [network],
    firewalls: [{ firewall }],
    volumes: [volume],
    placement_group: group,
    labels: { app: 'shop' },
  })
  const rule = { direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0'] }
  await act(`/firewalls/${firewall}`, 'set_rules', { rules: [rule] })
  await act(`/firewalls/${firewall}`, 'apply_to_resources', {
    apply_to: [{ type: 'label_selector', label_selector: { selector: 'app=shop' } }],
  })
  await act(`/floating_ips/${address}`, 'assign', { server })
  const balancer = await make('load_balancer', '/load_balancers', {
    name: 'l',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    network,
    targets: [{ type: 'server', server: { id: server }, use_private_ip: true }],
  })
  await act(`/load_balancers/${balancer}`, 'add_service', {
    protocol: 'tcp',
    listen_port: 80,
    destination_port: 80,
    proxyprotocol: false,
    health_check: { protocol: 'tcp', port: 80, interval: 15, timeout: 10, retries: 3 },
  })
  await act(`/volumes/${volume}`, 'detach')
  await act(`/volumes/${volume}`, 'attach', { server, automount: false })
  await act(`/servers/${server}`, 'create_image', { type: 'snapshot', description: 'before' })
  await act(`/servers/${server}`, 'poweroff')
  await act(`/servers/${server}`, 'change_type', { server_type: 'cpx32', upgrade_disk: false })
  await act(`/servers/${server}`, 'rebuild', { image: 'debian-12' })
  await send('DELETE', `/servers/${server}`)
  await send('DELETE', `/load_balancers/${balancer}`)
  await send('DELETE', `/networks/${network}`)
  const zone = await make('zone', '/zones', { name: 'tool.example', mode: 'primary' })
  await send('POST', `/zones/${zone}/rrsets`, { name: 'www', type: 'A', records: [{ value: '198.51.100.1' }] })
  await send('DELETE', `/zones/${zone}`)

  clock.advance(minutes(10))
  const ctx = testCtx({ clock, actor: cronActor, source: 'cron' })
  for (let look = 0; look < 3; look++) {
    await syncAccount(ctx, accountId, { reason: 'manual' })
    await lookAround(ctx)
  }
  const flagged = await queryAll<{ target_id: string; after: string }>(
    "SELECT target_id, after FROM audit_log WHERE action IN ('server.outside_change', 'resource.outside_change')",
  )
  expect(flagged).toEqual([])
  const seen = await queryAll('SELECT id FROM seen_provider_actions WHERE account_id = ?', accountId)
  expect(seen.length).toBeGreaterThan(20)
})

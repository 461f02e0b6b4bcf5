import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uploadable } from '../support/certificate.ts'
import { startSimulatorServer, type SimulatorServer } from '../support/simulator-server.ts'
import { hasHcloud, hcloudAt, type Hcloud } from './hcloud.ts'

interface Target {
  type: string
  server?: { id: number }
  use_private_ip?: boolean
  targets?: Target[]
  health_status?: { listen_port: number; status: string }[]
}
interface Balancer {
  id: number
  name: string
  labels: Record<string, string>
  algorithm: { type: string }
  load_balancer_type: { name: string }
  public_net: { enabled: boolean; ipv4: { ip: string; dns_ptr: string } }
  private_net: { network: number; ip: string }[]
  services: { protocol: string; listen_port: number; destination_port: number; http?: Record<string, unknown> }[]
  targets: Target[]
}
interface Certificate {
  id: number
  domain_names: string[]
  used_by: { id: number; type: string }[]
  status: { issuance: string; error: { code: string } | null } | null
}

describe.skipIf(!hasHcloud)('the real hcloud: load balancers and certificates', () => {
  let simulator: SimulatorServer
  let hcloud: Hcloud
  let folder: string

  const words = (line: string): string[] => line.split(' ')
  const balancer = (name: string): Promise<Balancer> => hcloud.json('load-balancer', 'describe', name)
  const certificate = (name: string): Promise<Certificate> => hcloud.json('certificate', 'describe', name)
  const say = (line: string): Promise<string> => hcloud.text('load-balancer', ...words(line))
  const refused = async (kind: string, line: string): Promise<string> => {
    const { code, stderr } = await hcloud.run(kind, ...words(line))
    expect(code).toBe(1)
    return stderr
  }

  beforeAll(async () => {
    simulator = await startSimulatorServer()
    simulator.simulator.world.setTime({ scale: 0.02 })
    const { tables } = simulator.simulator.world
    const shop = [...tables.projects.all()].find(({ name }) => name === 'shop')
    const token = [...tables.tokens.all()].find((row) => row.project === shop?.id && row.access === 'read_write')
    hcloud = hcloudAt(simulator.endpoint, token?.token ?? '')
    folder = mkdtempSync(join(tmpdir(), 'hcloud-'))
    for (const name of ['tls', 'other']) {
      const upload = uploadable([`${name}.example`, `*.${name}.example`])
      writeFileSync(join(folder, `${name}.pem`), upload.certificate)
      writeFileSync(join(folder, `${name}.key`), upload.private_key)
    }
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await simulator.stop()
  })

  const upload = (name: string, certificateOf: string, keyOf: string): string[] => [
    ...words(`certificate create --name ${name} --type uploaded`),
    '--cert-file',
    join(folder, `${certificateOf}.pem`),
    '--key-file',
    join(folder, `${keyOf}.key`),
  ]

  test('shows the load balancers of the fleet with what is behind them, and their metrics', async () => {
    expect(await say('list -o noheader -o columns=name,type,location')).toMatch(
      /^storefront\s+lb21\s+fsn1\napi\s+lb11\s+nbg1\n$/,
    )
    const { targets } = await balancer('storefront')
    expect(targets).toHaveLength(1)
    expect(targets[0]?.targets?.map(({ health_status }) => health_status?.[0]?.status)).toEqual([
      'healthy',
      'healthy',
      'healthy',
    ])
    expect(await say('describe api')).toMatch(/Name:\s+api-1[\s\S]+Status:\s+healthy/)
    const measured = await say('metrics storefront --type bandwidth')
    for (const name of ['bandwidth.in', 'bandwidth.out']) expect(measured).toContain(`Metric: ${name}`)
    expect(await hcloud.text('certificate', 'describe', 'api')).toMatch(/Issuance: completed\n\s+Renewal: scheduled/)
  })

  test('uploads a certificate, and is told when the key is of another one', async () => {
    expect(await hcloud.text(...upload('tls', 'tls', 'tls'))).toMatch(/^Certificate \d+ created\n$/)
    expect(await certificate('tls')).toMatchObject({ domain_names: ['tls.example', '*.tls.example'], status: null })
    const mixed = await hcloud.run(...upload('mixed', 'tls', 'other'))
    expect(mixed).toMatchObject({ code: 1, stderr: "hcloud: invalid input in field 'private_key' (invalid_input)\n" })
    await hcloud.text(...words('certificate add-label tls env=test'))
    expect(await hcloud.text(...words('certificate list -l env=test -o noheader -o columns=name'))).toBe('tls\n')
  })

  test('a managed certificate without a zone fails as it does at the provider', async () => {
    const line = 'create --name issued --type managed --domain nowhere.example'
    expect(await refused('certificate', line)).toContain('(dns_zone_not_found)')
    expect(await certificate('issued')).toMatchObject({
      status: { issuance: 'failed', error: { code: 'dns_zone_not_found' } },
    })
    await hcloud.text('certificate', 'delete', 'issued')
  })

  test('creates a load balancer and gives it services', async () => {
    expect(await say('create --name lab --type lb11 --network-zone eu-central --label env=test')).toMatch(
      /^LoadBalancer \d+ created\nIPv4: 198\.19\.\d+\.\d+\nIPv6: 2001:db8:\S+::1\n$/,
    )
    await say('add-service lab --protocol http')
    expect(await refused('load-balancer', 'add-service lab --protocol http')).toContain('(source_port_already_used)')
    await say('add-service lab --protocol tcp --listen-port 5432 --destination-port 5433 --proxy-protocol')
    await say('update-service lab --listen-port 80 --health-check-interval 5s --http-sticky-sessions')
    await say('delete-service lab --listen-port 5432')
    const { id } = await certificate('tls')
    await say(`add-service lab --protocol https --http-certificates ${id}`)
    expect((await balancer('lab')).services).toMatchObject([
      { protocol: 'http', listen_port: 80, http: { sticky_sessions: true }, health_check: { interval: 5 } },
      { protocol: 'https', listen_port: 443, destination_port: 80, http: { certificates: [id] } },
    ])
    expect(await refused('certificate', 'delete tls')).toContain('certificate still in use (service_error)')
  })

  test('gives it targets of every kind, in public and in private', async () => {
    await say('add-target lab --server web-1')
    expect(await refused('load-balancer', 'add-target lab --server web-1')).toContain('(target_already_defined)')
    await say('add-target lab --label-selector role=cache')
    await say('add-target lab --ip 203.0.113.7')
    expect(await refused('load-balancer', 'add-target lab --ip 1.2.3.4')).toContain('(ip_not_owned)')
    expect(await refused('load-balancer', 'add-target lab --server web-2 --use-private-ip')).toContain(
      '(load_balancer_not_attached_to_network)',
    )
    await say('attach-to-network lab --network backend')
    await say('add-target lab --server web-2 --use-private-ip')
    expect((await balancer('lab')).targets.map(({ type, use_private_ip: isPrivate }) => [type, isPrivate])).toEqual([
      ['server', false],
      ['label_selector', false],
      ['ip', undefined],
      ['server', true],
    ])
    expect(await refused('load-balancer', 'disable-public-interface lab')).toContain('(targets_without_use_private_ip)')
    await say('remove-target lab --server web-1')
    await say('remove-target lab --label-selector role=cache')
    await say('remove-target lab --ip 203.0.113.7')
    await say('disable-public-interface lab')
    const { public_net, targets, private_net } = await balancer('lab')
    expect(public_net.enabled).toBe(false)
    expect(targets).toHaveLength(1)
    expect(private_net).toHaveLength(1)
    await say('enable-public-interface lab')
  })

  test('changes its settings and takes it away, and the certificate after it', async () => {
    await say('change-algorithm lab --algorithm-type least_connections')
    await say('change-type lab lb21')
    await say('set-rdns lab --hostname lab.example')
    await say('add-label lab team=web')
    await say('update lab --name renamed')
    expect(await balancer('renamed')).toMatchObject({
      algorithm: { type: 'least_connections' },
      load_balancer_type: { name: 'lb21' },
      labels: { env: 'test', team: 'web' },
      public_net: { ipv4: { dns_ptr: 'lab.example' } },
    })
    await say('enable-protection renamed delete')
    expect(await refused('load-balancer', 'delete renamed')).toContain('(protected)')
    await say('disable-protection renamed delete')
    await say('delete-service renamed --listen-port 443')
    await say('detach-from-network renamed --network backend')
    await say('delete renamed')
    await hcloud.text('certificate', 'delete', 'tls')
    expect(await say('list -o noheader -o columns=name')).toBe('storefront\napi\n')
  })
})

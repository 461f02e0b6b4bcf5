import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSimulatorServer, type SimulatorServer } from '../support/simulator-server.ts'
import { hasHcloud, hcloudAt, type Hcloud } from './hcloud.ts'

interface Server {
  id: number
  name: string
  status: string
  labels: Record<string, string>
  server_type: { name: string }
  protection: { delete: boolean; rebuild: boolean }
  rescue_enabled: boolean
  public_net: { ipv4: { ip: string } }
}
interface Project {
  name: string
  token: string
  tokens: { access: string; revoked: boolean; token: string }[]
}

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDcY2Zs8u0Jx7tGmV4nQpR1wKfLh3bEo9yTiXaUdSvMr tester@example'

describe.skipIf(!hasHcloud)('the real hcloud on the simulator', () => {
  let simulator: SimulatorServer
  let shop: Project
  let hcloud: Hcloud
  let folder: string

  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(simulator.control + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    return (await response.json()) as T
  }
  const server = (name: string): Promise<Server> => hcloud.json<Server>('server', 'describe', name)

  beforeAll(async () => {
    simulator = await startSimulatorServer()
    await control('PUT', '/time', { scale: 0.02 })
    const { projects } = await control<{ projects: Project[] }>('GET', '/projects')
    shop = projects.find(({ name }) => name === 'shop') as Project
    hcloud = hcloudAt(simulator.endpoint, shop.token)
    folder = mkdtempSync(join(tmpdir(), 'hcloud-'))
    writeFileSync(join(folder, 'key.pub'), `${KEY}\n`)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await simulator.stop()
  })

  test('lists the fleet, whole and by label, and finds one by name or id', async () => {
    const all = await hcloud.json<Server[]>('server', 'list')
    expect(all).toHaveLength(20)
    const web = await hcloud.text(
      'server',
      'list',
      '-l',
      'role=web,env in (production)',
      '-o',
      'noheader',
      '-o',
      'columns=name,status',
    )
    expect(web.trimEnd().split(/\s+/)).toEqual(
      ['web-1', 'web-2', 'web-3', 'web-us-1', 'web-us-2'].flatMap((name) => [name, 'running']),
    )
    const byName = await server('db-primary')
    expect(byName).toMatchObject({ name: 'db-primary', server_type: { name: 'ccx33' }, protection: { delete: true } })
    expect(await server(String(byName.id))).toEqual(byName)
    expect(await hcloud.text('server', 'ip', 'db-primary')).toBe(`${byName.public_net.ipv4.ip}\n`)
  })

  test('lists everything else there is to list', async () => {
    const count = async (...kind: string[]): Promise<number> =>
      (await hcloud.json<unknown[] | null>(...kind, 'list'))?.length ?? 0
    expect(await count('location')).toBe(6)
    expect(await count('server-type')).toBeGreaterThan(15)
    expect(await count('image')).toBeGreaterThan(30)
    expect(await count('iso')).toBeGreaterThan(5)
    expect(await count('primary-ip')).toBe(40)
    expect(await count('volume')).toBe(1)
    expect(await count('network')).toBe(1)
    expect(await count('firewall')).toBe(1)
    for (const kind of ['floating-ip', 'placement-group']) expect(await count(kind)).toBe(0)
    expect(await count('load-balancer')).toBe(2)
    expect(await count('certificate')).toBe(3)
  })

  test('creates a server with an ssh key, and waits until it runs', async () => {
    const key = await hcloud.text(
      'ssh-key',
      'create',
      '--name',
      'tester',
      '--public-key-from-file',
      join(folder, 'key.pub'),
    )
    expect(key).toMatch(/^SSH key \d+ created\n$/)
    const options = [
      '--type',
      'cpx22',
      '--image',
      'ubuntu-24.04',
      '--location',
      'nbg1',
      '--ssh-key',
      'tester',
      '--label',
      'env=test',
    ]
    const created = await hcloud.text('server', 'create', '--name', 'fresh', ...options)
    expect(created).toMatch(/Server \d+ created\nIPv4: 198\.1[89]\.\d+\.\d+\n/)
    expect(created).not.toContain('Root password')
    expect(await server('fresh')).toMatchObject({
      status: 'running',
      labels: { env: 'test' },
      server_type: { name: 'cpx22' },
    })
  })

  test('a taken name and a sold-out type are clear refusals', async () => {
    const again = await hcloud.run('server', 'create', '--name', 'fresh', '--type', 'cpx22', '--image', 'ubuntu-24.04')
    expect(again).toMatchObject({ code: 1, stderr: 'hcloud: server name is already used (uniqueness_error)\n' })
    const gone = await hcloud.run('server', 'create', '--name', 'x', '--type', 'cx53', '--image', 'ubuntu-24.04')
    expect(gone).toMatchObject({ code: 1, stderr: 'hcloud: error during placement (resource_unavailable)\n' })
  })

  test('powers it through a whole cycle', async () => {
    const { id } = await server('fresh')
    expect(await hcloud.text('server', 'poweroff', 'fresh')).toContain(`Server ${id} stopped`)
    expect((await server('fresh')).status).toBe('off')
    expect(await hcloud.text('server', 'change-type', 'fresh', 'cpx32', '--keep-disk')).toContain(
      `Server ${id} changed to type cpx32`,
    )
    expect(await hcloud.text('server', 'poweron', 'fresh')).toContain(`Server ${id} started`)
    expect(await hcloud.text('server', 'reboot', 'fresh')).toContain(`Server ${id} rebooted`)
    expect(await hcloud.text('server', 'reset', 'fresh')).toContain(`Server ${id} reset`)
    expect(await server('fresh')).toMatchObject({ status: 'running', server_type: { name: 'cpx32' } })
    expect(await hcloud.text('server', 'shutdown', 'fresh')).toContain(`Server ${id} shut down`)
    await expect.poll(async () => (await server('fresh')).status).toBe('off')
  })

  test('relabels, renames, snapshots, rescues', async () => {
    await hcloud.text('server', 'add-label', 'fresh', 'team=data')
    await hcloud.text('server', 'remove-label', 'fresh', 'env')
    expect((await server('fresh')).labels).toEqual({ team: 'data' })
    await hcloud.text('server', 'update', 'fresh', '--name', 'renamed')
    await hcloud.text('server', 'create-image', 'renamed', '--type', 'snapshot', '--description', 'before the change')
    const images = await hcloud.json<{ description: string; status: string }[]>('image', 'list', '-t', 'snapshot')
    expect(images).toContainEqual(expect.objectContaining({ description: 'before the change', status: 'available' }))
    await hcloud.text('server', 'poweron', 'renamed')
    expect(await hcloud.text('server', 'enable-rescue', 'renamed')).toMatch(/with root password: \w{20}\n$/)
    expect((await server('renamed')).rescue_enabled).toBe(true)
    await hcloud.text('server', 'disable-rescue', 'renamed')
    expect(await hcloud.text('server', 'reset-password', 'renamed')).toMatch(/\w{20}/)
    expect(await hcloud.text('server', 'metrics', 'web-1', '--type', 'cpu')).toContain('Metric: cpu')
  })

  test('protection keeps it, and deletion takes it away', async () => {
    await hcloud.text('server', 'enable-protection', 'renamed', 'delete', 'rebuild')
    const kept = await hcloud.run('server', 'delete', 'renamed')
    expect(kept.code).toBe(1)
    expect(kept.stderr).toContain('server deletion is protected (protected)')
    await hcloud.text('server', 'disable-protection', 'renamed', 'delete', 'rebuild')
    expect(await hcloud.text('server', 'delete', 'renamed')).toContain('deleted')
    expect(await hcloud.run('server', 'describe', 'renamed')).toMatchObject({
      code: 1,
      stderr: 'hcloud: server not found: renamed\n',
    })
    expect(await hcloud.json<Server[]>('server', 'list')).toHaveLength(20)
  })

  test('a network, a firewall and a volume come and go', async () => {
    await hcloud.text('network', 'create', '--name', 'lab', '--ip-range', '10.20.0.0/16')
    await hcloud.text(
      'network',
      'add-subnet',
      'lab',
      '--type',
      'cloud',
      '--network-zone',
      'eu-central',
      '--ip-range',
      '10.20.1.0/24',
    )
    await hcloud.text('server', 'attach-to-network', 'web-1', '--network', 'lab')
    await hcloud.text('server', 'detach-from-network', 'web-1', '--network', 'lab')
    await hcloud.text('network', 'delete', 'lab')
    await hcloud.text('firewall', 'create', '--name', 'lab')
    const rule = ['--direction', 'in', '--protocol', 'tcp', '--port', '22', '--source-ips', '0.0.0.0/0']
    await hcloud.text('firewall', 'add-rule', 'lab', ...rule)
    await hcloud.text('firewall', 'apply-to-resource', 'lab', '--type', 'server', '--server', 'web-1')
    await hcloud.text('firewall', 'remove-from-resource', 'lab', '--type', 'server', '--server', 'web-1')
    await hcloud.text('firewall', 'delete', 'lab')
    await hcloud.text('volume', 'create', '--name', 'lab', '--size', '10', '--server', 'web-1')
    await hcloud.text('volume', 'detach', 'lab')
    await hcloud.text('volume', 'delete', 'lab')
  })

  test('a revoked and a read-only token are told apart', async () => {
    const as = (pick: (token: Project['tokens'][number]) => boolean): Hcloud =>
      hcloudAt(simulator.endpoint, shop.tokens.find(pick)?.token ?? '')
    const revoked = await as(({ revoked: dead }) => dead).run('server', 'list')
    expect(revoked.stderr).toContain('(unauthorized)')
    const reader = as(({ access }) => access === 'read')
    expect((await reader.run('server', 'list')).code).toBe(0)
    expect((await reader.run('server', 'poweroff', 'web-1')).stderr).toContain('(token_readonly)')
  })
})

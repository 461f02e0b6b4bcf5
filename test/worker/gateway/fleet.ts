import { control, createTestAccount, outside } from '../../support/accounts.ts'
import { execute, queryFirst } from '../../support/database.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { testCtx } from '../../support/ctx.ts'
import { readWorld, restoreWorld, type Row } from './world.ts'

/** The kinds of a project, by what the simulated provider calls their tables. */
export const kindOf: Record<string, string> = {
  servers: 'server',
  images: 'image',
  ssh_keys: 'ssh_key',
  volumes: 'volume',
  networks: 'network',
  firewalls: 'firewall',
  primary_ips: 'primary_ip',
  floating_ips: 'floating_ip',
  load_balancers: 'load_balancer',
  certificates: 'certificate',
  zones: 'zone',
  placement_groups: 'placement_group',
}

/** One of everything, by kind; a second one under `kind:free` where it is tied to nothing. */
export type Side = Record<string, { id: number; name: string }>

export interface Fleet {
  accountId: string
  projectId: number
  token: string
  web: Side
  data: Side
  /** Our own ids of the two servers. */
  serverIds: { web: string; data: string }
}

const notServed = /: (404|405) .*(api route not found|method not allowed)/

/** What only this resource is called, in letters that every kind of name may have. */
const canary = (side: string, kind: string) =>
  `cnry-${side}-${kind.replaceAll('_', '')}-${crypto.randomUUID().slice(0, 8)}`

/**
 * A project with two teams in it, `team=web` and `team=data`, each with one of every kind that the simulated provider has,
 * tied to each other across the teams in every way that there is. Every name and label is a word of its own.
 */
export async function createFleet(): Promise<Fleet> {
  const { accountId, project } = await createTestAccount({ servers: 0 })
  await control('/time', { scale: 0 }, 'PUT')
  await control(`/projects/${project.id}/limits`, { rate_limit: 1_000_000_000 }, 'PUT')
  const { token } = project
  const web = await createSide(token, 'web')
  const data = await createSide(token, 'data')
  await tie(token, web, data)
  await tie(token, data, web)
  await syncAccount(testCtx(), accountId, { reason: 'manual' })
  const own = async ({ id }: { id: number }) => {
    const row = await queryFirst<{ id: string }>('SELECT id FROM servers WHERE provider_id = ?', String(id))
    return row?.id ?? ''
  }
  const serverIds = { web: await own(one(web, 'server')), data: await own(one(data, 'server')) }
  await setEnvironment(serverIds.web, 'production')
  await setEnvironment(serverIds.data, 'staging')
  return { accountId, projectId: project.id, token, web, data, serverIds }
}

const setEnvironment = (serverId: string, environment: string) =>
  execute(
    "INSERT INTO server_metadata (server_id, tags, notes, project, environment, updated_at, updated_by) VALUES (?, '[]', '', 'shop', ?, 1, '')",
    serverId,
    environment,
  )

export function one(side: Side, name: string): { id: number; name: string } {
  const found = side[name]
  if (!found) throw new Error(`no ${name} here`)
  return found
}

async function createSide(token: string, team: string): Promise<Side> {
  const side: Side = {}
  const make = async (kind: string, path: string, body: object, as = kind) => {
    const name = canary(team, kind)
    try {
      const answer = await outside<Record<string, { id: number; name?: string | null }>>(token, 'POST', path, {
        name: kind === 'zone' ? `${name}.example` : name,
        labels: { team, own: name },
        ...body,
      })
      const made = answer[kind]
      if (made) side[as] = { id: made.id, name: made.name ?? name }
    } catch (error) {
      if (!(error instanceof Error) || !notServed.test(error.message)) throw error
    }
  }
  await make('server', '/servers', { server_type: 'cpx22', image: 'debian-12', location: 'fsn1' })
  const server = one(side, 'server').id
  await make('volume', '/volumes', { size: 10, server })
  await make('volume', '/volumes', { size: 10, location: 'fsn1' }, 'volume:free')
  const subnets = [{ type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' }]
  await make('network', '/networks', { ip_range: '10.0.0.0/16', subnets })
  await make('network', '/networks', { ip_range: '10.0.0.0/16', subnets }, 'network:free')
  const rules = [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0'] }]
  await make('firewall', '/firewalls', { rules, apply_to: [{ type: 'server', server: { id: server } }] })
  await make('firewall', '/firewalls', { rules }, 'firewall:free')
  await make('floating_ip', '/floating_ips', { type: 'ipv4', server, description: canary(team, 'words') })
  await make('floating_ip', '/floating_ips', { type: 'ipv4', home_location: 'fsn1' }, 'floating_ip:free')
  const address = { type: 'ipv4', location: 'fsn1', assignee_type: 'server', auto_delete: false }
  await make('primary_ip', '/primary_ips', address)
  await make('placement_group', '/placement_groups', { type: 'spread' })
  await make('ssh_key', '/ssh_keys', { public_key: `ssh-ed25519 ${btoa(canary(team, 'key').padEnd(51, 'x'))}` })
  await make('image', `/servers/${server}/actions/create_image`, {
    type: 'snapshot',
    description: canary(team, 'image'),
  })
  await make('certificate', '/certificates', { type: 'managed', domain_names: [`${canary(team, 'domain')}.example`] })
  await make('zone', '/zones', { mode: 'primary' })
  await make('load_balancer', '/load_balancers', { load_balancer_type: 'lb11', location: 'fsn1' })
  await make('load_balancer', '/load_balancers', { load_balancer_type: 'lb11', location: 'fsn1' }, 'load_balancer:free')
  const zone = side['zone']
  if (zone) {
    const records = [{ value: '203.0.113.1' }]
    await outside(token, 'POST', `/zones/${zone.id}/rrsets`, { name: 'www', type: 'A', records })
  }
  return side
}

/** What this team has, on the other team's server too; and, switched off, with a group. */
async function tie(token: string, own: Side, other: Side): Promise<void> {
  const post = (path: string, body: object = {}) => outside(token, 'POST', path, body)
  const [mine, theirs] = [one(own, 'server').id, one(other, 'server').id]
  const network = one(own, 'network').id
  for (const server of [mine, theirs]) await post(`/servers/${server}/actions/attach_to_network`, { network })
  await post(`/firewalls/${one(own, 'firewall').id}/actions/apply_to_resources`, {
    apply_to: [{ type: 'server', server: { id: theirs } }],
  })
  const lent = await outside<{ volume: Side[string] }>(token, 'POST', '/volumes', {
    name: `${one(own, 'volume').name}-lent`,
    size: 10,
    server: theirs,
    labels: { team: teamOf(own), own: `${one(own, 'volume').name}-lent` },
  })
  own['volume:lent'] = lent.volume
  await post(`/floating_ips/${one(own, 'floating_ip').id}/actions/assign`, { server: theirs })
  await post(`/servers/${mine}/actions/poweroff`)
  await post(`/servers/${mine}/actions/add_to_placement_group`, { placement_group: one(own, 'placement_group').id })
  const balancer = own['load_balancer']
  if (!balancer) return
  for (const id of [mine, theirs]) {
    await post(`/load_balancers/${balancer.id}/actions/add_target`, { type: 'server', server: { id } })
  }
  await post(`/load_balancers/${balancer.id}/actions/attach_to_network`, { network: one(other, 'network').id })
}

const teamOf = (side: Side) => one(side, 'server').name.split('-')[1] ?? ''

const serversIn = (rows: ReadonlyMap<string, Row>) =>
  JSON.stringify([...rows].filter(([name]) => name.startsWith('servers:')))

/** The fleets as they are now, and a way back to that. */
export async function keepFleets(fleets: readonly Fleet[]) {
  const projects = fleets.map(({ projectId }) => projectId)
  const rows = await readWorld(projects)
  const ctx = testCtx()
  return {
    rows,
    now: (): Promise<ReadonlyMap<string, Row>> => readWorld(projects),
    restore: async () => {
      const before = serversIn(await readWorld(projects))
      await restoreWorld(projects, rows)
      for (const { accountId } of fleets) {
        await ctx.mirror.noteWrite(accountId)
        if (before !== serversIn(rows)) await syncAccount(ctx, accountId, { reason: 'manual' })
      }
    },
  }
}

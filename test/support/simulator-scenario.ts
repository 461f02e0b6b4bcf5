import type { Answer, TestWorld } from '../worker/simulator/client.ts'
import { playCertificates, playLoadBalancers } from './balancing-scenario.ts'
import { playZones } from './simulator-scenario-dns.ts'

type Ask = (path: string, body?: unknown) => Answer
/** What a part of the scenario is played with. */
export interface Stage {
  get: Ask
  post: Ask
  put: Ask
  remove: Ask
  /** The id of the resource under a key of an answer. */
  make: (key: string, path: string, body: unknown) => number
  lists: (kind: string, id: number) => void
}

/** Every operation that the simulator serves, at least once, said by `send`. */
export function playAll(world: TestWorld, send: TestWorld['send']): void {
  const play = stage(world, send)
  playCatalogue(play)
  playServers(play)
  playStorageAndPlacement(play)
  playNetworks(play)
  playAddresses(play)
  playCertificates(play)
  playLoadBalancers(play)
  playZones(play)
}

function stage(world: TestWorld, send: TestWorld['send']): Stage {
  const ask =
    (method: string): Ask =>
    (path, body) => {
      const answer = send(method, path, body)
      world.advance(20)
      return answer
    }
  const get = ask('GET')
  const post = ask('POST')
  return {
    get,
    post,
    put: ask('PUT'),
    remove: ask('DELETE'),
    make(key, path, body) {
      const answer = post(path, body)
      if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`)
      return answer.body[key].id as number
    },
    /** Every list of a kind, one of it, and its actions in all their forms. */
    lists(kind, id) {
      get(`/${kind}?sort=id:asc&page=1&per_page=50`)
      get(`/${kind}/${id}`)
      const { actions } = get(`/${kind}/${id}/actions`).body
      get(`/${kind}/actions`)
      const action = (actions as { id: number }[])[0]?.id
      if (action === undefined) throw new Error(`${kind} ${id} has no action to look at`)
      get(`/${kind}/actions/${action}`)
      get(`/${kind}/${id}/actions/${action}`)
      get(`/actions/${action}`)
      get(`/actions?id=${action}&page=1`)
    },
  }
}

function playCatalogue({ get }: Stage): void {
  for (const kind of ['locations', 'server_types', 'isos', 'load_balancer_types', 'images', 'ssh_keys', 'servers'])
    get(`/${kind}`)
  for (const path of [
    '/locations/1',
    '/server_types/114',
    '/server_types/104',
    '/isos/26045',
    '/load_balancer_types/1',
  ])
    get(path)
  get('/images?include_deprecated=true&per_page=50')
  get('/images/161547269')
  get('/pricing')
  get('/datacenters')
  get('/datacenters/1')
  get('/actions')
}

function playServers({ get, post, put, remove, make, lists }: Stage): void {
  const key = make('ssh_key', '/ssh_keys', {
    name: 'key',
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq8r1Qy me',
    labels: { a: 'b' },
  })
  get(`/ssh_keys/${key}`)
  put(`/ssh_keys/${key}`, { name: 'renamed' })
  const id = make('server', '/servers', {
    name: 'web',
    server_type: 'cpx22',
    image: 'debian-12',
    location: 'fsn1',
    ssh_keys: [String(key)],
  })
  const act = (name: string, body?: unknown): Answer => post(`/servers/${id}/actions/${name}`, body)
  lists('servers', id)
  put(`/servers/${id}`, { labels: { env: 'test' } })
  for (const name of ['shutdown', 'poweron', 'reboot', 'reset', 'reset_password', 'request_console', 'enable_backup'])
    act(name)
  act('create_image', { type: 'backup' })
  const image = act('create_image', { type: 'snapshot', description: 'snap' }).body.image.id as number
  lists('images', image)
  put(`/images/${image}`, { description: 'renamed', labels: {} })
  post(`/images/${image}/actions/change_protection`, { delete: false })
  remove(`/images/${image}`)
  act('disable_backup')
  act('rebuild', { image: 'ubuntu-24.04' })
  act('enable_rescue', { type: 'linux64' })
  act('disable_rescue')
  act('attach_iso', { iso: 'debian-13.1.0-amd64-netinst.iso' })
  get(`/servers/${id}`)
  act('detach_iso')
  act('change_dns_ptr', { ip: get(`/servers/${id}`).body.server.public_net.ipv4.ip, dns_ptr: 'a.example.com' })
  act('change_protection', { delete: true, rebuild: true })
  remove(`/servers/${id}`)
  act('change_protection', { delete: false, rebuild: false })
  get(`/servers/${id}/metrics?type=cpu&type=network&start=2026-11-20T00:00:00Z&end=2026-11-21T00:00:00Z`)
  act('poweroff')
  act('change_type', { server_type: 'cpx32', upgrade_disk: false })
  remove(`/servers/${id}`)
  remove(`/ssh_keys/${key}`)
}

function playStorageAndPlacement({ get, post, put, remove, make, lists }: Stage): void {
  const server = make('server', '/servers', {
    name: 'host',
    server_type: 'cpx22',
    image: 'debian-12',
    location: 'fsn1',
  })
  const volume = make('volume', '/volumes', { name: 'data', size: 10, server, format: 'ext4' })
  lists('volumes', volume)
  get(`/servers/${server}`)
  put(`/volumes/${volume}`, { name: 'renamed' })
  post(`/volumes/${volume}/actions/detach`)
  post(`/volumes/${volume}/actions/attach`, { server })
  post(`/volumes/${volume}/actions/resize`, { size: 20 })
  post(`/volumes/${volume}/actions/change_protection`, { delete: false })
  post(`/volumes/${volume}/actions/detach`)
  remove(`/volumes/${volume}`)
  const group = make('placement_group', '/placement_groups', { name: 'group', type: 'spread' })
  post(`/servers/${server}/actions/poweroff`)
  post(`/servers/${server}/actions/add_to_placement_group`, { placement_group: group })
  get(`/servers/${server}`)
  get('/placement_groups')
  get(`/placement_groups/${group}`)
  put(`/placement_groups/${group}`, { name: 'renamed' })
  post(`/servers/${server}/actions/remove_from_placement_group`)
  remove(`/placement_groups/${group}`)
  remove(`/servers/${server}`)
}

function playNetworks({ get, post, put, remove, make, lists }: Stage): void {
  const server = make('server', '/servers', {
    name: 'member',
    server_type: 'cpx22',
    image: 'debian-12',
    location: 'fsn1',
  })
  const network = make('network', '/networks', { name: 'net', ip_range: '10.0.0.0/16', labels: {} })
  const change = (name: string, body: unknown): Answer => post(`/networks/${network}/actions/${name}`, body)
  change('add_subnet', { type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' })
  change('add_route', { destination: '192.168.0.0/24', gateway: '10.0.1.5' })
  post(`/servers/${server}/actions/attach_to_network`, { network })
  post(`/servers/${server}/actions/change_alias_ips`, { network, alias_ips: ['10.0.1.9'] })
  get(`/servers/${server}`)
  lists('networks', network)
  post(`/servers/${server}/actions/detach_from_network`, { network })
  put(`/networks/${network}`, { name: 'renamed' })
  change('delete_route', { destination: '192.168.0.0/24', gateway: '10.0.1.5' })
  change('delete_subnet', { ip_range: '10.0.1.0/24' })
  change('change_ip_range', { ip_range: '10.0.0.0/12' })
  change('change_protection', { delete: false })
  remove(`/networks/${network}`)
  const rules = [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0'] }]
  const firewall = make('firewall', '/firewalls', {
    name: 'fw',
    rules,
    apply_to: [{ type: 'server', server: { id: server } }],
  })
  const selector = { type: 'label_selector', label_selector: { selector: 'a' } }
  post(`/firewalls/${firewall}/actions/apply_to_resources`, { apply_to: [selector] })
  lists('firewalls', firewall)
  get(`/servers/${server}`)
  put(`/firewalls/${firewall}`, { name: 'renamed' })
  post(`/firewalls/${firewall}/actions/set_rules`, { rules: [] })
  post(`/firewalls/${firewall}/actions/remove_from_resources`, {
    remove_from: [selector, { type: 'server', server: { id: server } }],
  })
  remove(`/firewalls/${firewall}`)
  remove(`/servers/${server}`)
}

function playAddresses({ get, post, put, remove, make, lists }: Stage): void {
  const server = make('server', '/servers', {
    name: 'bare',
    server_type: 'cpx22',
    image: 'debian-12',
    location: 'fsn1',
    start_after_create: false,
    public_net: { enable_ipv4: false, enable_ipv6: false },
  })
  for (const kind of ['primary_ips', 'floating_ips'] as const) {
    const isPrimary = kind === 'primary_ips'
    const place = isPrimary ? { location: 'fsn1' } : { home_location: 'fsn1' }
    const id = make(isPrimary ? 'primary_ip' : 'floating_ip', `/${kind}`, { name: 'ip', type: 'ipv4', ...place })
    const act = (name: string, body?: unknown): Answer => post(`/${kind}/${id}/actions/${name}`, body)
    get(`/${kind}/${id}`)
    act('assign', isPrimary ? { assignee_id: server, assignee_type: 'server' } : { server })
    lists(kind, id)
    get(`/servers/${server}`)
    put(`/${kind}/${id}`, { name: 'renamed' })
    act('change_dns_ptr', {
      ip: get(`/${kind}/${id}`).body[isPrimary ? 'primary_ip' : 'floating_ip'].ip,
      dns_ptr: 'a.example.com',
    })
    act('change_protection', { delete: true })
    act('change_protection', { delete: false })
    act('unassign')
    remove(`/${kind}/${id}`)
  }
}

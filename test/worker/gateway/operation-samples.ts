import { uploadable } from '../../support/certificate.ts'
import type { Side } from './fleet.ts'

export interface Sample {
  /** What the path names, where it is not the side's first of the kind. */
  on?: string
  query?: string
  body?: object
  /** What has to be done first so that the provider accepts it. */
  first?: [path: string, body?: object][]
  /** What the provider says of it in this fleet, where it is not yes. */
  refused?: string
}

type Make = (side: Side, labels: Record<string, string>) => Sample

const id = (side: Side, name: string) => side[name]?.id ?? 99_999_999
const server = (side: Side) => ({ type: 'server', server: { id: id(side, 'server') } })
const running = (side: Side): Sample => ({ first: [[`/servers/${id(side, 'server')}/actions/poweron`]] })
const always =
  (body: object): Make =>
  () => ({ body })
const named: Make = (_, labels) => ({ body: { name: 'made-by-key', labels } })
const protect = always({ delete: true })
const network = (side: Side) => ({ network: id(side, 'network') })
const balancer = (side: Side, action: string, which = 'load_balancer') =>
  `/load_balancers/${id(side, which)}/actions/${action}`
/** Tied to nothing, and put into a network first. */
const inNetwork = (side: Side): Sample => ({
  on: 'load_balancer:free',
  first: [[balancer(side, 'attach_to_network', 'load_balancer:free'), { network: id(side, 'network:free') }]],
})
const service = { protocol: 'tcp', listen_port: 80, destination_port: 80 }
const rules = [{ direction: 'in', protocol: 'icmp', source_ips: ['0.0.0.0/0'] }]
const record = { name: 'made', type: 'A', records: [{ value: '203.0.113.7' }] }
const records = always({ records: [{ value: '203.0.113.8' }] })

/** A request of each operation that needs more than its path. */
export const samples: Readonly<Record<string, Make>> = {
  'GET /firewalls/{id}/actions/{action_id}': () => ({ on: 'firewall:free' }),
  'GET /servers/{id}/metrics': () => ({ query: '?type=cpu&start=2026-11-20T00:00:00Z&end=2026-11-20T01:00:00Z' }),
  'GET /load_balancers/{id}/metrics': () => ({
    query: '?type=bandwidth&start=2026-11-20T00:00:00Z&end=2026-11-20T01:00:00Z',
  }),

  'POST /servers': (_, labels) => ({
    body: { name: 'made-by-key', server_type: 'cpx22', image: 'debian-12', location: 'fsn1', labels },
  }),
  'PUT /servers/{id}': always({ name: 'renamed' }),
  'POST /servers/{id}/actions/reboot': running,
  'POST /servers/{id}/actions/reset': running,
  'POST /servers/{id}/actions/shutdown': running,
  'POST /servers/{id}/actions/reset_password': running,
  'POST /servers/{id}/actions/rebuild': always({ image: 'debian-12' }),
  'POST /servers/{id}/actions/change_type': always({ server_type: 'cpx32', upgrade_disk: false }),
  'POST /servers/{id}/actions/enable_rescue': always({ type: 'linux64' }),
  'POST /servers/{id}/actions/create_image': (_, labels) => ({ body: { type: 'snapshot', labels } }),
  'POST /servers/{id}/actions/attach_iso': always({ iso: 118_640 }),
  'POST /servers/{id}/actions/attach_to_network': (side) => ({ body: { network: id(side, 'network:free') } }),
  'POST /servers/{id}/actions/detach_from_network': (side) => ({ body: network(side) }),
  'POST /servers/{id}/actions/change_alias_ips': (side) => ({ body: { ...network(side), alias_ips: [] } }),
  'POST /servers/{id}/actions/add_to_placement_group': (side) => ({
    body: { placement_group: id(side, 'placement_group') },
    first: [[`/servers/${id(side, 'server')}/actions/remove_from_placement_group`]],
  }),
  'POST /servers/{id}/actions/change_dns_ptr': () => ({
    body: { ip: '203.0.113.1', dns_ptr: null },
    refused: '422 invalid_input',
  }),
  'POST /servers/{id}/actions/change_protection': always({ delete: true, rebuild: true }),

  'PUT /images/{id}': always({ description: 'renamed' }),
  'POST /images/{id}/actions/change_protection': protect,

  'POST /ssh_keys': (_, labels) => ({
    body: { name: 'made-by-key', public_key: `ssh-ed25519 ${btoa('made'.padEnd(51, 'y'))}`, labels },
  }),
  'PUT /ssh_keys/{id}': always({ name: 'renamed' }),

  'POST /volumes': (_, labels) => ({ body: { name: 'made-by-key', size: 10, location: 'fsn1', labels } }),
  'PUT /volumes/{id}': always({ name: 'renamed' }),
  'DELETE /volumes/{id}': () => ({ on: 'volume:free' }),
  'POST /volumes/{id}/actions/attach': (side) => ({ on: 'volume:free', body: { server: id(side, 'server') } }),
  'POST /volumes/{id}/actions/resize': always({ size: 20 }),
  'POST /volumes/{id}/actions/change_protection': protect,

  'POST /networks': (_, labels) => ({ body: { name: 'made-by-key', ip_range: '10.0.0.0/16', labels } }),
  'PUT /networks/{id}': always({ name: 'renamed' }),
  'POST /networks/{id}/actions/add_route': always({ destination: '10.100.1.0/24', gateway: '10.0.1.1' }),
  'POST /networks/{id}/actions/delete_route': (side) => ({
    body: { destination: '10.100.1.0/24', gateway: '10.0.1.1' },
    first: [
      [`/networks/${id(side, 'network')}/actions/add_route`, { destination: '10.100.1.0/24', gateway: '10.0.1.1' }],
    ],
  }),
  'POST /networks/{id}/actions/add_subnet': always({
    type: 'cloud',
    network_zone: 'eu-central',
    ip_range: '10.0.2.0/24',
  }),
  'POST /networks/{id}/actions/delete_subnet': () => ({ on: 'network:free', body: { ip_range: '10.0.1.0/24' } }),
  'POST /networks/{id}/actions/change_ip_range': always({ ip_range: '10.0.0.0/15' }),
  'POST /networks/{id}/actions/change_protection': protect,

  'POST /firewalls': named,
  'PUT /firewalls/{id}': always({ name: 'renamed' }),
  'DELETE /firewalls/{id}': () => ({ on: 'firewall:free' }),
  'POST /firewalls/{id}/actions/set_rules': always({ rules }),
  'POST /firewalls/{id}/actions/apply_to_resources': (side) => ({
    on: 'firewall:free',
    body: { apply_to: [server(side)] },
  }),
  'POST /firewalls/{id}/actions/remove_from_resources': (side) => ({ body: { remove_from: [server(side)] } }),

  'POST /primary_ips': (_, labels) => ({
    body: { name: 'made-by-key', type: 'ipv4', location: 'fsn1', assignee_type: 'server', auto_delete: false, labels },
  }),
  'PUT /primary_ips/{id}': always({ name: 'renamed' }),
  'POST /primary_ips/{id}/actions/assign': (side) => ({
    body: { assignee_type: 'server', assignee_id: id(side, 'server') },
    refused: '422 server_has_ipv4',
  }),
  'POST /primary_ips/{id}/actions/change_dns_ptr': () => ({
    body: { ip: '203.0.113.1', dns_ptr: null },
    refused: '422 invalid_input',
  }),
  'POST /primary_ips/{id}/actions/change_protection': protect,

  'POST /floating_ips': (_, labels) => ({
    body: { name: 'made-by-key', type: 'ipv4', home_location: 'fsn1', labels },
  }),
  'PUT /floating_ips/{id}': always({ name: 'renamed' }),
  'DELETE /floating_ips/{id}': () => ({ on: 'floating_ip:free' }),
  'POST /floating_ips/{id}/actions/assign': (side) => ({
    on: 'floating_ip:free',
    body: { server: id(side, 'server') },
  }),
  'POST /floating_ips/{id}/actions/unassign': () => ({ on: 'floating_ip:free' }),
  'POST /floating_ips/{id}/actions/change_dns_ptr': () => ({
    body: { ip: '203.0.113.1', dns_ptr: null },
    refused: '422 invalid_input',
  }),
  'POST /floating_ips/{id}/actions/change_protection': protect,

  'POST /placement_groups': (_, labels) => ({ body: { name: 'made-by-key', type: 'spread', labels } }),
  'PUT /placement_groups/{id}': always({ name: 'renamed' }),

  'POST /load_balancers': (_, labels) => ({
    body: { name: 'made-by-key', load_balancer_type: 'lb11', location: 'fsn1', labels },
  }),
  'PUT /load_balancers/{id}': always({ name: 'renamed' }),
  'POST /load_balancers/{id}/actions/add_service': always(service),
  'POST /load_balancers/{id}/actions/update_service': (side) => ({
    body: { listen_port: 80, destination_port: 81 },
    first: [[balancer(side, 'add_service'), service]],
  }),
  'POST /load_balancers/{id}/actions/delete_service': (side) => ({
    body: { listen_port: 80 },
    first: [[balancer(side, 'add_service'), service]],
  }),
  'POST /load_balancers/{id}/actions/add_target': (side) => ({
    body: server(side),
    first: [[balancer(side, 'remove_target'), server(side)]],
  }),
  'POST /load_balancers/{id}/actions/remove_target': (side) => ({ body: server(side) }),
  'POST /load_balancers/{id}/actions/change_algorithm': always({ type: 'least_connections' }),
  'POST /load_balancers/{id}/actions/change_type': always({ load_balancer_type: 'lb21' }),
  'POST /load_balancers/{id}/actions/attach_to_network': (side) => ({
    on: 'load_balancer:free',
    body: { network: id(side, 'network:free') },
  }),
  'POST /load_balancers/{id}/actions/disable_public_interface': inNetwork,
  'POST /load_balancers/{id}/actions/detach_from_network': (side) => ({
    ...inNetwork(side),
    body: { network: id(side, 'network:free') },
  }),
  'POST /load_balancers/{id}/actions/change_dns_ptr': () => ({
    body: { ip: '203.0.113.1', dns_ptr: null },
    refused: '422 invalid_input',
  }),
  'POST /load_balancers/{id}/actions/change_protection': protect,

  'POST /certificates': (_, labels) => ({
    body: { name: 'made-by-key', type: 'uploaded', ...uploadable(['made.example']), labels },
  }),
  'PUT /certificates/{id}': always({ name: 'renamed' }),

  'POST /zones': (_, labels) => ({ body: { name: 'made-by-key.example', mode: 'primary', labels } }),
  'PUT /zones/{id_or_name}': always({}),
  'POST /zones/{id_or_name}/actions/change_protection': protect,
  'POST /zones/{id_or_name}/actions/change_ttl': always({ ttl: 60 }),
  'POST /zones/{id_or_name}/actions/import_zonefile': () => ({
    body: { zonefile: 'www 3600 IN A 203.0.113.9\n' },
    refused: '422 invalid_input',
  }),
  'POST /zones/{id_or_name}/actions/change_primary_nameservers': () => ({
    body: { primary_nameservers: [{ address: '203.0.113.53' }] },
    refused: '422 incorrect_zone_mode',
  }),
  'POST /zones/{id_or_name}/rrsets': always(record),
  'PUT /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}': always({ labels: {} }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/change_protection': always({ change: true }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/change_ttl': always({ ttl: 60 }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/set_records': records,
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/add_records': records,
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/remove_records': always({
    records: [{ value: '203.0.113.1' }],
  }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/update_records': always({
    records: [{ value: '203.0.113.1', comment: 'x' }],
  }),
}

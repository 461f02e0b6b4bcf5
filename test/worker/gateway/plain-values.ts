import * as fc from 'fast-check'

/** What is for sale, by id or name, as it is in the simulated catalogue. */
export const catalogueNames: Record<string, readonly unknown[]> = {
  location: ['fsn1', 1],
  server_type: ['cpx22', 109, 'cpx32'],
  load_balancer_type: ['lb11', 1, 'lb21'],
  iso: [118_640, 1],
  datacenter: ['fsn1-dc14'],
}

let count = 0

/** Labels that a key for `team=web` may give, and those that it must not. */
const labels = fc.constantFrom<unknown>(
  {},
  { team: 'web' },
  { team: 'web', more: 'x' },
  { team: 'data' },
  { team: 'Web' },
  { Team: 'web' },
  { 'team ': 'web' },
  { team: '' },
  { team: ['web', 'data'] },
  { team: { web: 1 } },
  { team: 1 },
  { team: null },
  { team: 'web,data' },
  { 'team\u0000': 'data' },
  { '\uff54eam': 'data' },
  { constructor: 'x', team: 'data' },
  [],
  [['team', 'data']],
  'team=data',
  null,
  0,
  false,
)

const byName: Record<string, fc.Arbitrary<unknown>> = {
  labels,
  size: fc.constantFrom<unknown>(10, 20, 30, 10_240),
  ip: fc.constantFrom<unknown>('10.0.1.5', '10.0.1.200', '203.0.113.9', undefined),
  dns_ptr: fc.constantFrom<unknown>('a.example', null, 'cnry.example'),
  alias_ips: fc.constantFrom<unknown>([], ['10.0.1.77'], ['10.0.1.2']),
  delete: fc.boolean(),
  rebuild: fc.boolean(),
  change: fc.boolean(),
  auto_delete: fc.boolean(),
  automount: fc.boolean(),
  start_after_create: fc.boolean(),
  upgrade_disk: fc.boolean(),
  use_private_ip: fc.boolean(),
  enable_ipv4: fc.constant(true),
  enable_ipv6: fc.constant(true),
  public_interface: fc.constant(true),
  expose_routes_to_vswitch: fc.boolean(),
  ttl: fc.constantFrom(3_600, 60),
  port: fc.constant(53),
  mode: fc.constant('primary'),
  format: fc.constantFrom<unknown>('ext4', undefined),
  description: fc.constantFrom('words', 'team=data'),
  network_zone: fc.constant('eu-central'),
  destination: fc.constant('10.100.1.0/24'),
  gateway: fc.constant('10.0.1.2'),
  vswitch_id: fc.constantFrom<unknown>(undefined, 1_000, 'x'),
  ip_range: fc.constantFrom('10.0.0.0/16', '10.0.2.0/24', '10.0.1.0/24', '10.0.0.0/8'),
  rules: fc.constantFrom<unknown>([], [{ direction: 'in', protocol: 'icmp', source_ips: ['0.0.0.0/0'] }]),
  protocol: fc.constantFrom('tcp', 'http'),
  listen_port: fc.integer({ min: 80, max: 90 }),
  destination_port: fc.constant(80),
  proxyprotocol: fc.constant(false),
  algorithm: fc.constant({ type: 'round_robin' }),
  health_check: fc.constant({ protocol: 'tcp', port: 80, interval: 15, timeout: 10, retries: 3 }),
  domain_names: fc.constant(['made.example']),
  value: fc.constantFrom('203.0.113.9', '"text"'),
  comment: fc.constantFrom('x', undefined),
  address: fc.constant('203.0.113.53'),
  rrsets: fc.constantFrom<unknown>([], [{ name: 'x', type: 'A', records: [{ value: '203.0.113.4' }] }]),
  zonefile: fc.constant('www 3600 IN A 203.0.113.5\n'),
}

const types: [RegExp, fc.Arbitrary<unknown>][] = [
  [/primary_ips|floating_ips/, fc.constantFrom('ipv4', 'ipv6')],
  [/subnet|subnets/, fc.constantFrom('cloud', 'vswitch')],
  [/POST \/networks/, fc.constantFrom('cloud', 'vswitch')],
  [/placement_groups/, fc.constant('spread')],
  [/certificates/, fc.constantFrom('managed', 'uploaded')],
  [/rrsets/, fc.constantFrom('A', 'TXT')],
  [/change_algorithm/, fc.constant('least_connections')],
  [/enable_rescue/, fc.constant('linux64')],
]

/** A plausible value of a field that names nothing: by its own name, where that tells, and by its operation. */
export function plainValues(place: string, operation: string): fc.Arbitrary<unknown> {
  const name = place.split('.').at(-1) ?? place
  if (name === 'name') {
    const made = fc
      .constantFrom('made', 'x')
      .map((text) => `${text}-${(count += 1)}${operation.endsWith(' /zones') ? '.example' : ''}`)
    return fc.oneof({ weight: 8, arbitrary: made }, { weight: 1, arbitrary: fc.constant('{{server.in.0.name}}') })
  }
  if (name === 'type') return types.find(([of]) => of.test(operation))?.[1] ?? fc.constant('x')
  return byName[name] ?? fc.constantFrom<unknown>('x', 1, true)
}

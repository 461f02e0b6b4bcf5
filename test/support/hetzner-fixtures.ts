/** A server as the provider sends it (FACTS §7). */
export const wireServerFixture = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 42,
  name: 'web-1',
  status: 'running',
  created: '2026-01-30T23:55:00+00:00',
  public_net: {
    ipv4: { id: 1, ip: '192.0.2.7', blocked: false, dns_ptr: 'static.example' },
    ipv6: { id: 2, ip: '2001:db8::/64', blocked: false, dns_ptr: null },
    floating_ips: [],
    firewalls: [],
  },
  private_net: [{ network: 5, ip: '10.0.0.2', alias_ips: [], mac_address: '86:00:ff:2a:7d:e1' }],
  server_type: {
    id: 114,
    name: 'cx23',
    description: 'CX23',
    category: 'Cost-Optimized',
    cores: 2,
    memory: 4,
    disk: 40,
    cpu_type: 'shared',
    storage_type: 'local',
    architecture: 'x86',
    prices: [
      { location: 'nbg1', price_hourly: { net: '0.0090', gross: '0.01' }, price_monthly: { net: '5.60', gross: '6' } },
      {
        location: 'fsn1',
        price_hourly: { net: '0.0088000000000000', gross: '0.0104720000000000' },
        price_monthly: { net: '5.4900000000', gross: '6.5331000000' },
        included_traffic: 21990232555520,
        price_per_tb_traffic: { net: '1.0000000000', gross: '1.1900000000' },
      },
    ],
    deprecation: null,
    locations: [{ id: 1, name: 'fsn1', deprecation: null, recommended: false, available: true }],
  },
  location: { id: 1, name: 'fsn1', country: 'DE', city: 'Falkenstein', network_zone: 'eu-central' },
  image: { id: 161547269, type: 'system', name: 'ubuntu-24.04', description: 'Ubuntu 24.04', deprecation: null },
  iso: null,
  rescue_enabled: false,
  locked: false,
  backup_window: '22-02',
  outgoing_traffic: 123456,
  ingoing_traffic: 7,
  included_traffic: 21990232555520,
  protection: { delete: true, rebuild: true },
  labels: { env: 'prod' },
  volumes: [],
  load_balancers: [],
  primary_disk_size: 40,
  placement_group: null,
  ...overrides,
})

/** An action as the provider sends it (FACTS §6). */
export const wireActionFixture = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 9001,
  command: 'start_server',
  status: 'running',
  progress: 0,
  started: '2026-01-30T23:55:00Z',
  finished: null,
  resources: [{ id: 42, type: 'server' }],
  error: null,
  ...overrides,
})

export const wireMeta = (page: number, lastPage: number, total: number) => ({
  pagination: {
    page,
    per_page: 50,
    previous_page: page > 1 ? page - 1 : null,
    next_page: page < lastPage ? page + 1 : null,
    last_page: lastPage,
    total_entries: total,
  },
})

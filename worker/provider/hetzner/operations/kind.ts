/** What somebody can be given or refused one by one. The names are those of `action.resources[].type`. */
export const resourceKinds = [
  'server',
  'image',
  'ssh_key',
  'volume',
  'network',
  'firewall',
  'primary_ip',
  'floating_ip',
  'load_balancer',
  'certificate',
  'zone',
  'placement_group',
  'action',
] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** The same for every customer: nothing to hide. */
export const catalogueKinds = ['iso', 'location', 'server_type', 'load_balancer_type', 'datacenter'] as const
export type CatalogueKind = (typeof catalogueKinds)[number]

/** The kind whose ids follow this segment of a path. */
export const collections: Readonly<Record<string, ResourceKind | CatalogueKind>> = {
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
  actions: 'action',
  isos: 'iso',
  locations: 'location',
  server_types: 'server_type',
  load_balancer_types: 'load_balancer_type',
  datacenters: 'datacenter',
}

const known: ReadonlySet<unknown> = new Set(resourceKinds)
export const isResourceKind = (value: unknown): value is ResourceKind => known.has(value)

const catalogue: ReadonlySet<unknown> = new Set(catalogueKinds)
export const isCatalogueKind = (value: unknown): value is CatalogueKind => catalogue.has(value)

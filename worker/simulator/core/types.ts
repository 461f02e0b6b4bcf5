import type { CertificateRecord, LoadBalancerRecord } from './balancing-types.ts'
import type { RrsetRecord, ZoneRecord } from './dns-types.ts'
import type { Entity, Labels } from './entity.ts'

export type * from './balancing-types.ts'
export type * from './dns-types.ts'
export type * from './entity.ts'

/** Records of the simulated world as they are stored. Times are integer milliseconds since the epoch. */

export interface ProjectRecord extends Entity {
  name: string
  created: number
  /** Quotas by resource name; a missing one means no limit. */
  limits: Record<string, number>
  /** Requests per hour (FACTS §4). */
  rateLimit: number
}

export interface TokenRecord extends Entity {
  name: string
  token: string
  access: 'read_write' | 'read'
  revoked: boolean
}

export type ServerStatus =
  | 'running'
  | 'initializing'
  | 'starting'
  | 'stopping'
  | 'off'
  | 'deleting'
  | 'migrating'
  | 'rebuilding'
  | 'unknown'

export interface ServerRecord extends Entity {
  name: string
  /** A plain string, because a world control may set a status that no document names. */
  status: ServerStatus | (string & {})
  created: number
  labels: Labels
  type: string
  location: string
  image: number | null
  iso: number | null
  diskSize: number
  ipv4: number | null
  ipv6: number | null
  rescue: boolean
  /** Id of the action that holds the server; null = free. */
  lockedBy: number | null
  /** Set by a world control: locked although no action runs. */
  lockedOutside?: boolean
  backupWindow: string | null
  protection: { delete: boolean; rebuild: boolean }
  placementGroup: number | null
  privateNet: PrivateNetRecord[]
  /** When it was last switched off; null while it runs. Metrics stop there. */
  offSince: number | null
  /** True when it was created with ssh keys, so that no root password is ever handed out. */
  keyLogin: boolean
}

export interface PrivateNetRecord {
  network: number
  ip: string
  aliasIps: string[]
  macAddress: string
}

export interface ImageRecord extends Entity {
  type: 'system' | 'app' | 'snapshot' | 'backup'
  status: 'available' | 'creating' | 'unavailable'
  name: string | null
  description: string
  imageSize: number | null
  diskSize: number
  created: number
  createdFrom: { id: number; name: string } | null
  boundTo: number | null
  osFlavor: string
  osVersion: string | null
  rapidDeploy: boolean
  protection: { delete: boolean }
  deprecation: Deprecation | null
  labels: Labels
  architecture: 'x86' | 'arm'
}

export interface Deprecation {
  announced: number
  unavailableAfter: number
}

export interface SshKeyRecord extends Entity {
  name: string
  fingerprint: string
  publicKey: string
  labels: Labels
  created: number
}

export interface DnsPtr {
  ip: string
  dns_ptr: string
}

export interface PrimaryIpRecord extends Entity {
  name: string
  type: 'ipv4' | 'ipv6'
  ip: string
  location: string
  assignee: number | null
  autoDelete: boolean
  dnsPtr: DnsPtr[]
  protection: { delete: boolean }
  labels: Labels
  created: number
}

export interface FloatingIpRecord extends Entity {
  name: string
  description: string | null
  type: 'ipv4' | 'ipv6'
  ip: string
  location: string
  server: number | null
  dnsPtr: DnsPtr[]
  protection: { delete: boolean }
  labels: Labels
  created: number
}

export interface VolumeRecord extends Entity {
  name: string
  size: number
  location: string
  server: number | null
  status: 'available' | 'creating'
  format: string | null
  protection: { delete: boolean }
  labels: Labels
  created: number
}

export interface Subnet {
  type: 'cloud' | 'server' | 'vswitch'
  ip_range: string
  network_zone: string
  gateway: string
  vswitch_id: number | null
}

export interface NetworkRecord extends Entity {
  name: string
  ipRange: string
  subnets: Subnet[]
  routes: { destination: string; gateway: string }[]
  protection: { delete: boolean }
  exposeRoutes: boolean
  labels: Labels
  created: number
}

export interface FirewallRule {
  direction: 'in' | 'out'
  protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'gre'
  port: string | null
  source_ips: string[]
  destination_ips: string[]
  description: string | null
}

export type FirewallTarget = { type: 'server'; server: number } | { type: 'label_selector'; selector: string }

export interface FirewallRecord extends Entity {
  name: string
  rules: FirewallRule[]
  appliedTo: FirewallTarget[]
  labels: Labels
  created: number
}

export interface PlacementGroupRecord extends Entity {
  name: string
  type: 'spread'
  labels: Labels
  created: number
}

export interface ActionRecord extends Entity {
  command: string
  status: 'running' | 'success' | 'error'
  started: number
  /** When it ends; in the future while it runs. */
  ends: number
  resources: { id: number; type: string }[]
  error: { code: string; message: string } | null
}

/** What happens later: plain data, so that it survives a restart and is applied on the next read after `at`. */
export type Effect =
  | { type: 'finish'; action: number; error?: { code: string; message: string } }
  | { type: 'set'; kind: Kind; entity: number; values: Record<string, unknown> }
  | { type: 'delete'; kind: Kind; entity: number }

export interface EventRecord extends Entity {
  at: number
  effect: Effect
  /** Events with a tag can be cancelled together, for example the end of a shutdown by a reset. */
  tag?: string
}

/** One write that reached the API, kept across restarts so that a test can prove nothing was done twice. */
export interface WriteRecord extends Entity {
  at: number
  method: string
  path: string
  body: string
  status: number
  /** False when a fault or a refusal kept it from having any effect. */
  performed: boolean
  /** Kind of the fault that met it, if any. */
  fault: string | null
  action: number | null
}

export interface FaultRecord extends Entity {
  kind: string
  method: string | null
  /** Regular expression over the path below /v1, with its query. */
  path: string | null
  /** Requests that pass untouched before it strikes. */
  skip: number
  /** Requests it still strikes; null = until cleared. */
  times: number | null
  hits: number
  options: Record<string, unknown>
}

/** The kinds of the world and their records; a new resource is added here, in `KINDS` and as a resource module. */
export interface Kinds {
  projects: ProjectRecord
  tokens: TokenRecord
  servers: ServerRecord
  images: ImageRecord
  ssh_keys: SshKeyRecord
  primary_ips: PrimaryIpRecord
  floating_ips: FloatingIpRecord
  volumes: VolumeRecord
  networks: NetworkRecord
  firewalls: FirewallRecord
  placement_groups: PlacementGroupRecord
  load_balancers: LoadBalancerRecord
  certificates: CertificateRecord
  zones: ZoneRecord
  rrsets: RrsetRecord
  actions: ActionRecord
  events: EventRecord
  writes: WriteRecord
  faults: FaultRecord
}
export type Kind = keyof Kinds

/** Every kind with the first id it hands out. */
export const KINDS: Record<Kind, number> = {
  projects: 1,
  tokens: 1,
  servers: 52_400_001,
  images: 210_000_001,
  ssh_keys: 24_000_001,
  primary_ips: 71_000_001,
  floating_ips: 9_100_001,
  volumes: 101_000_001,
  networks: 10_500_001,
  firewalls: 2_100_001,
  placement_groups: 310_001,
  load_balancers: 3_400_001,
  certificates: 1_700_001,
  zones: 840_001,
  rrsets: 1,
  actions: 560_000_001,
  events: 1,
  writes: 1,
  faults: 1,
}

import type { LogFields } from '../kernel/log.ts'

/** Our words for a provider's server; nothing of the provider's wire format shows (P2.3). */
export interface ProviderServer {
  providerId: string
  name: string
  status: ServerStatus
  typeName: string
  architecture: string
  cores: number
  memoryMb: number
  diskGb: number
  location: string
  country: string
  imageName: string | null
  ipv4: string | null
  /** The prefix in CIDR notation. */
  ipv6: string | null
  privateIps: string[]
  labels: Record<string, string>
  backups: boolean
  locked: boolean
  deleteProtected: boolean
  rescue: boolean
  /** ms since epoch at which its type is no longer offered, if announced. */
  typeDeprecatedAt: number | null
  includedTrafficBytes: number | null
  outgoingTrafficBytes: number | null
  /** List price of the server itself at its location: net decimal strings; null when the catalogue has none. */
  hourlyNet: string | null
  monthlyNet: string | null
  createdAt: number
}

/** `unknown` also stands for a status word we have never seen. */
export const serverStatuses = [
  'running',
  'off',
  'starting',
  'stopping',
  'initializing',
  'rebuilding',
  'migrating',
  'deleting',
  'unknown',
] as const
export type ServerStatus = (typeof serverStatuses)[number]

export const powerActions = ['start', 'stop', 'reboot', 'power_off', 'reset'] as const
/** stop = graceful shutdown, power_off = pull the plug, reboot = soft, reset = hard (P2.2). */
export type PowerAction = (typeof powerActions)[number]

/** What the provider keeps a list of actions of, beside servers. */
export const otherKinds = [
  'firewall',
  'network',
  'load_balancer',
  'volume',
  'floating_ip',
  'primary_ip',
  'image',
  'certificate',
  'zone',
] as const
export type OtherKind = (typeof otherKinds)[number]

export interface ProviderAction {
  providerActionId: string
  /** One of ours where it is one; null for everything else the provider does. */
  power: PowerAction | null
  /** The provider's own word for it, for display of what was done outside. */
  command: string
  status: 'running' | 'succeeded' | 'failed'
  progress: number
  startedAt: number
  finishedAt: number | null
  /** Provider ids of the servers concerned. */
  serverIds: string[]
  /** Everything else it concerns, by the provider's own words and ids. */
  others: { kind: string; id: string }[]
  error: { code: string; message: string } | null
}

export interface ServerListPage {
  servers: ProviderServer[]
  page: number
  /** At least this many pages; a later page may know of more. */
  lastPage: number
  total: number
  /** Servers on this page that could not be read: above 0, the pass is partial and says nothing about absence. */
  skipped: number
}

export type MetricKind = 'cpu' | 'disk' | 'network'

export interface MetricSeries {
  /**
   * cpu (percent, 100 a core) · disk.read_ops disk.write_ops disk.read_bytes disk.write_bytes ·
   * network.in_bytes network.out_bytes network.in_packets network.out_packets; rates are per second.
   */
  name: string
  unit: 'percent' | 'bytes_per_second' | 'operations_per_second' | 'packets_per_second'
  /** [ms since epoch, value] */
  points: [number, number][]
}

export interface Metrics {
  start: number
  end: number
  stepS: number
  series: MetricSeries[]
}

/** Net prices as decimal strings, in the currency of the project's owner. */
export interface PriceList {
  currency: string
  /** Percent, decimal string. */
  vatRate: string
  serverTypes: { name: string; location: string; hourlyNet: string; monthlyNet: string }[]
  ipv4: { location: string; hourlyNet: string; monthlyNet: string }[]
  /** Percent of the server's price, decimal string. */
  backupPercent: string
}

export const providerErrorKinds = [
  'token_rejected',
  'token_read_only',
  'forbidden',
  'not_found',
  'conflict',
  'locked',
  'protected',
  'rejected',
  'capacity',
  'quota',
  'rate_limited',
  'maintenance',
  'unavailable',
  'unreachable',
  'timeout',
  'malformed',
  /** Our own budget for background work is used up; nothing was sent. */
  'budget_exhausted',
] as const
export type ProviderErrorKind = (typeof providerErrorKinds)[number]

export interface ProviderErrorFacts {
  method: string
  path: string
  status: number | null
  providerCode: string | null
  correlationId: string | null
  detail: string
  /** True when a write may have reached the provider although no answer came: never to be called failed (DESIGN §4). */
  maybeSent: boolean
}

/** Everything a provider call can end with, other than a value. */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind
  readonly facts: ProviderErrorFacts

  constructor(kind: ProviderErrorKind, facts: ProviderErrorFacts, cause?: unknown) {
    super(`${kind}: ${facts.detail}`, { cause })
    this.name = 'ProviderError'
    this.kind = kind
    this.facts = facts
  }
}

/** A person's click never waits behind background work for the account's rate budget (DESIGN §8). */
export type Priority = 'person' | 'background'

export interface Provider {
  /** One cheap read. @throws ProviderError `token_rejected`. */
  checkToken(): Promise<void>
  /** Finds out whether the token may write without changing anything; `unknown` when that cannot be told. */
  probeAccess(): Promise<'read_write' | 'read_only' | 'unknown'>
  listServers(page: number): Promise<ServerListPage>
  getServer(providerId: string): Promise<ProviderServer>
  power(providerId: string, action: PowerAction): Promise<ProviderAction>
  /** Many at once, in as few requests as possible; ids the provider no longer knows are missing in the answer. */
  getActions(ids: readonly string[]): Promise<ProviderAction[]>
  /** Newest first. */
  listServerActions(providerId: string, limit: number): Promise<ProviderAction[]>
  /** Newest first, over the whole project: how changes made outside are noticed. */
  listRecentActions(kind: 'server' | OtherKind, limit: number): Promise<ProviderAction[]>
  /** What people call it at the provider; null where it has no name, or is gone. */
  nameOf(kind: OtherKind, id: string): Promise<string | null>
  /** Ids of the backups, newest first: what the provider makes by itself every night. */
  listBackups(limit: number): Promise<string[]>
  getMetrics(providerId: string, kinds: readonly MetricKind[], startMs: number, endMs: number): Promise<Metrics>
  getPrices(): Promise<PriceList>
}

export interface ProviderFailure {
  accountId: string | null
  kind: ProviderErrorKind
  facts: ProviderErrorFacts
  attempt: number
  durationMs: number
  requestId: string
  at: number
}

export interface ProviderSession {
  /** null before the account exists (checking a token that is being added). */
  accountId: string | null
  token: string
  priority: Priority
  requestId: string
}

export interface ForwardRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Relative to the base URL, as the operations table has matched it. */
  path: string
  query: readonly (readonly [string, string])[]
  /** JSON value; undefined sends none. */
  body?: unknown
}

export interface ForwardAnswer {
  status: number
  headers: Headers
  text: string
}

/**
 * Sends a request as it is and gives the answer as it is, refusals included: for the gateway, whose clients speak the
 * provider's language (DESIGN §10). Once, because those clients repeat by themselves.
 * @throws ProviderError only where there is no answer
 */
export type Forward = (request: ForwardRequest) => Promise<ForwardAnswer>

/** Where features get a provider from; `record` and the rate budget are wired in services.ts. */
export interface ProviderRegistry {
  open(provider: string, session: ProviderSession): Provider
  /** The provider's own API for its own clients, of Hetzner projects only. */
  openForward(provider: string, session: ProviderSession): Forward
  /** The provider's own limit an hour for this project and what is left of it, as far as is known. Takes nothing. */
  budget(provider: string, accountId: string): Promise<{ limit: number; remaining: number }>
  /** Providers that accounts can be made of, with the name people know them by. */
  known(): { id: string; name: string }[]
}

export const failureFields = (failure: ProviderFailure): LogFields => ({
  accountId: failure.accountId,
  kind: failure.kind,
  method: failure.facts.method,
  path: failure.facts.path,
  status: failure.facts.status,
  attempt: failure.attempt,
  durationMs: failure.durationMs,
})

import {
  serverStatuses,
  type PowerAction,
  type ProviderAction,
  type ProviderServer,
  type ServerStatus,
} from '../provider.ts'
import { plainDecimal } from './decimal.ts'
import type { WireAction, WirePagination, WireServer } from './wire.ts'

export function toServer(wire: WireServer): ProviderServer {
  const type = wire.server_type
  const location = wire.location?.name ?? 'unknown'
  const price = type?.prices.find((entry) => entry.location === location)
  return {
    providerId: String(wire.id),
    name: wire.name,
    status: toStatus(wire.status),
    typeName: type?.name ?? 'unknown',
    architecture: type?.architecture ?? 'unknown',
    cores: Math.round(type?.cores ?? 0),
    memoryMb: Math.round((type?.memory ?? 0) * 1_024),
    diskGb: Math.round(wire.primary_disk_size ?? type?.disk ?? 0),
    location,
    country: wire.location?.country ?? '',
    imageName: wire.image?.name || wire.image?.description || null,
    ipv4: wire.public_net?.ipv4?.ip ?? null,
    ipv6: wire.public_net?.ipv6?.ip ?? null,
    privateIps: wire.private_net.map((net) => net.ip),
    labels: wire.labels ?? {},
    backups: wire.backup_window != null,
    locked: wire.locked ?? false,
    deleteProtected: wire.protection?.delete ?? false,
    rescue: wire.rescue_enabled ?? false,
    typeDeprecatedAt: type ? typeEndsAt(type, location) : null,
    includedTrafficBytes: wire.included_traffic ?? null,
    outgoingTrafficBytes: wire.outgoing_traffic ?? null,
    hourlyNet: price ? plainDecimal(price.price_hourly.net) : null,
    monthlyNet: price ? plainDecimal(price.price_monthly.net) : null,
    createdAt: toMs(wire.created) ?? 0,
  }
}

const toStatus = (word: string | null | undefined): ServerStatus =>
  serverStatuses.find((status) => status === word) ?? 'unknown'

/** A type can end at one location and go on at others; where the location says nothing, the type does. */
function typeEndsAt(type: NonNullable<WireServer['server_type']>, location: string): number | null {
  const here = type.locations.find((entry) => entry.name === location)
  return toMs(here?.deprecation?.unavailable_after ?? type.deprecation?.unavailable_after ?? type.deprecated)
}

const powerByCommand = new Map<string, PowerAction>([
  ['start_server', 'start'],
  ['shutdown_server', 'stop'],
  ['stop_server', 'power_off'],
  ['reboot_server', 'reboot'],
  ['reset_server', 'reset'],
])

/** A status word we have never seen counts as still running: its end is then looked for, not made up. */
export function toAction(wire: WireAction): ProviderAction {
  const status = wire.status === 'success' ? 'succeeded' : wire.status === 'error' ? 'failed' : 'running'
  return {
    providerActionId: String(wire.id),
    power: powerByCommand.get(wire.command) ?? null,
    command: wire.command,
    status,
    progress: Math.min(100, Math.max(0, Math.round(wire.progress ?? (status === 'succeeded' ? 100 : 0)))),
    startedAt: toMs(wire.started) ?? 0,
    finishedAt: toMs(wire.finished),
    serverIds: wire.resources.filter(({ type }) => type === 'server').map(({ id }) => String(id)),
    others: wire.resources.flatMap(({ type, id }) => (type === 'server' ? [] : [{ kind: type, id: String(id) }])),
    error: status === 'failed' ? (wire.error ?? { code: 'unknown_error', message: '' }) : null,
  }
}

/** `last_page` and `total_entries` may be null (FACTS §5); then only what is certain is said. */
export function toPaging(asked: number, pagination: WirePagination | null | undefined, count: number) {
  if (!pagination) return { page: asked, lastPage: asked, total: count }
  const { page, per_page, next_page, last_page, total_entries } = pagination
  const counted = total_entries == null ? 0 : Math.ceil(total_entries / per_page)
  return {
    page,
    lastPage: Math.max(1, last_page ?? counted, next_page ?? 1),
    total: total_entries ?? (page - 1) * per_page + count,
  }
}

/** RFC 3339 → ms since epoch; null for anything else. */
export function toMs(text: string | null | undefined): number | null {
  const ms = text ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

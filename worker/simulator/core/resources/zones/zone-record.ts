import { locked, notFound, refused } from '../../errors.ts'
import type { Context } from '../../http.ts'
import { toTimestamp } from '../../time.ts'
import type { ZoneRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { NAMESERVERS, rrsetsOf } from './rrset-record.ts'

/** The zone that the path names by its id or its name, or 404. A name always has a dot, so neither is the other. */
export function requireZone({ world, project, params }: Context): ZoneRecord {
  const key = params.id_or_name ?? ''
  const zone = /^\d+$/.test(key)
    ? world.tables.zones.find(project.id, Number(key))
    : world.tables.zones.of(project.id).find(({ name }) => name === key)
  if (!zone) throw notFound('zone', key)
  return zone
}

/** The same in a certain mode; 422 in the other. */
export function requireZoneIn(mode: ZoneRecord['mode'], context: Context): ZoneRecord {
  const zone = requireZone(context)
  if (zone.mode !== mode)
    throw refused('incorrect_zone_mode', `operation is not supported for zones in ${zone.mode} mode`)
  return zone
}

/** 423 while the zone is being created, imported, transferred or deleted. */
export function assertZoneFree(zone: ZoneRecord): void {
  if (zone.status === 'updating') throw locked('zone')
}

export function zoneToWire(world: World, zone: ZoneRecord): object {
  const { delegation } = zone
  const isHere = delegation.status === 'valid'
  return {
    id: zone.id,
    name: zone.name,
    mode: zone.mode,
    status: zone.status,
    ttl: zone.ttl,
    record_count: rrsetsOf(world, zone).reduce((sum, { records }) => sum + records.length, 0),
    primary_nameservers: zone.primaryNameservers,
    authoritative_nameservers: {
      assigned: [...NAMESERVERS],
      delegated: isHere ? [...NAMESERVERS] : [],
      delegation_last_check: delegation.checked === null ? null : toTimestamp(delegation.checked),
      delegation_status: delegation.status,
    },
    registrar: zone.registrar,
    protection: zone.protection,
    labels: zone.labels,
    created: toTimestamp(zone.created),
  }
}

import type { RrsetRecord, ZoneRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { toTimestamp } from '../../time.ts'

/** The nameservers of every zone. */
export const NAMESERVERS = ['hydrogen.ns.hetzner.com.', 'oxygen.ns.hetzner.com.', 'helium.ns.hetzner.de.'] as const
const NS_TTL = 10_800

/** What an RRSet is, before it is one of a zone. */
export type RrsetFields = Pick<RrsetRecord, 'name' | 'type' | 'ttl' | 'records' | 'labels'>

export function rrsetsOf(world: World, zone: ZoneRecord): RrsetRecord[] {
  return world.tables.rrsets.grouped(zone.project, 'zone', (rrset) => rrset.zone).get(zone.id) ?? []
}

export function findRrset(world: World, zone: ZoneRecord, name: string, type: string): RrsetRecord | undefined {
  return rrsetsOf(world, zone).find((rrset) => rrset.name === name && rrset.type === type)
}

export function addRrset(world: World, zone: ZoneRecord, fields: RrsetFields, created: number): RrsetRecord {
  return world.tables.rrsets.put({
    id: world.nextId('rrsets'),
    project: zone.project,
    zone: zone.id,
    ...fields,
    protection: { change: false },
    created,
  })
}

/** The SOA and the nameservers that the provider puts into each primary zone. */
export function providedRrsets(now: number): RrsetFields[] {
  const own = { name: '@', labels: {} }
  const soa = `${NAMESERVERS[0]} dns.hetzner.com. ${firstSerial(now)} 86400 10800 3600000 3600`
  return [
    { ...own, type: 'SOA', ttl: null, records: [{ value: soa }] },
    { ...own, type: 'NS', ttl: NS_TTL, records: NAMESERVERS.map((value) => ({ value })) },
  ]
}

/** Raises the zone's serial above what it is and what it was; by convention it begins with the day: `YYYYMMDDnn`. */
export function raiseSerial(world: World, zone: ZoneRecord, now: number, was: number): void {
  const soa = findRrset(world, zone, '@', 'SOA')
  const [record] = soa?.records ?? []
  if (!soa || !record) return
  const fields = record.value.split(' ')
  fields[2] = String(Math.max(serialOf(world, zone), was, firstSerial(now) - 1) + 1)
  soa.records = [{ ...record, value: fields.join(' ') }]
  world.tables.rrsets.put(soa)
}

/** The serial of a zone; 0 for one without an SOA. */
export function serialOf(world: World, zone: ZoneRecord): number {
  return Number(findRrset(world, zone, '@', 'SOA')?.records[0]?.value.split(' ')[2] ?? 0)
}

function firstSerial(now: number): number {
  return Number(`${toTimestamp(now).slice(0, 10).replaceAll('-', '')}00`)
}

export function rrsetToWire(rrset: RrsetRecord): object {
  return {
    id: `${rrset.name}/${rrset.type}`,
    name: rrset.name,
    type: rrset.type,
    ttl: rrset.ttl,
    labels: rrset.labels,
    protection: rrset.protection,
    records: rrset.records.map(({ value, comment }) => ({ value, comment: comment ?? '' })),
    zone: rrset.zone,
  }
}

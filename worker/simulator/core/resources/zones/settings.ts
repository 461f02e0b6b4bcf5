import { startAction, toWireAction } from '../../actions.ts'
import { protectedError } from '../../errors.ts'
import { created, ok, type Context, type Reply } from '../../http.ts'
import type { Effect, ZoneRecord } from '../../types.ts'
import { setZone } from './create.ts'
import { readNameservers } from './nameservers.ts'
import { assertNoAliasConflict, TTL_MAX, TTL_MIN } from './read-rrset.ts'
import { addRrset, raiseSerial, rrsetsOf, serialOf } from './rrset-record.ts'
import { assertZoneFree, requireZone, requireZoneIn, zoneToWire } from './zone-record.ts'
import { readZonefile } from './zonefile.ts'

export function updateZone(context: Context): Reply {
  const zone = requireZone(context)
  const labels = context.body.labels()
  context.body.check()
  if (labels) zone.labels = labels
  return ok({ zone: zoneToWire(context.world, context.world.tables.zones.put(zone)) })
}

/** Its records go with it, when the action ends. */
export function deleteZone(context: Context): Reply {
  const zone = requireZone(context)
  if (zone.protection.delete) throw protectedError('zone deletion is protected')
  assertZoneFree(zone)
  const gone: Effect[] = [
    { type: 'delete', kind: 'zones', entity: zone.id },
    ...rrsetsOf(context.world, zone).map(({ id }): Effect => ({ type: 'delete', kind: 'rrsets', entity: id })),
  ]
  return change(context, zone, 'delete_zone', {
    apply: () => void (zone.status = 'updating'),
    atEnd: gone,
  })
}

export function changeZoneProtection(context: Context): Reply {
  const zone = requireZone(context)
  const value = context.body.boolean('delete') ?? zone.protection.delete
  context.body.check()
  return change(context, zone, 'change_protection', { apply: () => void (zone.protection = { delete: value }) }, 0)
}

export function changeZoneTtl(context: Context): Reply {
  const zone = requireZoneIn('primary', context)
  context.body.integerBetween('ttl', TTL_MIN, TTL_MAX)
  const ttl = context.body.requiredInteger('ttl')
  context.body.check()
  assertZoneFree(zone)
  return change(context, zone, 'change_ttl', { apply: () => void (zone.ttl = ttl) })
}

/** The zone is transferred anew. */
export function changePrimaryNameservers(context: Context): Reply {
  const zone = requireZoneIn('secondary', context)
  const primaryNameservers = readNameservers(context.body)
  context.body.check()
  assertZoneFree(zone)
  return change(context, zone, 'change_primary_nameservers', {
    apply: () => void Object.assign(zone, { primaryNameservers, status: 'updating' }),
    atEnd: [setZone(zone, { status: 'ok' })],
  })
}

/** Replaces all that the zone holds; refused while any of it is protected. */
export function importZonefile(context: Context): Reply {
  const { world, body, now } = context
  const zone = requireZoneIn('primary', context)
  const { ttl, rrsets } = readZonefile(body.requiredString('zonefile'), zone.name)
  assertNoAliasConflict(rrsets)
  assertZoneFree(zone)
  const before = rrsetsOf(world, zone)
  if (before.some(({ protection }) => protection.change))
    throw protectedError('zone has RRSets that are protected from change')
  const serial = serialOf(world, zone)
  return change(context, zone, 'import_zonefile', {
    apply() {
      for (const { id } of before) world.tables.rrsets.delete(id)
      for (const fields of rrsets) addRrset(world, zone, fields, now)
      Object.assign(zone, { status: 'updating', ...(ttl === null ? {} : { ttl }) })
      raiseSerial(world, zone, now, serial)
    },
    atEnd: [setZone(zone, { status: 'ok' })],
  })
}

interface Plan {
  apply: () => void
  atEnd?: Effect[]
}

function change(context: Context, zone: ZoneRecord, command: string, plan: Plan, seconds = 1): Reply {
  const action = startAction(context, {
    command,
    seconds,
    resources: [{ id: zone.id, type: 'zone' }],
    apply() {
      plan.apply()
      context.world.tables.zones.put(zone)
    },
    effects: (plan.atEnd ?? []).map((effect) => ({ seconds, effect })),
  })
  return created({ action: toWireAction(action, context.now) })
}

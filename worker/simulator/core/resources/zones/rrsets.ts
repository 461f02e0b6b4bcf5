import { startAction, toWireAction } from '../../actions.ts'
import { invalidField, notFound, protectedError, uniquenessError } from '../../errors.ts'
import { created, ok, type Context, type Reply } from '../../http.ts'
import { listRows, queryValues, wanted } from '../../list.ts'
import type { ActionRecord, RrsetRecord, ZoneRecord } from '../../types.ts'
import { assertNoAliasConflict, readRrset, readTtl } from './read-rrset.ts'
import { addRrset, findRrset, raiseSerial, rrsetsOf, rrsetToWire, serialOf, type RrsetFields } from './rrset-record.ts'
import { assertZoneFree, requireZoneIn } from './zone-record.ts'

const RRSETS_PER_PAGE = 100
const SECONDS = 1

export function listRrsets(context: Context): Reply {
  const zone = requireZoneIn('primary', context)
  const types = queryValues(context.query, 'type')
  return listRows(context, rrsetsOf(context.world, zone), {
    key: 'rrsets',
    sort: {
      id: ({ name, type }) => `${name}/${type}`,
      name: ({ name }) => name,
      created: (rrset) => rrset.created,
    },
    toWire: rrsetToWire,
    name: ({ name }) => name,
    labels: ({ labels }) => labels,
    filter: ({ type }) => wanted(types, type),
    maxPerPage: RRSETS_PER_PAGE,
  })
}

export function getRrset(context: Context): Reply {
  return ok({ rrset: rrsetToWire(requireRrset(context).rrset) })
}

export function createRrset(context: Context): Reply {
  const { body, now } = context
  const zone = requireZoneIn('primary', context)
  const fields = readRrset(body, zone.name)
  body.check()
  assertZoneFree(zone)
  assertCreatable(context, zone, fields)
  // An action that is to fail adds nothing, but the answer shows what was asked for.
  const asked: RrsetRecord = {
    ...fields,
    id: 0,
    project: 0,
    zone: zone.id,
    protection: { change: false },
    created: now,
  }
  const action = startChange(context, zone, 'create_rrset', () => void addRrset(context.world, zone, fields, now))
  return created({ rrset: rrsetToWire(asked), action: toWireAction(action, now) })
}

/** Only labels: records are changed by actions. */
export function updateRrset(context: Context): Reply {
  const { rrset } = requireRrset(context)
  const labels = context.body.labels()
  context.body.check()
  if (labels) rrset.labels = labels
  return ok({ rrset: rrsetToWire(context.world.tables.rrsets.put(rrset)) })
}

export function deleteRrset(context: Context): Reply {
  const { zone, rrset } = requireChangeable(context)
  assertDispensable(rrset)
  return answer(context, zone, 'delete_rrset', () => void context.world.tables.rrsets.delete(rrset.id))
}

/** What it holds stays as it is, so the serial does, too. */
export function changeRrsetProtection(context: Context): Reply {
  const { zone, rrset } = requireRrset(context)
  const change = context.body.requiredBoolean('change')
  context.body.check()
  const action = startAction(context, {
    command: 'change_rrset_protection',
    seconds: 0,
    resources: [{ id: zone.id, type: 'zone' }],
    apply: () => keep(context, rrset, { protection: { change } }),
  })
  return created({ action: toWireAction(action, context.now) })
}

/** Null: the zone's from now on. */
export function changeRrsetTtl(context: Context): Reply {
  const { zone, rrset } = requireChangeable(context)
  if (!context.body.mentions('ttl')) context.body.problem('ttl', 'missing data for required field')
  const ttl = readTtl(context.body)
  context.body.check()
  return answer(context, zone, 'change_rrset_ttl', () => keep(context, rrset, { ttl }))
}

interface Named {
  zone: ZoneRecord
  rrset: RrsetRecord
}

/** The RRSet that the path names in a primary zone, or 404. */
export function requireRrset(context: Context): Named {
  const zone = requireZoneIn('primary', context)
  const { rr_name: name = '', rr_type: type = '' } = context.params
  const rrset = findRrset(context.world, zone, name, type)
  if (!rrset) throw notFound('rrset', `${name}/${type}`)
  return { zone, rrset }
}

/** The same, while nothing keeps it from being changed. */
export function requireChangeable(context: Context): Named {
  const named = requireRrset(context)
  assertZoneFree(named.zone)
  if (named.rrset.protection.change) throw protectedError('rrset is protected from change')
  return named
}

/** A zone without an SOA is none. */
export function assertDispensable({ type }: RrsetRecord): void {
  if (type === 'SOA') throw invalidField('rr_type', 'the SOA record cannot be deleted')
}

/** 409 when the zone has it already, 422 when another type at its name rules it out. */
export function assertCreatable({ world }: Context, zone: ZoneRecord, fields: RrsetFields): void {
  if (findRrset(world, zone, fields.name, fields.type)) throw uniquenessError('rrset already exists', 'name')
  assertNoAliasConflict([...rrsetsOf(world, zone), fields].filter(({ name }) => name === fields.name))
}

export function keep({ world }: Context, rrset: RrsetRecord, change: Partial<RrsetRecord>): void {
  world.tables.rrsets.put(Object.assign(rrset, change))
}

/** Changes records at once, so that changes one after the other add up, and tells of it for a moment. */
export function startChange(context: Context, zone: ZoneRecord, command: string, apply: () => void): ActionRecord {
  const { world, now } = context
  const serial = serialOf(world, zone)
  return startAction(context, {
    command,
    seconds: SECONDS,
    resources: [{ id: zone.id, type: 'zone' }],
    apply() {
      apply()
      raiseSerial(world, zone, now, serial)
    },
  })
}

export function answer(context: Context, zone: ZoneRecord, command: string, apply: () => void): Reply {
  return created({ action: toWireAction(startChange(context, zone, command, apply), context.now) })
}

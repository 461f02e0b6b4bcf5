import { startAction, toWireAction } from '../../actions.ts'
import { invalidField } from '../../errors.ts'
import { created, type Context, type Reply } from '../../http.ts'
import type { Effect, ZoneRecord } from '../../types.ts'
import { assertNameFree, assertWithinLimit } from '../shared.ts'
import { zoneNameProblem } from './names.ts'
import { readNameservers } from './nameservers.ts'
import { assertNoAliasConflict, readRrset, readTtl } from './read-rrset.ts'
import { addRrset, providedRrsets, type RrsetFields } from './rrset-record.ts'
import { zoneToWire } from './zone-record.ts'
import { readZonefile } from './zonefile.ts'

export const ZONE_TTL = 3_600
const SECONDS = 2
/** When the provider first looks where the parent zone points. */
const DELEGATION_CHECK = 60

export type NewZone = Pick<ZoneRecord, 'id' | 'project' | 'name' | 'created'> & Partial<ZoneRecord>

/** A primary zone that nobody has looked at yet, but for what is given. */
export function newZone(own: NewZone): ZoneRecord {
  return {
    mode: 'primary',
    status: 'ok',
    ttl: ZONE_TTL,
    primaryNameservers: [],
    delegation: { status: 'unknown', checked: null },
    registrar: 'unknown',
    protection: { delete: false },
    labels: {},
    ...own,
  }
}

/** A zone with its records, from RRSets or a zone file, or one that is transferred from elsewhere (FACTS §8). */
export function createZone(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const given = readTtl(body)
  const name = body.requiredString('name')
  const mode = body.requiredOneOf('mode', ['primary', 'secondary'])
  const problem = zoneNameProblem(name)
  if (problem) body.problem('name', problem)
  const content = mode === 'primary' ? readContent(context, name) : { ttl: null, rrsets: [] }
  const primaryNameservers = mode === 'secondary' ? readNameservers(body) : []
  body.check()
  assertNameFree(context, world.tables.zones.of(project.id), name)
  assertWithinLimit(context, 'zones', 'zone')
  const zone = newZone({
    id: world.nextId('zones'),
    project: project.id,
    name,
    mode,
    status: 'updating',
    ttl: content.ttl ?? given ?? ZONE_TTL,
    primaryNameservers,
    labels,
    created: now,
  })
  world.tables.zones.put(zone)
  const rrsets = content.rrsets.map((fields) => addRrset(world, zone, fields, now))
  const action = startAction(context, {
    command: 'create_zone',
    seconds: SECONDS,
    resources: [{ id: zone.id, type: 'zone' }],
    effects: [
      { seconds: SECONDS, effect: setZone(zone, { status: 'ok' }) },
      { seconds: DELEGATION_CHECK, effect: setZone(zone, delegationOf(context, name)) },
    ],
    onError: [
      { type: 'delete', kind: 'zones', entity: zone.id },
      ...rrsets.map(({ id }): Effect => ({ type: 'delete', kind: 'rrsets', entity: id })),
    ],
  })
  return created({ zone: zoneToWire(world, zone), action: toWireAction(action, now) })
}

export function setZone(zone: ZoneRecord, values: Partial<ZoneRecord>): Effect {
  return { type: 'set', kind: 'zones', entity: zone.id, values }
}

/** What the provider's own records and the client's make together; the client's take precedence. */
function readContent({ body, now }: Context, name: string): { ttl: number | null; rrsets: RrsetFields[] } {
  const rrsets = body.objects('rrsets').map((item) => readRrset(item, name))
  const zonefile = body.string('zonefile')
  body.check()
  if (zonefile) {
    if (rrsets.length > 0) throw invalidField('rrsets', 'must be empty when a zonefile is given')
    const content = readZonefile(zonefile, name)
    assertNoAliasConflict(content.rrsets)
    return content
  }
  const key = (rrset: RrsetFields): string => `${rrset.name}/${rrset.type}`
  const own = new Set(rrsets.map(key))
  if (own.size < rrsets.length) throw invalidField('rrsets', 'must be distinct by name and type')
  const all = [...providedRrsets(now).filter((rrset) => !own.has(key(rrset))), ...rrsets]
  assertNoAliasConflict(all)
  return { ttl: null, rrsets: all }
}

/** Every parent zone points here, but for names that nobody can register (RFC 2606). */
function delegationOf({ world, now, slowness }: Context, name: string): Pick<ZoneRecord, 'delegation' | 'registrar'> {
  const checked = now + DELEGATION_CHECK * world.time.scale * slowness * 1_000
  return name.endsWith('.invalid')
    ? { delegation: { status: 'unregistered', checked }, registrar: 'unknown' }
    : { delegation: { status: 'valid', checked }, registrar: 'other' }
}

import { invalidField, notFound } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import type { DnsRecord, RrsetRecord, ZoneRecord } from '../../types.ts'
import { rrsetNameProblem } from './names.ts'
import { RECORD_TYPES, type RecordType } from './record-values.ts'
import { readRecords, readTtl, recordsProblems } from './read-rrset.ts'
import { addRrset, findRrset } from './rrset-record.ts'
import { answer, assertCreatable, assertDispensable, keep, requireChangeable } from './rrsets.ts'
import { assertZoneFree, requireZoneIn } from './zone-record.ts'

/** Overwrites the records. */
export function setRecords(context: Context): Reply {
  const { zone, rrset } = requireChangeable(context)
  const records = read(context, rrset.type)
  return answer(context, zone, 'set_rrset_records', () => keep(context, rrset, { records }))
}

/** Adds records to an RRSet, which is created where there is none. */
export function addRecords(context: Context): Reply {
  const zone = requireZoneIn('primary', context)
  const { rr_name: name = '', rr_type: type = '' } = context.params
  if (!findRrset(context.world, zone, name, type)) return addFirst(context, zone, name, type)
  const { rrset } = requireChangeable(context)
  const ttl = readTtl(context.body)
  const added = read(context, type)
  if (ttl !== null && rrset.ttl !== null && ttl !== rrset.ttl)
    throw invalidField('ttl', 'must be the same as the TTL of the RRSet')
  const records = [...rrset.records, ...added]
  assertRecords(records, type)
  return answer(context, zone, 'add_rrset_records', () => keep(context, rrset, { records, ttl: ttl ?? rrset.ttl }))
}

/** Takes records away, and with the last one the RRSet. */
export function removeRecords(context: Context): Reply {
  const { zone, rrset } = requireChangeable(context)
  const gone = new Set(read(context, rrset.type).map(({ value }) => value))
  assertPresent(rrset, [...gone])
  const records = rrset.records.filter(({ value }) => !gone.has(value))
  if (records.length === 0) assertDispensable(rrset)
  return answer(context, zone, 'remove_rrset_records', () => {
    if (records.length === 0) context.world.tables.rrsets.delete(rrset.id)
    else keep(context, rrset, { records })
  })
}

/** Changes the comments of records. It answers 200, unlike its neighbours. */
export function updateRecords(context: Context): Reply {
  const { zone, rrset } = requireChangeable(context)
  const { body } = context
  for (const item of body.objects('records'))
    if (!item.mentions('comment')) item.problem('comment', 'missing data for required field')
  const comments = new Map(read(context, rrset.type).map(({ value, comment }) => [value, comment]))
  assertPresent(rrset, [...comments.keys()])
  const records = rrset.records.map(({ value, comment: before }): DnsRecord => {
    const comment = comments.has(value) ? comments.get(value) : before
    return { value, ...(comment ? { comment } : {}) }
  })
  return { ...answer(context, zone, 'update_rrset_records', () => keep(context, rrset, { records })), status: 200 }
}

function addFirst(context: Context, zone: ZoneRecord, name: string, type: string): Reply {
  if (!isType(type)) throw notFound('rrset', `${name}/${type}`)
  const problem = rrsetNameProblem(name, zone.name)
  if (problem) throw invalidField('rr_name', problem)
  const fields = { name, type, ttl: readTtl(context.body), records: read(context, type), labels: {} }
  assertZoneFree(zone)
  assertCreatable(context, zone, fields)
  return answer(context, zone, 'add_rrset_records', () => void addRrset(context.world, zone, fields, context.now))
}

function read({ body }: Context, type: string): DnsRecord[] {
  const records = readRecords(body, type as RecordType)
  body.check()
  return records
}

function assertRecords(records: DnsRecord[], type: string): void {
  const [problem] = recordsProblems(records, type)
  if (problem) throw invalidField('records', problem)
}

/** The value is what names a record. */
function assertPresent(rrset: RrsetRecord, values: string[]): void {
  const missing = values.find((value) => !rrset.records.some((record) => record.value === value))
  if (missing !== undefined) throw invalidField('records', `there is no record '${missing}'`)
}

const isType = (text: string): text is RecordType => RECORD_TYPES.includes(text as RecordType)

import type { Body } from '../../body.ts'
import { invalidField } from '../../errors.ts'
import type { DnsRecord } from '../../types.ts'
import { rrsetNameProblem } from './names.ts'
import { isRecordValue, RECORD_TYPES, type RecordType } from './record-values.ts'
import type { RrsetFields } from './rrset-record.ts'

export const RECORDS_MAX = 50
export const TTL_MIN = 60
export const TTL_MAX = 2_147_483_647

/** Null and absent both mean the zone's. */
export function readTtl(body: Body): number | null {
  return body.integerBetween('ttl', TTL_MIN, TTL_MAX) ?? null
}

/** An RRSet as it is to be created. Problems are collected in the body. */
export function readRrset(body: Body, zone: string): RrsetFields {
  const labels = body.labels() ?? {}
  const ttl = readTtl(body)
  const name = body.requiredString('name')
  const type = body.requiredOneOf('type', RECORD_TYPES)
  const problem = rrsetNameProblem(name, zone)
  if (problem) body.problem('name', problem)
  return { name, type, ttl, labels, records: readRecords(body, type) }
}

/** One to fifty records with distinct values, each as its type asks for. Problems are collected in the body. */
export function readRecords(body: Body, type: RecordType): DnsRecord[] {
  const records = body.objects('records').map((item) => {
    const value = item.requiredString('value')
    const comment = item.string('comment')
    if (!isRecordValue(type, value)) item.problem('value', `is no value of a record of type ${type}`)
    return { value, ...(comment ? { comment } : {}) }
  })
  for (const message of recordsProblems(records, type)) body.problem('records', message)
  return records
}

/** What is wrong with records as a whole. */
export function recordsProblems(records: DnsRecord[], type: string): string[] {
  const problems: string[] = []
  if (records.length === 0) problems.push('must not be empty')
  if (records.length > RECORDS_MAX) problems.push(`must not have more than ${RECORDS_MAX} items`)
  if (new Set(records.map(({ value }) => value)).size < records.length) problems.push('must have distinct values')
  if ((type === 'CNAME' || type === 'SOA') && records.length > 1) problems.push(`only one record of type ${type}`)
  return problems
}

/** 422 when an alias and anything else would have the same name (RFC 1034). */
export function assertNoAliasConflict(rrsets: Pick<RrsetFields, 'name' | 'type'>[]): void {
  const aliases = new Set(rrsets.flatMap(({ name, type }) => (type === 'CNAME' ? [name] : [])))
  const clash = rrsets.find(({ name, type }) => type !== 'CNAME' && aliases.has(name))
  if (clash) throw invalidField('name', `'${clash.name}' cannot have a CNAME and other records`)
}

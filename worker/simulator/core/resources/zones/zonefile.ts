import { invalidField } from '../../errors.ts'
import type { DnsRecord, RrsetRecord, ZoneRecord } from '../../types.ts'
import { rrsetNameProblem } from './names.ts'
import { recordsProblems, TTL_MAX, TTL_MIN } from './read-rrset.ts'
import { isRecordValue, RECORD_TYPES, type RecordType } from './record-values.ts'
import { NAMESERVERS, type RrsetFields } from './rrset-record.ts'
import { tokenize } from './zonefile-tokens.ts'

export interface Zonefile {
  /** Of a `$TTL` directive. */
  ttl: number | null
  rrsets: RrsetFields[]
}

/** A zone in BIND's format (RFC 1034/1035), as the provider writes it. */
export function writeZonefile(zone: ZoneRecord, rrsets: RrsetRecord[]): string {
  const rank = ({ name, type }: RrsetRecord): string =>
    `${name === '@' ? 0 : 1}${type === 'SOA' ? 0 : type === 'NS' ? 1 : 2}${name} ${type}`
  const blocks = rrsets
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map(({ name, type, ttl, records }) =>
      records.map((record) => line([name, 'IN', ...(ttl === null ? [] : [String(ttl)]), type], record)).join('\n'),
    )
  return `$ORIGIN\t${zone.name}.\n$TTL\t${zone.ttl}\n\n${blocks.join('\n\n')}\n`
}

const line = (fields: string[], { value, comment }: DnsRecord): string =>
  [...fields, comment ? `${value} ; ${comment.replaceAll(/\s+/g, ' ')}` : value].join('\t')

/**
 * Reads a zone file by the rules of an import: its origin is the zone, its class IN, an SOA and the assigned nameservers
 * are in it; comments are discarded. @throws ApiError 422 `invalid_input` naming the line
 */
export function readZonefile(text: string, zone: string): Zonefile {
  const rrsets = new Map<string, RrsetFields>()
  let ttl: number | null = null
  let owner: string | null = null
  for (const { number, tokens, isContinued } of tokenize(text)) {
    const fail = (message: string): never => {
      throw invalidField('zonefile', `line ${number}: ${message}`)
    }
    const [first = '', second = ''] = tokens
    if (first === '$TTL') ttl = readSeconds(second) ?? fail('invalid TTL')
    else if (first === '$ORIGIN') {
      if (second.toLowerCase() !== `${zone}.`) fail('$ORIGIN must match the name of the zone')
    } else if (first.startsWith('$')) fail(`${first} is not supported`)
    else {
      const rest = isContinued ? tokens : tokens.slice(1)
      owner = isContinued ? owner : (ownerIn(first, zone) ?? fail(`'${first}' is not in the zone`))
      addRecord(rrsets, owner ?? fail('a name is missing'), rest, fail)
    }
  }
  const found = [...rrsets.values()]
  for (const { name, type, records } of found)
    for (const message of recordsProblems(records, type)) throw invalidField('zonefile', `${name} ${type}: ${message}`)
  assertComplete(rrsets)
  return { ttl, rrsets: found }
}

type Fail = (message: string) => never

function addRecord(rrsets: Map<string, RrsetFields>, name: string, tokens: string[], fail: Fail): void {
  let ttl: number | null = null
  let at = 0
  for (; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    const seconds = readSeconds(token)
    if (seconds !== null) ttl = seconds
    else if (/^(?:CH|HS|CS|ANY)$/i.test(token)) fail('only records of class IN are allowed')
    else if (!/^IN$/i.test(token)) break
  }
  const type = (tokens[at] ?? '').toUpperCase()
  if (!isType(type)) return fail(`unknown record type '${type}'`)
  const value = tokens.slice(at + 1).join(' ')
  if (!isRecordValue(type, value)) fail(`'${value}' is no value of a record of type ${type}`)
  if (ttl !== null && (ttl < TTL_MIN || ttl > TTL_MAX)) fail(`TTL must be between ${TTL_MIN} and ${TTL_MAX}`)
  const known = rrsets.get(`${name} ${type}`)
  if (!known) rrsets.set(`${name} ${type}`, { name, type, ttl, records: [{ value }], labels: {} })
  else if (known.ttl === ttl) known.records.push({ value })
  else fail(`records of ${name} ${type} must have the same TTL`)
}

function assertComplete(rrsets: Map<string, RrsetFields>): void {
  if (!rrsets.has('@ SOA')) throw invalidField('zonefile', 'a SOA record must be present')
  const present = new Set(rrsets.get('@ NS')?.records.map(({ value }) => value.toLowerCase()))
  if (!NAMESERVERS.every((nameserver) => present.has(nameserver)))
    throw invalidField('zonefile', 'the assigned authoritative nameservers must be present as NS records')
}

/** The owner of a record within the zone, or null. */
function ownerIn(text: string, zone: string): string | null {
  const name = text.toLowerCase()
  const own = name === `${zone}.` ? '@' : name.endsWith(`.${zone}.`) ? name.slice(0, -zone.length - 2) : name
  return rrsetNameProblem(own, zone) === null ? own : null
}

const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** `3600`, `1h`; null for anything else. */
function readSeconds(text: string): number | null {
  const match = /^(\d{1,10})([smhdw]?)$/i.exec(text)
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1) : null
}

const isType = (text: string): text is RecordType => RECORD_TYPES.includes(text as RecordType)

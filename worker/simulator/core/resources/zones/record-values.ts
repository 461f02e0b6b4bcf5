/** Whether a text is a value that a record of the type can have. */
type Check = (value: string) => boolean

const NAME = String.raw`(?:\.|@|(?:[A-Za-z0-9_*](?:[-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\.?)`
const HEX = String.raw`[0-9A-Fa-f]+(?: [0-9A-Fa-f]+)*`
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`
const NUMBER = String.raw`\d{1,10}`

const exactly = (...parts: string[]): RegExp => new RegExp(`^${parts.join(' ')}$`)

/** Numbers are those that the leading fields may be at most. */
function fields(pattern: RegExp, ...most: number[]): Check {
  return (value) => {
    if (!pattern.test(value)) return false
    const given = value.split(' ')
    return most.every((limit, index) => Number(given[index]) <= limit)
  }
}

const BYTE = 255
const SHORT = 65_535
const LONG = 4_294_967_295

const name = fields(exactly(NAME))
const service = fields(new RegExp(`^${NUMBER} ${NAME}(?: [a-z0-9-]+(?:=(?:${QUOTED}|[^\\s"]+))?)*$`), SHORT)

const CHECKS = {
  A: isIpv4,
  AAAA: isIpv6,
  CAA: fields(exactly(NUMBER, '[A-Za-z0-9]+', `(?:${QUOTED}|\\S+)`), BYTE),
  CNAME: name,
  DS: fields(exactly(NUMBER, NUMBER, NUMBER, HEX), SHORT, BYTE, BYTE),
  HINFO: fields(exactly(`(?:${QUOTED}|\\S+)`, `(?:${QUOTED}|\\S+)`)),
  HTTPS: service,
  MX: fields(exactly(NUMBER, NAME), SHORT),
  NS: name,
  PTR: name,
  RP: fields(exactly(NAME, NAME)),
  SOA: (value) =>
    exactly(NAME, NAME, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER).test(value) &&
    value
      .split(' ')
      .slice(2)
      .every((text) => Number(text) <= LONG),
  SRV: fields(exactly(NUMBER, NUMBER, NUMBER, NAME), SHORT, SHORT, SHORT),
  SVCB: service,
  TLSA: fields(exactly(NUMBER, NUMBER, NUMBER, HEX), BYTE, BYTE, BYTE),
  TXT: isText,
} satisfies Record<string, Check>

export type RecordType = keyof typeof CHECKS
export const RECORD_TYPES = Object.keys(CHECKS) as RecordType[]

export function isRecordValue(type: RecordType, value: string): boolean {
  return CHECKS[type](value)
}

export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(text) && !text.endsWith('.')
}

export function isIpv6(text: string): boolean {
  return /^[0-9A-Fa-f:.]+$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]`)
}

/** One or many quoted strings of at most 255 characters each. */
function isText(value: string): boolean {
  const strings = value.match(new RegExp(QUOTED, 'g')) ?? []
  const isWhole = new RegExp(`^${QUOTED}(?:\\s+${QUOTED})*$`).test(value)
  return isWhole && strings.every((text) => text.replaceAll(/\\(?:\d{3}|.)/g, 'x').length <= BYTE + 2)
}

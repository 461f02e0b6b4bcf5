import { must } from './must.ts'

/** IPv4 ranges as numbers. */
export interface Range {
  first: number
  last: number
  bits: number
}

export function parseIp(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!match) return null
  const octets = match.slice(1).map(Number)
  return octets.every((octet) => octet <= 255) ? octets.reduce((sum, octet) => sum * 256 + octet, 0) : null
}

export function formatIp(ip: number): string {
  return [24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join('.')
}

/** Null when the text is no CIDR or has host bits set. */
export function parseRange(text: string): Range | null {
  const [address = '', length = ''] = text.split('/')
  const first = parseIp(address)
  if (first === null || !/^\d{1,2}$/.test(length) || Number(length) > 32) return null
  const bits = Number(length)
  const size = 2 ** (32 - bits)
  return first % size === 0 ? { first, last: first + size - 1, bits } : null
}

export function formatRange(range: Range): string {
  return `${formatIp(range.first)}/${range.bits}`
}

export function contains(outer: Range, inner: Pick<Range, 'first' | 'last'>): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => storedRange(text))

/** True inside the ranges of RFC 1918. */
export function isPrivate(range: Range): boolean {
  return PRIVATE.some((block) => contains(block, range))
}

/** A CIDR of either family with zero host bits, as firewall rules need it. */
export function isNetworkAddress(text: string): boolean {
  if (!text.includes(':')) return parseRange(text) !== null
  const [address = '', length = ''] = text.split('/')
  const groups = expandIpv6(address)
  if (!groups || !/^\d{1,3}$/.test(length) || Number(length) > 128) return false
  const binary = groups.map((group) => group.toString(2).padStart(16, '0')).join('')
  return !binary.slice(Number(length)).includes('1')
}

function expandIpv6(address: string): number[] | null {
  const halves = address.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return null
  const groups = [...(head ?? []), ...Array<string>(missing).fill('0'), ...(tail ?? [])]
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null
}

/** For texts that were checked when they were stored. */
export function storedIp(text: string): number {
  return must(parseIp(text), `address ${text}`)
}

/** For texts that were checked when they were stored. */
export function storedRange(text: string): Range {
  return must(parseRange(text), `range ${text}`)
}

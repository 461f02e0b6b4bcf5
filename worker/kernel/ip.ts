/** One address, as a number of 32 or 128 bits. A v4 address written as v6 (`::ffff:192.0.2.1`) is the v4 address. */
interface Address {
  family: 4 | 6
  value: bigint
}

export interface Network extends Address {
  /** How many leading bits name the network. */
  prefix: number
}

const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128)
const mappedHead = 0xffffn

/** `192.0.2.7`, or null. No leading zeros: some programs read those as octal. */
function parseV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** The 16-bit groups of one side of a `::`; the last may be a v4 address. */
function parseGroups(text: string): bigint[] | null {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseV4(part) : null
    if (v4 !== null) groups.push(v4 >> 16n, v4 & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return null
  }
  return groups
}

function parseV6(text: string): bigint | null {
  const sides = text.split('::')
  if (sides.length > 2) return null
  // `1:2.3.4.5::` would end its first side, not the address, with a v4 address.
  if (sides.length === 2 && sides[0]?.includes('.')) return null
  const head = parseGroups(sides[0] ?? '')
  const tail = sides.length === 2 ? parseGroups(sides[1] ?? '') : []
  if (!head || !tail) return null
  const missing = 8 - head.length - tail.length
  if (sides.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail]
  return groups.reduce((value, group) => (value << 16n) | group, 0n)
}

function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const value = parseV4(text)
    return value === null ? null : { family: 4, value }
  }
  const value = parseV6(text)
  if (value === null) return null
  return value >> 32n === mappedHead ? { family: 4, value: value & 0xffffffffn } : { family: 6, value }
}

/**
 * `192.0.2.0/24`, `2001:db8::/32`, or one address, which is a network of one. Null for anything else, and for a network
 * with bits behind its prefix (`192.0.2.7/24`): that is more often a slip than a wish.
 */
export function parseNetwork(text: string): Network | null {
  const [host = '', length, ...rest] = text.trim().split('/')
  const address = rest.length > 0 ? null : parseAddress(host)
  if (!address) return null
  if (length === undefined) return { ...address, prefix: widthOf(address.family) }
  if (!/^(0|[1-9]\d{0,2})$/.test(length)) return null
  const prefix = address.family === 4 && host.includes(':') ? Number(length) - 96 : Number(length)
  if (prefix < 0 || prefix > widthOf(address.family)) return null
  const hostBits = BigInt(widthOf(address.family) - prefix)
  return address.value & ((1n << hostBits) - 1n) ? null : { ...address, prefix }
}

/** The `CIDR` notation is understood: for the validation of a list that somebody typed. */
export const isNetwork = (text: string): boolean => parseNetwork(text) !== null

/**
 * True when one of these networks (CIDR or single addresses, v4 and v6) contains this address. An empty list contains
 * nothing; an unknown address and an entry that is no network match nothing, so that every doubt refuses.
 */
export function ipMatches(allowlist: readonly string[], ip: string | null): boolean {
  const address = ip === null ? null : parseAddress(ip.trim())
  if (!address) return false
  return allowlist.some((entry) => {
    const network = parseNetwork(entry)
    if (network?.family !== address.family) return false
    const hostBits = BigInt(widthOf(address.family) - network.prefix)
    return network.value >> hostBits === address.value >> hostBits
  })
}

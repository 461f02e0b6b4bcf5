/**
 * What an API key looks like: 64 characters `[A-Za-z0-9]`, the length that Hetzner's own clients insist on.
 *
 *     wn  k3Yd9PqLmZ2x  2mJ…44 characters…Qz  0aX4fK
 *     │   id, 12        secret, 44            checksum, 6
 *
 * The checksum is the CRC-32 of what stands before it, in base 62, padded with `0`: what was mistyped, cut off or made
 * up is refused before any query, and a scanner for leaked secrets tells a key from any other 64 characters.
 */
export interface KeyParts {
  id: string
  secret: string
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefix = 'wn'
const lengths = { id: 12, secret: 44, checksum: 6 } as const
const shape = /^wn[0-9A-Za-z]{62}$/

/** Whether a bearer token means to be a key; everything else is an access token. */
export const looksLikeKey = (token: string): boolean => shape.test(token)

/** A new id (71 random bits) and secret (261 random bits), and the key they make. */
export function makeKey(): KeyParts & { key: string } {
  const id = randomText(lengths.id)
  const secret = randomText(lengths.secret)
  const body = `${prefix}${id}${secret}`
  return { id: `key_${id}`, secret, key: `${body}${checksumOf(body)}` }
}

/** Null for what was never a key of ours. */
export function parseKey(token: string): KeyParts | null {
  if (!looksLikeKey(token)) return null
  const body = token.slice(0, -lengths.checksum)
  if (token.slice(-lengths.checksum) !== checksumOf(body)) return null
  const secretAt = prefix.length + lengths.id
  return { id: `key_${body.slice(prefix.length, secretAt)}`, secret: body.slice(secretAt) }
}

export function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < lengths.checksum; i++) {
    text = (alphabet[rest % alphabet.length] ?? '') + text
    rest = Math.floor(rest / alphabet.length)
  }
  return text
}

/** The common one (IEEE 802.3, as in zip and PNG). */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** Every character as likely as any other: bytes that would favour the first ones are thrown away. */
function randomText(length: number): string {
  const fair = Math.floor(256 / alphabet.length) * alphabet.length
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Prefixes say what an id names, in logs and in conversation. */
export type IdPrefix =
  | 'usr'
  | 'ses'
  | 'pky'
  | 'lnk'
  | 'chl'
  | 'acc'
  | 'srv'
  | 'opr'
  | 'aud'
  | 'plg'
  | 'req'
  | 'key'
  | 'inv'
  | 'apr'
  | 'otp'
  | 'alt'
  | 'grt'

/** `srv_01jd…`: 48 bits of time, then 80 random bits, in Crockford base 32: sorts by creation, not guessable. */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  let time = ''
  let rest = nowMs
  for (let i = 0; i < 10; i++) {
    time = alphabet[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  let random = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) random += alphabet[byte % 32]
  return `${prefix}_${time}${random}`
}

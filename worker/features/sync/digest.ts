const gibibyte = 2 ** 30

/**
 * 64 bits of what was hashed, in hex: tells same from different, guards nothing. Synchronous, because a pass hashes
 * thousands of small texts and a promise each costs more than the hash.
 */
export const digest = (text: string): string => lane(text, 0x811c9dc5, 0x01000193) + lane(text, 0x1b873593, 0x85ebca6b)

/** FNV-1a over UTF-16 units, with a last mix so that the final characters reach every bit. */
function lane(text: string, seed: number, prime: number): string {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), prime)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
}

/**
 * Used traffic grows all the time on every running server; as it is, it would make every pass write every row. It
 * counts as changed in steps of 0.1 % of what is included, at least 1 GiB.
 */
export function trafficStep(usedBytes: number | null, includedBytes: number | null): number | null {
  if (usedBytes === null) return null
  return Math.floor(usedBytes / Math.max(gibibyte, (includedBytes ?? 0) / 1_000))
}

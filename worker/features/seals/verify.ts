import { digestLength, digestRow, genesis, hashSeal, isSignedBy, type Seal, type SealedRow } from './chain.ts'

/** What is wrong, with the first row or seal it shows at. */
export type Problem =
  | { kind: 'row_missing'; seq: number; seal: number }
  | { kind: 'row_inserted'; seq: number; seal: number }
  | { kind: 'row_changed'; seq: number; seal: number }
  | { kind: 'seal_missing'; seal: number }
  | { kind: 'seal_broken_chain'; seal: number }
  | { kind: 'seal_bad_signature'; seal: number }
  | { kind: 'key_unknown'; seal: number; keyId: string }

/** Where a verification stands: the last seal that was found good. */
export interface Anchor {
  number: number
  toSeq: number
  hash: string
}

export const start: Anchor = { number: 0, toSeq: 0, hash: genesis }

/**
 * Checks one seal against the seal before it and the rows it covers: all rows with `fromSeq ≤ seq ≤ toSeq` in order, or
 * how to read them, which is done only for a seal that is ours and follows.
 * @returns the first problem, which names the row where it is one row's
 */
export async function verifySeal(
  previous: Anchor,
  seal: Seal,
  rows: readonly SealedRow[] | (() => Promise<readonly SealedRow[]>),
  keys: ReadonlyMap<string, CryptoKey>,
): Promise<Problem | null> {
  if (seal.number !== previous.number + 1) return { kind: 'seal_missing', seal: previous.number + 1 }
  const key = keys.get(seal.keyId)
  if (!key) return { kind: 'key_unknown', seal: seal.number, keyId: seal.keyId }
  if (!(await isSignedBy(key, seal))) return { kind: 'seal_bad_signature', seal: seal.number }
  if (seal.previous !== previous.hash || seal.fromSeq !== previous.toSeq + 1) {
    return { kind: 'seal_broken_chain', seal: seal.number }
  }
  if ((await hashSeal(previous.hash, seal.digests)) !== seal.hash)
    return { kind: 'seal_broken_chain', seal: seal.number }
  const covered = typeof rows === 'function' ? await rows() : rows
  return firstGap(seal, covered) ?? (await firstChanged(seal, covered))
}

export const anchorOf = (seal: Seal): Anchor => ({ number: seal.number, toSeq: seal.toSeq, hash: seal.hash })

/** Sequence numbers have no gaps: the database gives them in one transaction with their row. */
function firstGap(seal: Seal, rows: readonly SealedRow[]): Problem | null {
  let expected = seal.fromSeq
  for (const { seq } of rows) {
    if (seq > expected) return { kind: 'row_missing', seq: expected, seal: seal.number }
    if (seq < expected) return { kind: 'row_inserted', seq, seal: seal.number }
    expected += 1
  }
  return expected <= seal.toSeq ? { kind: 'row_missing', seq: expected, seal: seal.number } : null
}

async function firstChanged(seal: Seal, rows: readonly SealedRow[]): Promise<Problem | null> {
  const digests = await Promise.all(rows.map(digestRow))
  const wrong = digests.findIndex(
    (digest, i) => seal.digests.slice(i * digestLength, (i + 1) * digestLength) !== digest,
  )
  const row = rows[wrong]
  return row ? { kind: 'row_changed', seq: row.seq, seal: seal.number } : null
}

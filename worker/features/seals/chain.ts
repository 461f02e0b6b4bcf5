import { fromBase64Url, toBase64Url } from '../../kernel/crypto.ts'

/**
 * The arithmetic of seals: pure, with WebCrypto only, so that the very same code runs in the Worker and in the offline
 * verifier (worker/cli/verify-audit.ts).
 */
export interface SealedRow {
  seq: number
  /** The row's columns in their fixed order (`rowColumns`), JSON snapshots as stored. */
  values: readonly (string | number | null)[]
}

export interface Seal {
  number: number
  /** ms since epoch */
  at: number
  fromSeq: number
  toSeq: number
  /** `digestLength` characters a row. */
  digests: string
  hash: string
  previous: string
  keyId: string
  signature: string
}

/** Names of a row's columns in the order in which they are hashed. Never reordered: old seals depend on it. */
export const rowColumns = [
  'seq',
  'id',
  'operation_id',
  'at',
  'phase',
  'action',
  'actor_kind',
  'actor_id',
  'actor_name',
  'target_type',
  'target_id',
  'target_name',
  'reason',
  'error_code',
  'source',
  'ip',
  'user_agent',
  'request_id',
  'before',
  'after',
  'key_id',
  'key_name',
] as const

/** What every row had before API keys: an export from then has rows of this length. */
export const firstColumnCount = 20

/** What the first seal is chained to. */
export const genesis = 'webnova-audit-v1'

const encoder = new TextEncoder()

/** 128 bits of SHA-256 in base64url. */
export const digestLength = 22

async function sha256(text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))
}

/**
 * Of one row: its columns as a JSON array. Columns that came later count only where they say something, so that the seals
 * of rows from before still hold.
 */
export const digestRow = async ({ values }: SealedRow): Promise<string> => {
  const later = values.slice(firstColumnCount).some((value) => value !== null)
  return (await sha256(JSON.stringify(later ? values : values.slice(0, firstColumnCount)))).slice(0, digestLength)
}

export const digestRows = async (rows: readonly SealedRow[]): Promise<string> =>
  (await Promise.all(rows.map(digestRow))).join('')

/** Of a seal: chained to the one before. */
export const hashSeal = (previous: string, digests: string): Promise<string> => sha256(`${previous}\n${digests}`)

const signedBytes = (seal: Omit<Seal, 'signature'>) =>
  encoder.encode(JSON.stringify([seal.number, seal.at, seal.fromSeq, seal.toSeq, seal.hash, seal.previous, seal.keyId]))

export async function signSeal(key: CryptoKey, seal: Omit<Seal, 'signature'>): Promise<Seal> {
  const signature = await crypto.subtle.sign('Ed25519', key, signedBytes(seal))
  return { ...seal, signature: toBase64Url(new Uint8Array(signature)) }
}

export async function isSignedBy(key: CryptoKey, seal: Seal): Promise<boolean> {
  try {
    return await crypto.subtle.verify('Ed25519', key, fromBase64Url(seal.signature), signedBytes(seal))
  } catch {
    return false
  }
}

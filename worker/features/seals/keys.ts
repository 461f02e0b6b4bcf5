import type { NamedKey } from '../../env.ts'
import { toBase64Url } from '../../kernel/crypto.ts'

/** A public key as it stands in an export (RFC 8037). */
export interface PublicSealKey {
  kty: 'OKP'
  crv: 'Ed25519'
  kid: string
  x: string
}

/** PKCS #8 frame of an Ed25519 seed (RFC 8410). */
const frame = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

const privateKey = (key: NamedKey, extractable: boolean) =>
  crypto.subtle.importKey('pkcs8', Uint8Array.from([...frame, ...key.bytes]), 'Ed25519', extractable, ['sign'])

export const signingKey = (key: NamedKey): Promise<CryptoKey> => privateKey(key, false)

export async function publicKeyOf(key: NamedKey): Promise<PublicSealKey> {
  const jwk = (await crypto.subtle.exportKey('jwk', await privateKey(key, true))) as JsonWebKey
  if (!jwk.x) throw new Error(`seal key ${key.name} has no public half`)
  return { kty: 'OKP', crv: 'Ed25519', kid: key.name, x: jwk.x }
}

export const importPublicKey = ({ kty, crv, x }: PublicSealKey): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])

/** SHA-256 of the raw public key: short enough to write down and compare by eye. */
export async function fingerprintOf(key: PublicSealKey): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key.x))
  return toBase64Url(new Uint8Array(digest)).slice(0, 22)
}

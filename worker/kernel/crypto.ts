const encoder = new TextEncoder()

export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** 256 random bits as 43 base64url characters, for one-time links and refresh tokens. */
export const randomToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)))

/** For values with enough entropy of their own (tokens, keys, recovery codes); never for passwords. */
export async function sha256(text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))
}

/** Of bytes as they are. */
export const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

/** Compares in time that depends on the lengths only. */
export function equalConstantTime(a: string, b: string): boolean {
  const left = encoder.encode(a)
  const right = encoder.encode(b)
  let difference = left.length ^ right.length
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i % (right.length || 1)] ?? 0)
  return difference === 0
}

/** A secret as stored (P1.3): AES-256-GCM under a key derived for this secret alone. */
export interface SealedSecret {
  ciphertext: string
  salt: string
  iv: string
  keyVersion: number
}

/** Master keys by version; the highest seals, every one opens. 32 bytes each. */
export type MasterKeys = ReadonlyMap<number, Uint8Array<ArrayBuffer>>

async function deriveKey(master: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>, purpose: string) {
  const base = await crypto.subtle.importKey('raw', master, 'HKDF', false, ['deriveKey'])
  const params = { name: 'HKDF', hash: 'SHA-256', salt, info: encoder.encode(purpose) }
  return crypto.subtle.deriveKey(params, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export function newestKeyVersion(keys: MasterKeys): number {
  return Math.max(...keys.keys())
}

/** `purpose` binds the ciphertext to its row (`account:<id>`): a swapped one does not open. */
export async function sealSecret(keys: MasterKeys, purpose: string, plaintext: string): Promise<SealedSecret> {
  const keyVersion = newestKeyVersion(keys)
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await deriveKey(masterKey(keys, keyVersion), salt, purpose)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encoder.encode(plaintext))
  return { ciphertext: toBase64Url(new Uint8Array(sealed)), salt: toBase64Url(salt), iv: toBase64Url(iv), keyVersion }
}

/** @throws Error when the key version is unknown or the ciphertext was altered or moved. */
export async function openSecret(keys: MasterKeys, purpose: string, sealed: SealedSecret): Promise<string> {
  const key = await deriveKey(masterKey(keys, sealed.keyVersion), fromBase64Url(sealed.salt), purpose)
  const iv = fromBase64Url(sealed.iv)
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64Url(sealed.ciphertext))
  return new TextDecoder().decode(plain)
}

function masterKey(keys: MasterKeys, version: number): Uint8Array<ArrayBuffer> {
  const key = keys.get(version)
  if (!key) throw new Error(`master key version ${version} is not configured`)
  return key
}

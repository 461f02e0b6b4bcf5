import { jwtVerify, SignJWT } from 'jose'
import type { Config, NamedKey } from '../../../env.ts'
import { fromBase64Url, toBase64Url } from '../../../kernel/crypto.ts'
import { accessTokenLifetimeMs } from '../rules.ts'

const algorithm = 'HS256'
const type = 'at+jwt'
const imported = new WeakMap<NamedKey, Promise<CryptoKey>>()

export interface AccessClaims {
  userId: string
  sessionId: string
}

/** Valid for ten minutes, under the newest session key. */
export async function signAccessToken(config: Config, claims: AccessClaims, now: number): Promise<string> {
  const [key] = config.sessionKeys
  return new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader(headerOf(key))
    .setIssuer(config.publicOrigin)
    .setSubject(claims.userId)
    .setIssuedAt(Math.floor(now / 1_000))
    .setExpirationTime(Math.floor((now + accessTokenLifetimeMs) / 1_000))
    .sign(await cryptoKey(key))
}

/** Null for anything we did not sign or that is too old. Costs no query, so garbage is cheap to refuse (DESIGN §3). */
export async function verifyAccessToken(config: Config, token: string, now: number): Promise<AccessClaims | null> {
  const key = await signerOf(config, token)
  if (!key) return null
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      typ: type,
      issuer: config.publicOrigin,
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: new Date(now),
    })
    const { sub, sid } = payload
    return typeof sub === 'string' && typeof sid === 'string' ? { userId: sub, sessionId: sid } : null
  } catch {
    return null
  }
}

const headerOf = (key: NamedKey) => ({ alg: algorithm, typ: type, kid: key.name })

/**
 * The key this token is signed with; null where none of ours is. jose says so by exceptions, each of which costs more
 * than the signature: it judges only what is signed.
 */
async function signerOf(config: Config, token: string): Promise<CryptoKey | null> {
  const key = config.sessionKeys.find((candidate) => token.startsWith(prefixOf(candidate)))
  if (!key) return null
  const end = token.lastIndexOf('.')
  const verifier = await cryptoKey(key)
  try {
    const signature = fromBase64Url(token.slice(end + 1))
    const signed = encoder.encode(token.slice(0, end))
    return (await crypto.subtle.verify('HMAC', verifier, signature, signed)) ? verifier : null
  } catch {
    return null
  }
}

const encoder = new TextEncoder()
const prefixes = new WeakMap<NamedKey, string>()

/** How every token under this key begins: its header, as it is signed. */
function prefixOf(key: NamedKey): string {
  const known = prefixes.get(key)
  if (known) return known
  const prefix = `${toBase64Url(encoder.encode(JSON.stringify(headerOf(key))))}.`
  prefixes.set(key, prefix)
  return prefix
}

/** Imported once an isolate: half the cost of a verification otherwise. */
function cryptoKey(key: NamedKey): Promise<CryptoKey> {
  const known = imported.get(key)
  if (known) return known
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const fresh = crypto.subtle.importKey('raw', key.bytes, hmac, false, ['sign', 'verify'])
  imported.set(key, fresh)
  return fresh
}

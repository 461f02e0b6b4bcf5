import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose'
import type { Config, NamedKey } from '../../../env.ts'
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
    .setProtectedHeader({ alg: algorithm, typ: type, kid: key.name })
    .setIssuer(config.publicOrigin)
    .setSubject(claims.userId)
    .setIssuedAt(Math.floor(now / 1_000))
    .setExpirationTime(Math.floor((now + accessTokenLifetimeMs) / 1_000))
    .sign(await cryptoKey(key))
}

/** Null for anything we did not sign or that is too old. Costs no query, so garbage is cheap to refuse (DESIGN §3). */
export async function verifyAccessToken(config: Config, token: string, now: number): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, (header) => keyOf(config, header), {
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

function keyOf(config: Config, header: JWTHeaderParameters): Promise<CryptoKey> {
  const key = config.sessionKeys.find((candidate) => candidate.name === header.kid)
  if (!key) throw new Error('unknown kid')
  return cryptoKey(key)
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

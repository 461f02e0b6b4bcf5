import { fromBase64Url, toBase64Url } from '../../worker/kernel/crypto.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface Credential {
  id: string
  rpId: string
  userHandle: string
  keys: CryptoKeyPair
  signCount: number
}

export interface CreationOptions {
  challenge: string
  rp: { id?: string; name: string }
  user: { id: string; name: string }
  excludeCredentials?: { id: string }[]
}

export interface RequestOptions {
  challenge: string
  rpId?: string
  allowCredentials?: { id: string }[]
}

/** What a test may bend: the page's origin, the flags, the counter. */
export interface Bend {
  origin?: string
  userVerified?: boolean
  /** Added to the counter; negative ones are what a copied passkey looks like. */
  countBy?: number
}

const encode = (text: string): Bytes => Uint8Array.from(new TextEncoder().encode(text))

/**
 * A passkey provider in software: ES256, discoverable, user verified. It answers the options of the real API as a
 * browser would, so that tests sign in through the same door as people.
 */
export class SoftwareAuthenticator {
  readonly #credentials: Credential[] = []
  readonly #origin: string

  constructor(origin = 'http://localhost:8787') {
    this.#origin = origin
  }

  get credentialIds(): string[] {
    return this.#credentials.map((credential) => credential.id)
  }

  /** `navigator.credentials.create()`, as `PublicKeyCredential.toJSON()` gives it. */
  async create(options: CreationOptions, bend: Bend = {}) {
    const known = new Set(this.credentialIds)
    if (options.excludeCredentials?.some(({ id }) => known.has(id))) throw new Error('InvalidStateError')
    const id = crypto.getRandomValues(new Uint8Array(32))
    const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair
    const rpId = options.rp.id ?? new URL(this.#origin).hostname
    const publicKey = await coseKey(keys.publicKey)
    const attested = concat(new Uint8Array(16), uint16(id.length), id, publicKey)
    const authData = await authenticatorData(rpId, { ...bend, attested }, 0)
    this.#credentials.push({ id: toBase64Url(id), rpId, userHandle: options.user.id, keys, signCount: 0 })
    const attestation = concat(
      Uint8Array.of(0xa3),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Uint8Array.of(0xa0),
      cborText('authData'),
      cborBytes(authData),
    )
    return {
      id: toBase64Url(id),
      rawId: toBase64Url(id),
      type: 'public-key' as const,
      clientExtensionResults: {},
      authenticatorAttachment: 'platform' as const,
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, bend.origin),
        attestationObject: toBase64Url(attestation),
        transports: ['internal'],
      },
    }
  }

  /** `navigator.credentials.get()`: with the allowed credential, or the newest one it has for this site. */
  async get(options: RequestOptions, bend: Bend = {}) {
    const allowed = options.allowCredentials?.map(({ id }) => id)
    const credential = this.#credentials.findLast(({ id }) => !allowed || allowed.includes(id))
    if (!credential) throw new Error('NotAllowedError')
    credential.signCount += bend.countBy ?? 1
    const authData = await authenticatorData(options.rpId ?? credential.rpId, bend, credential.signCount)
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, bend.origin)
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64Url(clientDataJSON)))
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const raw = await crypto.subtle.sign(algorithm, credential.keys.privateKey, concat(authData, hash))
    return {
      id: credential.id,
      rawId: credential.id,
      type: 'public-key' as const,
      clientExtensionResults: {},
      authenticatorAttachment: 'platform' as const,
      response: {
        clientDataJSON,
        authenticatorData: toBase64Url(authData),
        signature: toBase64Url(derSignature(new Uint8Array(raw))),
        userHandle: credential.userHandle,
      },
    }
  }

  #clientData(type: string, challenge: string, origin = this.#origin): string {
    return toBase64Url(encode(JSON.stringify({ type, challenge, origin, crossOrigin: false })))
  }
}

async function authenticatorData(
  rpId: string,
  { userVerified = true, attested }: Bend & { attested?: Bytes },
  signCount: number,
): Promise<Bytes> {
  const rpIdHash = new Uint8Array(await crypto.subtle.digest('SHA-256', encode(rpId)))
  const flags = 0x01 | (userVerified ? 0x04 : 0) | (attested ? 0x40 : 0)
  const counter = new Uint8Array(4)
  new DataView(counter.buffer).setUint32(0, signCount)
  return concat(rpIdHash, Uint8Array.of(flags), counter, attested ?? new Uint8Array(0))
}

/** COSE_Key {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
async function coseKey(publicKey: CryptoKey): Promise<Bytes> {
  const jwk = (await crypto.subtle.exportKey('jwk', publicKey)) as { x?: string; y?: string }
  const x = cborBytes(fromBase64Url(jwk.x ?? ''))
  const y = cborBytes(fromBase64Url(jwk.y ?? ''))
  return concat(Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), x, Uint8Array.of(0x22), y)
}

const uint16 = (n: number) => Uint8Array.of(n >> 8, n & 0xff)

function cborHead(major: number, length: number): Bytes {
  if (length < 24) return Uint8Array.of(major | length)
  return length < 256 ? Uint8Array.of(major | 24, length) : Uint8Array.of(major | 25, length >> 8, length & 0xff)
}

const cborText = (text: string) => concat(cborHead(0x60, text.length), encode(text))
const cborBytes = (bytes: Bytes) => concat(cborHead(0x40, bytes.length), bytes)

/** WebCrypto signs as r‖s; authenticators answer in DER. */
function derSignature(raw: Bytes): Bytes {
  const body = concat(derInteger(raw.slice(0, 32)), derInteger(raw.slice(32)))
  return concat(Uint8Array.of(0x30, body.length), body)
}

function derInteger(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? new Uint8Array(1) : bytes.slice(first)
  const positive = (digits[0] ?? 0) & 0x80 ? concat(new Uint8Array(1), digits) : digits
  return concat(Uint8Array.of(0x02, positive.length), positive)
}

function concat(...parts: Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

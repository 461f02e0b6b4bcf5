import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { DAY, HOUR, SECOND } from '../../time.ts'

const LIFETIME = 90 * DAY
const ISSUER = 'Simulated Authority'
const COMMON_NAME_MAX = 64

interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

/** A real certificate in PEM, valid for 90 days from shortly before `at`, signed with its own key. */
export function issueCertificate(domainNames: string[], at: number, keys: KeyPair = newKeys()): string {
  const { publicKey, privateKey } = keys
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const notBefore = Math.floor((at - HOUR) / SECOND) * SECOND
  const content = sequence(
    der(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(4), randomBytes(17)])),
    algorithm,
    name(ISSUER),
    sequence(time(notBefore), time(notBefore + LIFETIME - SECOND)),
    name(domainNames.find(({ length }) => length <= COMMON_NAME_MAX) ?? ISSUER),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames(domainNames))),
  )
  const signature = sign('sha256', content, privateKey)
  return pem(sequence(content, algorithm, der(0x03, Buffer.of(0), signature)))
}

function newKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

function alternativeNames(domainNames: string[]): Buffer {
  const names = domainNames.map((domain) => der(0x82, Buffer.from(domain, 'latin1')))
  return sequence(oid('551d11'), der(0x04, sequence(...names)))
}

function name(common: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))))
}

/** UTCTime, which lasts until 2049. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '')
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes)
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts)
}

/** One element in Distinguished Encoding Rules: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content])
  const hex = content.length.toString(16)
  const length = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, content])
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

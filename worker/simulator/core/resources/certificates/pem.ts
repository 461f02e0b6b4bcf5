import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import type { Body } from '../../body.ts'
import type { CertificateRecord } from '../../types.ts'

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** What a certificate says about itself. */
export type Identity = Pick<
  CertificateRecord,
  'certificate' | 'notValidBefore' | 'notValidAfter' | 'domainNames' | 'fingerprint'
>

/** Reads an uploaded chain and its key; notes a problem at the field that is no PEM, or whose key is another one's. */
export function readUploaded(body: Body): Identity | undefined {
  const text = body.requiredString('certificate')
  const keyText = body.requiredString('private_key')
  const leaf = parseChain(text)
  if (!leaf) body.problem('certificate', 'must be a certificate chain in PEM format')
  const key = parseKey(keyText)
  if (!key) body.problem('private_key', 'must be a private key in PEM format')
  if (!leaf || !key) return undefined
  if (!spkiOf(leaf.publicKey).equals(spkiOf(createPublicKey(key)))) {
    body.problem('private_key', 'does not belong to the certificate')
    return undefined
  }
  return identify(text, leaf)
}

/** Reads dates, names and the fingerprint off a certificate in PEM. */
export function identify(text: string, leaf = new X509Certificate(text)): Identity {
  return {
    certificate: text,
    notValidBefore: Date.parse(leaf.validFrom),
    notValidAfter: Date.parse(leaf.validTo),
    domainNames: namesOf(leaf),
    fingerprint: leaf.fingerprint256.toLowerCase(),
  }
}

/** The first certificate; undefined when one of the chain cannot be read. */
function parseChain(text: string): X509Certificate | undefined {
  try {
    const [leaf] = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block))
    return leaf
  } catch {
    return undefined
  }
}

function parseKey(text: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

function spkiOf(key: ReturnType<typeof createPublicKey>): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

/** The names it is valid for; the common name where it has no others. */
function namesOf(leaf: X509Certificate): string[] {
  const names = (leaf.subjectAltName ?? '').split(', ').flatMap((entry) => /^DNS:(.+)$/.exec(entry)?.[1] ?? [])
  if (names.length > 0) return names
  const common = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
  return common === undefined ? [] : [common]
}

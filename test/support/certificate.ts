import { generateKeyPairSync } from 'node:crypto'
import { issueCertificate } from '../../worker/simulator/core/resources/certificates/x509.ts'

/** A certificate for the names, valid from the time on, with its key: what an upload consists of. */
export function uploadable(names: string[], at = Date.now()): { certificate: string; private_key: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    certificate: issueCertificate(names, at, keys),
    private_key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

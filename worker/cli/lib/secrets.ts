import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Secrets {
  /** `1:<base64url>[,2:<base64url>]`: the highest version encrypts, every version decrypts. */
  MASTER_KEYS: string
  /** `k1:<base64url>[,k2:…]`: the first signs, every one verifies. */
  SESSION_KEYS: string
  /** `s1:<base64url>[,s2:…]`: Ed25519 seeds; the first signs the audit log's seals, every one verifies. */
  SEAL_KEYS: string
}

export const newKey = (): string => randomBytes(32).toString('base64url')

/** Written whole or not at all, readable by its owner only. */
export function writeSecrets(file: string, secrets: Secrets): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The secrets of a local instance: made once, then kept, or its stored tokens could never be read again. */
export function localSecrets(file: string): Secrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {}
  const secrets = { MASTER_KEYS: `1:${newKey()}`, SESSION_KEYS: `k1:${newKey()}`, SEAL_KEYS: `s1:${newKey()}`, ...kept }
  if (Object.keys(kept).length < Object.keys(secrets).length) writeSecrets(file, secrets)
  return secrets
}

import { sha256 } from '../../../kernel/crypto.ts'
import { normalizeRecoveryCode, recoveryCodeCount } from '../rules.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export interface NewRecoveryCodes {
  /** Shown once, `xxxx-xxxx-xxxx-xxxx`: 80 random bits each. */
  codes: string[]
  hashes: string[]
}

export async function createRecoveryCodes(userId: string): Promise<NewRecoveryCodes> {
  const codes = Array.from({ length: recoveryCodeCount }, randomCode)
  return { codes, hashes: await Promise.all(codes.map((code) => hashRecoveryCode(userId, code))) }
}

/** Bound to its person, so that a code says nothing about anybody else's. */
export const hashRecoveryCode = (userId: string, code: string): Promise<string> =>
  sha256(`${userId}:${normalizeRecoveryCode(code)}`)

function randomCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const text = Array.from(bytes, (byte) => alphabet[byte % 32]).join('')
  return text.replaceAll(/(.{4})(?=.)/g, '$1-')
}

import type { Argon2HashOptions } from '@phi-ag/argon2'
import { toBase64Url } from '../../../kernel/crypto.ts'

/** OWASP's first choice for argon2id that leaves an isolate of 128 MB its room. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const currentPrefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`

/** A hash of nothing anybody can type, made with the parameters above: it costs what a real one costs. */
export const nobodysHash = `${currentPrefix}d2Vibm92YS1ub2JvZHkhIQ$8Mqf3mZrtY9Mp4yjFL8pqlZX9ehdP0i6DLUgQB8q+ow`

interface Hasher {
  hash(text: string, options: Partial<Argon2HashOptions>): { encoded: string }
  tryVerify(encoded: string, text: string): { success: boolean }
}

let hasher: Hasher | null = null

/** Loaded at the first password of an isolate: who signs in by passkey pays nothing for it. */
async function loadHasher(): Promise<Hasher> {
  if (hasher) return hasher
  const [library, wasm] = await Promise.all([import('@phi-ag/argon2'), import('@phi-ag/argon2/argon2.wasm')])
  // The instance is kept, not its promise: one that belongs to a cancelled request would never resolve.
  hasher ??= new library.default(await WebAssembly.instantiate(wasm.default))
  return hasher
}

/** Characters that look alike are alike however a keyboard makes them (NIST SP 800-63B). */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** As ASCII: the library counts characters where argon2 counts bytes, and would leave off the end of anything else. */
const asAscii = (password: string): string => toBase64Url(new TextEncoder().encode(normalizePassword(password)))

/** A PHC string with a salt of its own; its parameters stand in it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const options = { ...parameters, hashLength: 32, type: 2, version: 19, salt }
  return (await loadHasher()).hash(asAscii(password), options).encoded
}

/** Always the work of one hash, in constant time; false also for a hash that is none. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  return (await loadHasher()).tryVerify(hash, asAscii(password)).success
}

/** Made with other parameters than today's: replaced at the next sign-in, when the password is at hand. */
export const isOutdatedHash = (hash: string): boolean => !hash.startsWith(currentPrefix)

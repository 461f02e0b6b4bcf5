import { equalConstantTime } from '../../../kernel/crypto.ts'
import { seconds } from '../../../kernel/clock.ts'

export const totpDigits = 6
export const totpStepMs = seconds(30)
/** Clocks that differ by less than a step still agree. */
const drift = [-1, 0, 1]

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 random bits as 32 characters of base 32, as RFC 4226 asks of a secret. */
export const createTotpSecret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => alphabet[byte % 32]).join('')

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

export const totpStepAt = (now: number): number => Math.floor(now / totpStepMs)

/** The code of one step (RFC 6238 with RFC 4226's SHA-1, which is what the apps know). */
export async function totpCode(secret: string, step: number): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', fromBase32(secret), hmac, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f
  return String((mac.getUint32(offset) & 0x7f_ff_ff_ff) % 10 ** totpDigits).padStart(totpDigits, '0')
}

/**
 * The step whose code this is, newer than the last one accepted; null for none. A code read over a shoulder is worth
 * nothing once it was used (RFC 6238 §5.2).
 */
export async function findTotpStep(
  secret: string,
  presented: string,
  now: number,
  lastStep: number,
): Promise<number | null> {
  const steps = drift.map((by) => totpStepAt(now) + by)
  const codes = await Promise.all(steps.map((step) => totpCode(secret, step)))
  const matching = steps.filter((step, i) => equalConstantTime(codes[i] ?? '', presented) && step > lastStep)
  return matching.at(-1) ?? null
}

/** What the app reads out of the picture. */
export function totpUri(secret: string, email: string, issuer: string): string {
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: String(totpDigits), period: '30' })
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${query}`
}

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeQr } from '../../../web/src/lib/settings/second-way/qr.ts'

const digest = (text: string) => {
  const rows = encodeQr(text).map((row) => row.map((dark) => (dark ? '1' : '0')).join(''))
  return { size: rows.length, hash: createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16) }
}

const link = (email: string) =>
  `otpauth://totp/WebNova:${encodeURIComponent(email)}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=WebNova&algorithm=SHA1&digits=6&period=30`

describe('a QR code', () => {
  // The expected ones are of another encoder (uqr 0.1.3), and were read back by a decoder (jsQR 1.4.0).
  it.each([
    ['a word', 'WebNova', 21, 'ebdbc000c437a24a'],
    ['a usual link', link('ada@example.com'), 49, '927893a7d2349ffe'],
    ['a long address', link(`${'x'.repeat(150)}@example.com`), 65, 'e7bc977b1d9031c8'],
    ['a longer one', link(`${'y'.repeat(200)}@example.com`), 69, '5e6f7e7cfeb5d0eb'],
  ])('of %s is the same as another encoder makes it', (_name, text, size, hash) => {
    expect(digest(text)).toEqual({ size, hash })
  })

  it('is refused for what no size of it holds', () => {
    expect(() => encodeQr('x'.repeat(667))).toThrow(RangeError)
    expect(encodeQr('x'.repeat(666))).toHaveLength(97)
  })
})

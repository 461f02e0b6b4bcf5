import { describe, expect, it } from 'vitest'
import { checksumOf, looksLikeKey, makeKey, parseKey } from '../../../worker/features/api-keys/key-format.ts'

describe('an API key', () => {
  it('is 64 letters and digits that say which key it is', () => {
    const { id, secret, key } = makeKey()
    expect(key).toMatch(/^wn[0-9A-Za-z]{62}$/)
    expect(parseKey(key)).toEqual({ id, secret })
    expect([id.length, secret.length]).toEqual([16, 44])
  })

  it('has a checksum that anybody can compute again: CRC-32 in base 62', () => {
    // The check value of CRC-32 is 0xcbf43926 = 3421780262.
    expect(checksumOf('123456789')).toBe('3jZRME')
  })

  it('is refused with any one character changed, cut off or added', () => {
    const { key } = makeKey()
    for (let i = 0; i < key.length; i++) {
      const other = key[i] === 'a' ? 'b' : 'a'
      expect(parseKey(`${key.slice(0, i)}${other}${key.slice(i + 1)}`)).toBeNull()
    }
    for (const text of [key.slice(0, -1), `${key}0`, '', `${key.slice(0, -1)}-`]) expect(parseKey(text)).toBeNull()
  })

  it('is not taken for one where it is an access token', () => {
    expect(looksLikeKey('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2ln')).toBe(false)
  })

  it('is made of characters that are all as likely', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 500; i++) {
      for (const char of makeKey().secret) counts.set(char, (counts.get(char) ?? 0) + 1)
    }
    const expected = (500 * 44) / 62
    expect(counts.size).toBe(62)
    // Five standard deviations of a fair draw; the bias of a plain modulo would be far outside.
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected))
  })
})

import { describe, expect, it } from 'vitest'
import {
  createTotpSecret,
  findTotpStep,
  totpCode,
  totpStepAt,
  totpUri,
} from '../../../worker/features/identity/totp/code.ts'

/** RFC 6238 appendix B: `12345678901234567890`, the last six digits of its SHA-1 column. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a one-time code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i is the one of RFC 6238', async (second, code) => {
    expect(await totpCode(rfcSecret, totpStepAt(second * 1_000))).toBe(code)
  })

  it('is accepted one step early and one step late, and no further', async () => {
    const now = 1_234_567_890_000
    const step = totpStepAt(now)
    const found = await Promise.all(
      [-2, -1, 0, 1, 2].map(async (by) => findTotpStep(rfcSecret, await totpCode(rfcSecret, step + by), now, 0)),
    )
    expect(found).toEqual([null, step - 1, step, step + 1, null])
  })

  it('is worth nothing at or before the last step that was accepted', async () => {
    const now = 1_234_567_890_000
    const step = totpStepAt(now)
    const code = await totpCode(rfcSecret, step)
    expect(await findTotpStep(rfcSecret, code, now, step - 1)).toBe(step)
    expect(await findTotpStep(rfcSecret, code, now, step)).toBeNull()
    expect(await findTotpStep(rfcSecret, code, now, step + 1)).toBeNull()
  })

  it('has a secret of 160 bits, different each time, that an app can read', () => {
    const secret = createTotpSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(createTotpSecret()).not.toBe(secret)
    const uri = new URL(totpUri(secret, 'ada+1@example.com', 'WebNova'))
    expect(uri.protocol).toBe('otpauth:')
    expect(decodeURIComponent(uri.pathname)).toContain('WebNova:ada+1@example.com')
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret,
      issuer: 'WebNova',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { claimInstance } from '../../support/session.ts'

describe('set-up', () => {
  it('makes the first owner and signs them in', async () => {
    const owner = await claimInstance({ name: 'Ada', email: 'Ada@Example.com' })
    expect(owner.me).toMatchObject({
      name: 'Ada',
      email: 'ada@example.com',
      role: 'OWNER',
      passkeyCount: 1,
      recoveryCodesRemaining: 10,
    })
    expect((await owner.api('/me')).status).toBe(200)
  })
})

import { describe, expect, it } from 'vitest'
import type { Operation } from '../../worker/features/actions/index.ts'
import { follow, lockOf, phases, setUpFleet } from '../worker/actions/support.ts'
import { execute, queryFirst } from '../support/database.ts'
import { readError, readJson, signIn, signInAs } from '../support/session.ts'

const until = async (isSo: () => Promise<boolean>) => {
  for (let i = 0; i < 200 && !(await isSo()); i++) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('a session that ends during an operation', () => {
  it.each([
    ['is revoked', 'UPDATE sessions SET revoked_at = 1 WHERE id = ?', 401, 'session_expired'],
    ['runs out', 'UPDATE sessions SET expires_at = 1 WHERE id = ?', 401, 'session_expired'],
    [
      'is that of a person who is suspended',
      "UPDATE users SET status = 'SUSPENDED' WHERE id = (SELECT user_id FROM sessions WHERE id = ?)",
      403,
      'account_not_active',
    ],
  ])(
    'because it %s: what was begun is carried to its end, once, and nothing further',
    async (_name, sql, status, code) => {
      const [fleet, session] = [await setUpFleet(), await signInAs('OWNER')]
      const path = `/servers/${fleet.server.id}/actions`
      await fleet.addFault('latency', { method: 'POST', path: '/actions/', ms: 300 })
      const answer = session.api(path, { json: { action: 'reboot' } })
      await until(async () => (await fleet.requests('/actions/')).length > 0)
      await execute(sql, session.me.session.id)

      const operation = await readJson<Operation>(await answer, 202)
      expect(await readError(await session.api(path, { json: { action: 'reboot' } }))).toMatchObject({ status, code })
      expect(await readError(await session.api('/me'))).toMatchObject({ status, code })
      await follow(fleet.server)
      expect(await phases(fleet.server)).toEqual(['started', 'accepted', 'succeeded'])
      expect(await fleet.writes(fleet.server)).toHaveLength(1)
      expect(await lockOf(fleet.server).holder()).toBeNull()
      expect(await queryFirst('SELECT status FROM operations WHERE id = ?', operation.id)).toEqual({
        status: 'succeeded',
      })
    },
  )

  it('leaves the same Idempotency-Key good for whoever signs in again', async () => {
    const [fleet, session] = [await setUpFleet(), await signInAs('OWNER')]
    const init = { json: { action: 'reboot' }, headers: { 'idempotency-key': crypto.randomUUID() } }
    const path = `/servers/${fleet.server.id}/actions`
    const first = await readJson<Operation>(await session.api(path, init), 202)
    await execute('UPDATE sessions SET revoked_at = 1 WHERE id = ?', session.me.session.id)
    const again = await signIn(session.authenticator)
    expect(await readJson<Operation>(await again.api(path, init), 202)).toEqual(first)
    await follow(fleet.server)
    expect(await fleet.writes(fleet.server)).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { minutes } from '../../../worker/kernel/clock.ts'
import { accountRow, createTestAccount, createToken } from '../../support/accounts.ts'
import { execute } from '../../support/database.ts'
import { readError, signInAs, type TestSession } from '../../support/session.ts'

const provenAgo = (session: TestSession, ms: number) =>
  execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now() - ms, session.me.session.id)

async function destructive() {
  const { accountId, project } = await createTestAccount({ servers: 1, synced: true })
  const { token } = await createToken(project)
  return {
    accountId,
    calls: [
      { path: `/accounts/${accountId}/token`, init: { method: 'PUT', json: { token } }, status: 200 },
      { path: `/accounts/${accountId}`, init: { method: 'DELETE' }, status: 204 },
    ],
  }
}

describe('disconnecting a project and replacing its token', () => {
  it('ask for a passkey proven within five minutes, then go on', async () => {
    const [{ accountId, calls }, owner] = [await destructive(), await signInAs('OWNER')]
    const before = await accountRow(accountId)
    await provenAgo(owner, minutes(6))
    for (const { path, init } of calls) {
      expect(await readError(await owner.api(path, init))).toMatchObject({ status: 403, code: 'step_up_required' })
    }
    expect(await accountRow(accountId)).toEqual(before)
    await provenAgo(owner, minutes(4))
    for (const { path, init, status } of calls) expect((await owner.api(path, init)).status).toBe(status)
  })

  it('are not opened by a recovery code alone', async () => {
    const [{ calls }, owner] = [await destructive(), await signInAs('OWNER')]
    await execute('UPDATE sessions SET verified_at = 0 WHERE id = ?', owner.me.session.id)
    for (const { path, init } of calls) {
      expect(await readError(await owner.api(path, init))).toMatchObject({ code: 'step_up_required' })
    }
  })

  it('ask nobody for a passkey who may not do it anyway', async () => {
    const [{ calls }, admin] = [await destructive(), await signInAs('ADMIN')]
    await provenAgo(admin, minutes(6))
    for (const { path, init } of calls) {
      expect(await readError(await admin.api(path, init))).toMatchObject({ status: 403, code: 'forbidden' })
    }
  })
})

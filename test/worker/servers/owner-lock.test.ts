import { beforeAll, describe, expect, it } from 'vitest'
import { assertNotOwnerLocked } from '../../../worker/features/servers/index.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { testCtx } from '../../support/ctx.ts'
import { execute } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'

interface Locked {
  ownerLocked: boolean
  ownerLock: { by: string; reason: string | null } | null
}

let owner: TestSession
let serverId = ''

beforeAll(async () => {
  owner = await signInAs('OWNER')
  const { accountId } = await createTestAccount({ servers: 2, synced: true })
  serverId = (await mirrorOf(accountId))[0]?.id ?? ''
})

const put = (session: TestSession, json: object = {}) =>
  session.api(`/servers/${serverId}/lock`, { method: 'PUT', json })
const remove = (session: TestSession) => session.api(`/servers/${serverId}/lock`, { method: 'DELETE' })

describe('an owner lock', () => {
  it('stands on the server with who and why, in lists too, and on the record', async () => {
    const locked = await readJson<Locked>(await put(owner, { reason: 'the books' }))
    expect(locked).toMatchObject({ ownerLocked: true, ownerLock: { by: owner.me.name, reason: 'the books' } })
    const list = await readJson<{ items: (Locked & { id: string })[] }>(await owner.api('/servers?limit=200'))
    expect(list.items.filter((server) => server.ownerLocked).map((server) => server.id)).toEqual([serverId])
    expect((await auditRows('server.lock', serverId)).map((row) => row.phase)).toEqual(['started', 'succeeded'])
  })

  it('is refused a second time, and keeps whoever was first', async () => {
    const other = await signInAs('OWNER')
    expect(await readError(await put(other))).toMatchObject({ status: 409, code: 'owner_locked' })
  })

  it('holds against everybody, an owner included', async () => {
    const act = assertNotOwnerLocked(testCtx(), serverId, 'web-1')
    await expect(act).rejects.toMatchObject({ code: 'owner_locked', meta: { by: owner.me.name } })
  })

  it.each(['ADMIN', 'USER', 'VIEWER'] as const)('is neither set nor lifted by %s', async (role) => {
    const session = await signInAs(role)
    expect(await readError(await put(session))).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await readError(await remove(session))).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('is lifted only with a fresh proof', async () => {
    await execute('UPDATE sessions SET verified_at = 0 WHERE id = ?', owner.me.session.id)
    expect(await readError(await remove(owner))).toMatchObject({ status: 403, code: 'step_up_required' })
    await execute('UPDATE sessions SET verified_at = ? WHERE id = ?', Date.now(), owner.me.session.id)
    expect(await readJson<Locked>(await remove(owner))).toMatchObject({ ownerLocked: false, ownerLock: null })
    await expect(assertNotOwnerLocked(testCtx(), serverId, 'web-1')).resolves.toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { minutes } from '../../../worker/kernel/clock.ts'
import { createTestAccount } from '../../support/accounts.ts'
import { createKey } from '../../support/api-keys.ts'
import { auditRows } from '../../support/audit.ts'
import { execute } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'

interface Approval {
  id: string
  state: string
  key: { id: string; name: string }
  operation: string
  action: string
  target: { type: string; id: string; name: string }
  ip: string
}

const remove = (accountId: string) => [`/accounts/${accountId}`, { method: 'DELETE' }] as const

async function asked(stepUp = 'destructive') {
  const owner = await signInAs('OWNER')
  const { accountId } = await createTestAccount()
  const key = await createKey(owner, { name: 'Terraform', stepUp, permissions: ['accounts:manage', 'accounts:read'] })
  const first = await key.api(...remove(accountId))
  const id = first.status === 403 ? String((await readError(first)).meta?.['approvalId']) : ''
  return { owner, accountId, key, id, first }
}

const answer = (session: TestSession, id: string, verb: 'approve' | 'refuse') =>
  session.api(`/me/approvals/${id}/${verb}`, { method: 'POST' })

describe('a destructive act with a key', () => {
  it('waits for its person’s passkey and is then done, once', async () => {
    const { owner, accountId, key, id } = await asked()
    const again = await readError(await key.api(...remove(accountId)))
    expect(again).toMatchObject({ status: 403, code: 'approval_required' })
    expect(again.meta).toEqual({ approvalId: id, url: `http://localhost:8787/approvals/${id}` })
    expect(await readJson<Approval>(await owner.api(`/me/approvals/${id}`))).toMatchObject({
      state: 'waiting',
      key: { id: key.key.id, name: 'Terraform' },
      operation: `DELETE /api/v1/accounts/${accountId}`,
      action: 'account.remove',
      target: { type: 'account', id: accountId },
    })
    expect(await readJson(await answer(owner, id, 'approve'))).toMatchObject({ state: 'approved' })
    expect((await key.api(...remove(accountId))).status).toBe(204)
    expect(await readJson(await owner.api(`/me/approvals/${id}`))).toMatchObject({ state: 'done' })
    const done = (await auditRows('account.remove', accountId)).at(-1)
    expect(done).toMatchObject({ phase: 'succeeded', actor_id: owner.me.id })
    for (const action of ['api_key.request_approval', 'api_key.approve']) {
      expect(await auditRows(action, key.key.id)).toHaveLength(2)
    }
  })

  it('needs nothing with a key that was made so', async () => {
    const { first } = await asked('never')
    expect(first.status).toBe(204)
  })

  it('is not approved for another request, another key, or a second time', async () => {
    const { owner, accountId, key, id } = await asked()
    const other = await createTestAccount()
    const sibling = await createKey(owner)
    await answer(owner, id, 'approve')
    const refused = [
      await key.api(...remove(other.accountId)),
      await key.api(`/accounts/${accountId}?really=1`, { method: 'DELETE' }),
      await sibling.api(...remove(accountId)),
    ]
    for (const attempt of refused) expect((await readError(attempt)).code).toBe('approval_required')
    const attempts = await Promise.all([1, 2, 3].map(() => key.api(...remove(accountId))))
    const done = attempts.filter(({ status }) => status === 204)
    expect(done).toHaveLength(1)
  })

  it.each<[string, (id: string, owner: TestSession) => Promise<unknown>]>([
    ['refused', (id, owner) => answer(owner, id, 'refuse')],
    [
      'approved more than ten minutes ago',
      async (id, owner) => {
        await answer(owner, id, 'approve')
        await execute('UPDATE key_approvals SET expires_at = expires_at - ? WHERE id = ?', minutes(10) + 1, id)
      },
    ],
    [
      'approved before its person was suspended and reactivated',
      async (id, owner) => {
        await answer(owner, id, 'approve')
        const other = await signInAs('OWNER')
        for (const verb of ['suspend', 'reactivate']) {
          await other.api(`/users/${owner.me.id}/${verb}`, { json: { reason: 'because' } })
        }
      },
    ],
  ])('stays refused where it was %s', async (_name, spoil) => {
    const { owner, accountId, key, id } = await asked()
    await spoil(id, owner)
    expect((await readError(await key.api(...remove(accountId)))).code).toBe('approval_required')
  })

  it('is asked for at most ten times at once', async () => {
    const { key } = await asked()
    const attempts = await Promise.all(
      Array.from({ length: 12 }, async () => key.api(...remove((await createTestAccount()).accountId))),
    )
    const codes = await Promise.all(attempts.map(async (attempt) => (await readError(attempt)).code))
    expect(codes.toSorted()).toEqual([...Array(9).fill('approval_required'), ...Array(3).fill('rate_limited')])
  })
})

describe('an approval', () => {
  it('needs a fresh passkey proof', async () => {
    const { owner, id } = await asked()
    await execute('UPDATE sessions SET verified_at = 0 WHERE id = ?', owner.me.session.id)
    expect((await readError(await answer(owner, id, 'approve'))).code).toBe('step_up_required')
    expect(await readJson(await owner.api(`/me/approvals/${id}`))).toMatchObject({ state: 'waiting' })
  })

  it('is its person’s alone: nobody else sees or answers it, nor does the key', async () => {
    const { key, id } = await asked()
    const other = await signInAs('OWNER')
    expect((await other.api(`/me/approvals/${id}`)).status).toBe(404)
    expect((await answer(other, id, 'approve')).status).toBe(404)
    expect((await key.api(`/me/approvals/${id}/approve`, { method: 'POST' })).status).toBe(403)
  })

  it('is answered once', async () => {
    const { owner, id } = await asked()
    const statuses = await Promise.all([answer(owner, id, 'approve'), answer(owner, id, 'refuse')])
    expect(statuses.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

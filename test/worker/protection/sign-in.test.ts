import { beforeEach, describe, expect, it } from 'vitest'
import { refuseSignIn } from '../../../worker/features/identity/sign-in/refuse.ts'
import type { UserBrief } from '../../../worker/features/identity/users.store.ts'
import { accountBackoff } from '../../../worker/features/protection/rules.ts'
import { sha256 } from '../../../worker/kernel/crypto.ts'
import { auditRows, execute } from '../../support/audit.ts'
import type { RequestOptions } from '../../support/authenticator.ts'
import { testCtx } from '../../support/ctx.ts'
import {
  api,
  readError,
  readJson,
  signIn,
  signInAs,
  type ChallengeAnswer,
  type TestSession,
} from '../../support/session.ts'
import { alertsOf, decide, react, statusOf, switchOffRules } from './support.ts'

beforeEach(() => decide({}))

const brief = ({ me }: TestSession): UserBrief => ({
  id: me.id,
  name: me.name,
  email: me.email,
  role: me.role,
  status: 'ACTIVE',
  permissions: [],
  grants: [],
})

/** Failed proofs, past the delays between them. */
async function fail(session: TestSession, times: number): Promise<void> {
  const ctx = testCtx({ actor: { kind: 'anonymous' } })
  const refused = { user: brief(session), reason: 'test' }
  await Promise.all(Array.from({ length: times }, () => refuseSignIn(ctx, 'user.sign_in', refused)))
  await ctx.settle()
}

async function tryPasskey({ authenticator }: TestSession, good: boolean): Promise<Response> {
  const begun = await api('/session/begin', { method: 'POST' })
  const { challengeId, options } = await readJson<ChallengeAnswer<RequestOptions>>(begun)
  return api('/session/finish', {
    json: { challengeId, response: await authenticator.get(options, { userVerified: good }) },
  })
}

describe('guessing at one account', () => {
  it('waits twice as long after each failure, is told how long, and is over for the person who proves who they are', async () => {
    const session = await signInAs('USER')
    for (let i = 0; i < 3; i++) expect((await tryPasskey(session, false)).status).toBe(401)
    const refused = await tryPasskey(session, true)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await readError(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    const ctx = testCtx()
    await ctx.limits.forgive(`tries-passkey:${session.me.id}`)
    expect((await signIn(session.authenticator)).me.id).toBe(session.me.id)
    expect((await statusOf(session))?.failed_login_attempts).toBe(0)
    expect((await tryPasskey(session, false)).status).toBe(401)
    expect((await tryPasskey(session, true)).status).toBe(200)
  })

  it('with 100 guesses at once gets three answers, and each answered one is counted', async () => {
    const session = await signInAs('USER')
    const answers = await Promise.all(Array.from({ length: 100 }, () => tryPasskey(session, false)))
    const statuses = answers.map(({ status }) => status)
    const answered = statuses.filter((status) => status === 401).length
    expect(statuses.filter((status) => status === 429)).toHaveLength(100 - answered)
    expect((await statusOf(session))?.failed_login_attempts).toBe(answered)
    // Three, and on a slow machine one more that came after the first second's wait.
    expect([3, 4]).toContain(answered)
  })

  it('counts exactly where 100 try at once, and keeps accounts apart', async () => {
    const { limits } = testCtx()
    const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()]
    const slow = { ...accountBackoff, free: 7, firstMs: 60_000 }
    const tries = await Promise.all(Array.from({ length: 100 }, () => limits.attempt(mine, slow)))
    expect(tries.filter(({ allowed }) => allowed)).toHaveLength(7)
    expect(await limits.delay(other)).toBe(0)
    expect(await limits.delay(mine)).toBeGreaterThan(50)
    await limits.forgive(mine)
    expect(await limits.delay(mine)).toBe(0)
  })
})

describe('five failed sign-ins in a row', () => {
  it('suspend the person once, end everything, and tell the owners in the same batch', async () => {
    await signInAs('OWNER')
    const session = await signInAs('ADMIN')
    await fail(session, 4)
    expect(await statusOf(session)).toMatchObject({ status: 'ACTIVE', failed_login_attempts: 4 })
    await fail(session, 1)
    expect(await statusOf(session)).toMatchObject({
      status: 'SUSPENDED',
      status_changed_by: 'protection',
      status_reason: expect.stringContaining('Five failed sign-ins'),
    })
    expect(await readError(await session.api('/me'))).toMatchObject({ status: 403, code: 'account_not_active' })
    const rows = await auditRows('user.suspend', session.me.id)
    expect(rows.map((row) => [row.phase, row.actor_kind, row.actor_id])).toEqual([
      ['started', 'system', 'protection'],
      ['succeeded', 'system', 'protection'],
    ])
    const [alert, ...more] = await alertsOf(session)
    expect(more).toEqual([])
    expect(alert).toMatchObject({ kind: 'failed_sign_ins', severity: 'critical', ip: '192.0.2.10' })
    expect(JSON.parse(alert?.facts ?? '')).toEqual({ failures: 5, outcome: 'suspended' })
  })

  it('count exactly with 100 failures at once, and suspend once', async () => {
    await signInAs('OWNER')
    const session = await signInAs('USER')
    await fail(session, 100)
    expect(await statusOf(session)).toMatchObject({ status: 'SUSPENDED', failed_login_attempts: 100 })
    const ended = (await auditRows('user.suspend', session.me.id)).filter(({ phase }) => phase === 'succeeded')
    expect(ended).toHaveLength(1)
    expect(await alertsOf(session)).toHaveLength(1)
  })

  it('never suspend the last active owner: there the owner is told, and stays', async () => {
    await execute("UPDATE users SET status = 'DEACTIVATED' WHERE role = 'OWNER'")
    const owner = await signInAs('OWNER')
    await fail(owner, 100)
    expect(await statusOf(owner)).toMatchObject({ status: 'ACTIVE', failed_login_attempts: 100 })
    expect(await auditRows('user.suspend', owner.me.id)).toEqual([])
    const alerts = await alertsOf(owner)
    expect(alerts.length).toBeGreaterThan(0)
    expect(JSON.parse(alerts[0]?.facts ?? '')).toMatchObject({ outcome: 'last_owner' })
  })

  it('of the two last owners, both attacked at once, leave one', async () => {
    await execute("UPDATE users SET status = 'DEACTIVATED' WHERE role = 'OWNER'")
    const owners = [await signInAs('OWNER'), await signInAs('OWNER')]
    await Promise.all(owners.map((owner) => fail(owner, 5)))
    const statuses = await Promise.all(owners.map(async (owner) => (await statusOf(owner))?.status))
    expect(statuses.toSorted()).toEqual(['ACTIVE', 'SUSPENDED'])
  })

  it('only tell where the owner decided so, and do nothing where the rule is off', async () => {
    await signInAs('OWNER')
    const [told, left] = [await signInAs('USER'), await signInAs('USER')]
    await react('failed_sign_ins', 'alert')
    await fail(told, 10)
    expect((await statusOf(told))?.status).toBe('ACTIVE')
    expect(JSON.parse((await alertsOf(told))[0]?.facts ?? '')).toMatchObject({ outcome: 'alerted' })
    await switchOffRules('failed_sign_ins')
    await fail(left, 10)
    expect((await statusOf(left))?.status).toBe('ACTIVE')
    expect(await alertsOf(left)).toEqual([])
  })

  it('are forgotten with a success in between', async () => {
    await signInAs('OWNER')
    const session = await signInAs('USER')
    await fail(session, 4)
    await signIn(session.authenticator)
    await fail(session, 4)
    expect(await statusOf(session)).toMatchObject({ status: 'ACTIVE', failed_login_attempts: 4 })
  })

  it('at a person who has no recovery code to guess suspend nobody: an address alone is not enough', async () => {
    await signInAs('OWNER')
    const session = await signInAs('USER')
    await execute('DELETE FROM recovery_codes WHERE user_id = ?', session.me.id)
    const ctx = testCtx()
    for (let i = 0; i < 6; i++) {
      const answer = await api('/session/recovery', { json: { email: session.me.email, code: 'wrong' } })
      expect(answer.status).toBe(401)
      await ctx.limits.forgive(`tries-secret:${await sha256(session.me.email)}`)
    }
    expect(await statusOf(session)).toMatchObject({ status: 'ACTIVE', failed_login_attempts: 0 })
  })
})

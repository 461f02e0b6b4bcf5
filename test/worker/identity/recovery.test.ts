import { describe, expect, it } from 'vitest'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'
import {
  api,
  enrol,
  randomIp,
  readError,
  readJson,
  signIn,
  signInAs,
  toSession,
  type ChallengeAnswer,
  type TestMe,
  type TestSession,
} from '../../support/session.ts'

const post = { method: 'POST' }

const recover = (email: string, code: string, headers: Record<string, string> = {}) =>
  api('/session/recovery', { json: { email, code }, headers })

async function withCodes(): Promise<{ session: TestSession; codes: string[] }> {
  const session = await signInAs('USER')
  const { codes } = await readJson<{ codes: string[] }>(await session.api('/me/recovery-codes', post))
  return { session, codes }
}

async function recovered(email: string, code: string): Promise<TestSession> {
  const answer = await recover(email, code)
  return toSession(answer, await readJson<TestMe>(answer.clone()), new SoftwareAuthenticator())
}

describe('recovery codes', () => {
  it('are ten, shown once, kept as hashes', async () => {
    const { session, codes } = await withCodes()
    expect(codes).toHaveLength(10)
    for (const code of codes) expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/)
    const status = await readJson<{ remaining: number; createdAt: string }>(await session.api('/me/recovery-codes'))
    expect(status.remaining).toBe(10)
    expect(Date.now() - Date.parse(status.createdAt)).toBeLessThan(10_000)
    const stored = await queryFirst(
      'SELECT group_concat(hash) AS h FROM recovery_codes WHERE user_id = ?',
      session.me.id,
    )
    for (const code of codes) expect(JSON.stringify(stored)).not.toContain(code.replaceAll('-', ''))
  })

  it('sign in once each, however they are typed', async () => {
    const { session, codes } = await withCodes()
    const { email } = session.me
    const typed = ` ${(codes[0] ?? '').toUpperCase().replaceAll('-', ' ')} `
    const back = await recovered(email.toUpperCase(), typed)
    expect(back.me).toMatchObject({ id: session.me.id, recoveryCodesRemaining: 9 })
    expect(await readError(await recover(email, codes[0] ?? ''))).toMatchObject({ status: 401, code: 'sign_in_failed' })
    expect((await recovered(email, codes[1] ?? '')).me.recoveryCodesRemaining).toBe(8)
    const rows = await auditRows('recovery_codes.use', session.me.id)
    expect(rows.map((row) => row.phase)).toEqual(['started', 'succeeded', 'denied', 'started', 'succeeded'])
  })

  it('let one of two simultaneous uses through', async () => {
    const { session, codes } = await withCodes()
    const answers = await Promise.all([1, 2].map(() => recover(session.me.email, codes[0] ?? '')))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401])
  })

  it('open a session that may add a passkey and confirm nothing else', async () => {
    const { session, codes } = await withCodes()
    const back = await recovered(session.me.email, codes[0] ?? '')
    expect(back.me.session).toMatchObject({ verifiedAt: null, mustAddPasskey: true })
    expect(await readError(await back.api('/me/recovery-codes', post))).toMatchObject({ code: 'step_up_required' })
    const begun = await back.api('/me/passkeys/begin', post)
    const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(begun)
    const response = await back.authenticator.create(options)
    await readJson(await back.api('/me/passkeys/finish', { json: { challengeId, response } }))
    expect((await readJson<TestMe>(await back.api('/me'))).session.mustAddPasskey).toBe(false)
    expect((await signIn(back.authenticator)).me.id).toBe(session.me.id)
  })

  it('fail in the same words whether the address, the code or the person is wrong', async () => {
    const { session, codes } = await withCodes()
    const stranger = await withCodes()
    const attempts = [
      await recover('nobody@example.com', codes[0] ?? ''),
      await recover(session.me.email, '0000-0000-0000-0000'),
      await recover(session.me.email, stranger.codes[0] ?? ''),
    ]
    const bodies = await Promise.all(attempts.map(async (answer) => ({ ...(await readError(answer)), requestId: '' })))
    expect(bodies[0]).toMatchObject({ status: 401, code: 'sign_in_failed' })
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).toEqual(bodies[0])
  })

  it('never enter the log of what was done', async () => {
    const { session, codes } = await withCodes()
    await (await recover(session.me.email, codes[0] ?? '')).text()
    await (await recover(session.me.email, 'mistyped-code-xyz')).text()
    const log = JSON.stringify(
      await queryFirst("SELECT group_concat(coalesce(reason, '') || coalesce(after, '')) AS t FROM audit_log"),
    )
    for (const secret of [...codes, 'mistyped']) expect(log).not.toContain(secret)
  })

  it('can be guessed three times per account, then after waits that double, however right the next one is', async () => {
    const { session, codes } = await withCodes()
    for (let i = 0; i < 3; i++) expect((await recover(session.me.email, 'wrong')).status).toBe(401)
    const right = await recover(session.me.email, codes[0] ?? '')
    expect(right.headers.get('retry-after')).toBe('1')
    expect(await readError(right)).toMatchObject({ status: 429, code: 'rate_limited' })
    expect((await signIn(session.authenticator)).me.id).toBe(session.me.id)
  })

  it('can be guessed five times per address, then one a minute', async () => {
    const { session, codes } = await withCodes()
    const ip = randomIp()
    const guess = (i: number) => recover(`guess${i}-${ip}@example.com`, 'wrong', { 'cf-connecting-ip': ip })
    for (let i = 0; i < 5; i++) expect((await guess(i)).status).toBe(401)
    const refused = await guess(5)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10)
    expect(await readError(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    const right = await recover(session.me.email, codes[0] ?? '')
    expect(right.status).toBe(200)
  })

  it('open nothing for a person who is not active', async () => {
    const { session, codes } = await withCodes()
    await execute("UPDATE users SET status = 'BANNED' WHERE id = ?", session.me.id)
    expect(await readError(await recover(session.me.email, codes[0] ?? ''))).toMatchObject({
      status: 403,
      code: 'account_not_active',
    })
    const left = await queryFirst<{ n: number }>(
      'SELECT count(*) AS n FROM recovery_codes WHERE used_at IS NULL AND user_id = ?',
      session.me.id,
    )
    expect(left?.n).toBe(10)
  })

  it('are replaced only with a fresh proof, and then the old ones are worthless', async () => {
    const { session, codes } = await withCodes()
    const old = Date.now() - 301_000
    await execute('UPDATE sessions SET verified_at = ? WHERE id = ?', old, session.me.session.id)
    expect(await readError(await session.api('/me/recovery-codes', post))).toMatchObject({ code: 'step_up_required' })
    const fresh = await signIn(session.authenticator)
    await readJson(await fresh.api('/me/recovery-codes', post))
    expect((await recover(session.me.email, codes[0] ?? '')).status).toBe(401)
  })

  it('are kept for no repeat of the call that made them', async () => {
    const session = await signInAs('USER')
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const make = async () =>
      (await readJson<{ codes: string[] }>(await session.api('/me/recovery-codes', { ...post, headers }))).codes
    const first = await make()
    expect(await make()).not.toEqual(first)
    const kept = await queryFirst<{ n: number }>('SELECT count(*) AS n FROM idempotency_keys')
    expect(kept?.n).toBe(0)
  })
})

describe('a break-glass link', () => {
  it('gives an existing person a new passkey, a session, and codes where none are left', async () => {
    const session = await signInAs('ADMIN')
    expect(session.me.recoveryCodesRemaining).toBe(10)
    const again = await enrol(session.me.id)
    expect(again.session.me).toMatchObject({ id: session.me.id, passkeyCount: 2 })
    expect(again.recoveryCodes).toBeNull()
    await execute('UPDATE recovery_codes SET used_at = 1 WHERE user_id = ?', session.me.id)
    expect((await enrol(session.me.id)).recoveryCodes).toHaveLength(10)
    expect((await session.api('/me')).status).toBe(200)
    const rows = await auditRows('user.enrol', session.me.id)
    expect(rows.at(-1)).toMatchObject({ phase: 'succeeded', actor_name: 'deployer', target_name: 'Test admin' })
  })
})

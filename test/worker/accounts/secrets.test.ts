import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  openAccountProvider,
  reencryptTokens,
  removeAccount,
  replaceToken,
} from '../../../worker/features/accounts/index.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import type { MasterKeys } from '../../../worker/kernel/crypto.ts'
import { auditRows } from '../../support/audit.ts'
import { execute, queryAll, queryFirst } from '../../support/database.ts'
import { accountRow, addFault, control, createTestAccount, createToken } from '../../support/accounts.ts'
import { testCtx, userActor, type TestCtx } from '../../support/ctx.ts'
import { signInOwner } from '../../support/session.ts'

afterEach(() => vi.restoreAllMocks())

const withKeys = (ctx: TestCtx, masterKeys: MasterKeys): TestCtx => ({ ...ctx, config: { ...ctx.config, masterKeys } })
const newKey = () => crypto.getRandomValues(new Uint8Array(32))

describe('a sealed token', () => {
  it('does not open in another row', async () => {
    const a = await createTestAccount()
    const b = await createTestAccount()
    await execute(
      `UPDATE accounts SET (token_ciphertext, token_salt, token_iv, token_key_version) =
         (SELECT token_ciphertext, token_salt, token_iv, token_key_version FROM accounts WHERE id = ?) WHERE id = ?`,
      b.accountId,
      a.accountId,
    )
    await expect(openAccountProvider(a.ctx, a.accountId, 'person')).rejects.toMatchObject({ code: 'misconfigured' })
    expect(await syncAccount(a.ctx, a.accountId, { reason: 'cron' })).toMatchObject({
      result: 'failed',
      errorCode: 'misconfigured',
      requests: 0,
    })
    expect(await accountRow(a.accountId)).toMatchObject({ state: 'revoked', state_detail: 'token_unreadable' })
  })

  it('does not open after a change of one character', async () => {
    const { ctx, accountId } = await createTestAccount()
    const text = String((await accountRow(accountId))['token_ciphertext'])
    const altered = (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    await execute('UPDATE accounts SET token_ciphertext = ? WHERE id = ?', altered, accountId)
    await expect(openAccountProvider(ctx, accountId, 'person')).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('is different each time it is sealed', async () => {
    const { ctx, accountId, project } = await createTestAccount()
    const before = await accountRow(accountId)
    await replaceToken(ctx, accountId, { token: project.token })
    const after = await accountRow(accountId)
    for (const column of ['token_ciphertext', 'token_salt', 'token_iv']) expect(after[column]).not.toBe(before[column])
    expect(after['token_fingerprint']).toBe(before['token_fingerprint'])
  })
})

describe('the master key', () => {
  it('rotates without downtime: old and new open, then only the new one is needed', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 1 })
    await execute('UPDATE accounts SET removed_at = 1, token_fingerprint = id WHERE id <> ?', accountId)
    const both = withKeys(ctx, new Map([...ctx.config.masterKeys, [2, newKey()]]))
    const newest = withKeys(ctx, new Map([...both.config.masterKeys].filter(([version]) => version === 2)))
    expect(await syncAccount(both, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete' })
    expect(await reencryptTokens(both)).toEqual({ reencrypted: 1, remaining: 0, keyVersion: 2 })
    expect(await accountRow(accountId)).toMatchObject({ token_key_version: 2 })
    expect(await syncAccount(newest, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete' })
    // A worker that has only the old key, still running during the rollout, says so and breaks nothing.
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ errorCode: 'misconfigured' })
    expect(await syncAccount(newest, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete' })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok' })
    expect(await reencryptTokens(newest)).toEqual({ reencrypted: 0, remaining: 0, keyVersion: 2 })
    const rows = await auditRows('account.reencrypt')
    expect(rows.map((row) => row.phase)).toEqual(['started', 'succeeded', 'started', 'succeeded'])
    expect(rows[1]).toMatchObject({ target_type: 'instance', after: '{"reencrypted":1,"remaining":0,"keyVersion":2}' })
  })

  it('is replaced in batches, and tells what is left', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 0 })
    await execute('UPDATE accounts SET removed_at = 1, token_fingerprint = id WHERE id <> ?', accountId)
    for (let i = 0; i < 24; i++) await createTestAccount({ servers: 0 })
    const both = withKeys(ctx, new Map([...ctx.config.masterKeys, [2, newKey()]]))
    expect(await reencryptTokens(both)).toEqual({ reencrypted: 20, remaining: 5, keyVersion: 2 })
    expect(await reencryptTokens(both)).toEqual({ reencrypted: 5, remaining: 0, keyVersion: 2 })
  })

  it('that is missing leaves its tokens alone and counts them', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 0 })
    await execute('UPDATE accounts SET removed_at = 1, token_fingerprint = id WHERE id <> ?', accountId)
    const before = await accountRow(accountId)
    const lost = withKeys(ctx, new Map([[3, newKey()]]))
    expect(await reencryptTokens(lost)).toEqual({ reencrypted: 0, remaining: 1, keyVersion: 3 })
    expect(await accountRow(accountId)).toEqual(before)
  })

  it('is rotated by those who manage accounts only', async () => {
    const ctx = testCtx({ actor: userActor('ADMIN') })
    await expect(reencryptTokens(ctx)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a token', () => {
  it('is in no answer, no log line and no stored row, whatever happens to its project', async () => {
    const lines: string[] = []
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...parts: unknown[]) => void lines.push(parts.map(String).join(' ')),
      )
    }
    const owner = await signInOwner()
    const { ctx, project } = await createTestAccount({ servers: 2 })
    const { token } = await createToken(project)
    const answers: string[] = []
    const call = async (path: string, method: string, json?: unknown) => {
      const response = await owner.api(path, { method, ...(json === undefined ? {} : { json }) })
      answers.push(JSON.stringify([...response.headers]), await response.text())
      return answers.at(-1) ?? ''
    }
    const { id } = JSON.parse(await call('/accounts', 'POST', { provider: 'hetzner', name: 'T', token })) as {
      id: string
    }
    expect(id).toMatch(/^acc_/)
    await call('/accounts', 'POST', { provider: 'hetzner', name: 'Twice', token })
    await call('/accounts', 'POST', { provider: 'hetzner', name: 5, token: `${token} broken` })
    for (const path of ['/accounts', `/accounts/${id}`, '/audit', '/provider-log']) await call(path, 'GET')
    await call(`/accounts/${id}`, 'PATCH', { name: 'U' })
    await call(`/accounts/${id}/sync`, 'POST')
    // A provider that repeats what it was sent.
    await addFault(project, { kind: 'status', status: 500, code: token, message: `bad token ${token}`, times: 4 })
    await call(`/accounts/${id}/sync`, 'POST')
    await call(`/accounts/${id}/token`, 'PUT', { token })
    await call(`/accounts/${id}/pause`, 'POST')
    await call(`/accounts/${id}/resume`, 'POST')
    await call('/accounts/reencrypt', 'POST')
    await call(`/accounts/${id}`, 'DELETE')
    await ctx.settle()

    expect(lines.length).toBeGreaterThan(0)
    for (const text of [...answers, ...lines]) expect(text).not.toContain(token)
    const tables = await queryAll<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    )
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const results = await queryAll(`SELECT * FROM "${name}"`)
      expect(JSON.stringify(results), name).not.toContain(token)
    }
  })
})

describe('what calls show about the project', () => {
  it('a refused write says "read only", and does not call the token dead', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1, synced: true })
    const { token, id } = await createToken(project, 'read')
    await replaceToken(ctx, accountId, { token })
    await execute("UPDATE accounts SET access = 'unknown' WHERE id = ?", accountId)
    const provider = await openAccountProvider(ctx, accountId, 'person')
    const providerId = await queryFirst<{ provider_id: string }>(
      'SELECT provider_id FROM servers WHERE account_id = ?',
      accountId,
    )
    ctx.events.length = 0
    await expect(provider.power(providerId?.provider_id ?? '', 'reboot')).rejects.toMatchObject({
      code: 'provider_token_read_only',
    })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok', access: 'read_only' })
    expect(ctx.events).toEqual([{ type: 'account.changed', accountId }])
    expect(id).toBeGreaterThan(0)
  })

  it.each([
    ['cut', { kind: 'cut' }, 'unreachable', 'provider_unreachable'],
    ['500', { kind: 'status', status: 500 }, 'outage', 'provider_unavailable'],
    ['maintenance', { kind: 'maintenance' }, 'outage', 'provider_maintenance'],
    ['rate limited', { kind: 'rate_limited' }, 'rate_limited', 'provider_rate_limited'],
  ])('%s: notes it once, and a success ends it', async (_name, fault, state, code) => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1, synced: true })
    await addFault(project, { ...fault, times: null })
    const provider = await openAccountProvider(ctx, accountId, 'background')
    ctx.events.length = 0
    await expect(provider.checkToken()).rejects.toMatchObject({ code })
    await expect(provider.checkToken()).rejects.toMatchObject({ code })
    expect(await accountRow(accountId)).toMatchObject({ state })
    expect(ctx.events).toEqual([{ type: 'account.changed', accountId }])
    await control('/faults', undefined, 'DELETE')
    // As a person: after a 429 the rest of the budget is kept for people.
    await (await openAccountProvider(ctx, accountId, 'person')).checkToken()
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok', state_detail: null })
  })

  it('a verdict on a token that was replaced meanwhile is not written over the new one', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 1, synced: true })
    const provider = await openAccountProvider(ctx, accountId, 'person')
    await replaceToken(ctx, accountId, { token: (await createToken(project)).token })
    await control(`/tokens/${project.tokenId}/revoke`, {})
    await expect(provider.checkToken()).rejects.toMatchObject({ code: 'provider_token_rejected' })
    expect(await accountRow(accountId)).toMatchObject({ state: 'ok' })
  })

  it('nothing is opened for a paused or removed project', async () => {
    const { ctx, accountId } = await createTestAccount()
    await execute('UPDATE accounts SET paused_at = 1 WHERE id = ?', accountId)
    await expect(openAccountProvider(ctx, accountId, 'person')).rejects.toMatchObject({ code: 'account_paused' })
    await removeAccount(ctx, accountId)
    await expect(openAccountProvider(ctx, accountId, 'person')).rejects.toMatchObject({ code: 'not_found' })
  })
})

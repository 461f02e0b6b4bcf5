import { describe, expect, it } from 'vitest'
import {
  addAccount,
  getAccount,
  listAccounts,
  pauseAccount,
  removeAccount,
  renameAccount,
  replaceToken,
  resumeAccount,
} from '../../../worker/features/accounts/index.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { auditRows } from '../../support/audit.ts'
import { queryFirst } from '../../support/database.ts'
import {
  accountRow,
  addFault,
  control,
  createProject,
  createTestAccount,
  createToken,
  mirrorOf,
} from '../../support/accounts.ts'
import { testCtx, userActor } from '../../support/ctx.ts'

const unknownToken = 'x'.repeat(64)
const phases = (rows: { phase: string; error_code: string | null }[]) => rows.map((row) => [row.phase, row.error_code])

describe('adding a project', () => {
  it('checks the token with the provider, keeps it sealed, and shows its last four characters', async () => {
    const ctx = testCtx()
    const project = await createProject(1)
    const account = await addAccount(ctx, { provider: 'hetzner', name: '  Shop ', token: ` ${project.token}\n` })
    expect(account).toMatchObject({
      name: 'Shop',
      provider: { id: 'hetzner', name: 'Hetzner Cloud' },
      tokenHint: `****${project.token.slice(-4)}`,
      tokenKeyVersion: 1,
      access: 'read_write',
      state: 'pending',
      paused: false,
      lastSyncAt: null,
      syncing: false,
      serverCount: 0,
    })
    const row = await accountRow(account.id)
    expect(JSON.stringify(row)).not.toContain(project.token)
    expect(String(row['token_ciphertext']).length).toBeGreaterThan(64)
    expect(phases(await auditRows('account.add', account.id))).toEqual([
      ['started', null],
      ['succeeded', null],
    ])
    expect(ctx.events).toContainEqual({ type: 'account.changed', accountId: account.id })
    // Due at once.
    expect(Number(row['next_sync_at'])).toBeLessThanOrEqual(Date.now())
  })

  it('recognises a token that may only read', async () => {
    const project = await createProject()
    const { token } = await createToken(project, 'read')
    const account = await addAccount(testCtx(), { provider: 'hetzner', name: 'Read', token })
    expect(account).toMatchObject({ access: 'read_only', state: 'pending' })
  })

  it('refuses a token the provider does not know, and stores nothing', async () => {
    const ctx = testCtx()
    await expect(addAccount(ctx, { provider: 'hetzner', name: 'Wrong', token: unknownToken })).rejects.toMatchObject({
      code: 'new_token_rejected',
      fields: [{ path: 'token' }],
    })
    expect(await queryFirst("SELECT id FROM accounts WHERE name = 'Wrong'")).toBeNull()
    const rows = (await auditRows('account.add')).filter((row) => row.target_name === 'Wrong')
    expect(phases(rows)).toEqual([
      ['started', null],
      ['failed', 'new_token_rejected'],
    ])
  })

  it('refuses a revoked token', async () => {
    const project = await createProject()
    await control(`/tokens/${project.tokenId}/revoke`, {})
    const input = { provider: 'hetzner', name: 'Revoked', token: project.token }
    await expect(addAccount(testCtx(), input)).rejects.toMatchObject({ code: 'new_token_rejected' })
  })

  it('refuses the same token twice, but takes it again after the project was removed', async () => {
    const { ctx, accountId, project } = await createTestAccount({ name: 'First' })
    const again = { provider: 'hetzner', name: 'Second', token: project.token }
    await expect(addAccount(ctx, again)).rejects.toMatchObject({ code: 'already_exists', message: /First/ })
    await removeAccount(ctx, accountId)
    expect((await addAccount(ctx, again)).id).not.toBe(accountId)
  })

  it('lets one of two at once win', async () => {
    const project = await createProject()
    const input = { provider: 'hetzner', name: 'Race', token: project.token }
    const results = await Promise.allSettled([addAccount(testCtx(), input), addAccount(testCtx(), input)])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'already_exists' } })
  })

  it('says that the provider could not be asked, and stores nothing', async () => {
    const project = await createProject()
    await addFault(project, { kind: 'cut', times: null })
    const input = { provider: 'hetzner', name: 'Offline', token: project.token }
    await expect(addAccount(testCtx(), input)).rejects.toMatchObject({ code: 'provider_unreachable' })
    expect(await queryFirst("SELECT id FROM accounts WHERE name = 'Offline'")).toBeNull()
  })

  it.each([
    ['too short', 'abc'],
    ['with a space inside', `${'a'.repeat(30)} ${'b'.repeat(33)}`],
    ['beyond ASCII', 'ü'.repeat(64)],
    ['far too long', 'a'.repeat(513)],
  ])('refuses what is no token before asking anybody: %s', async (_name, token) => {
    let asked = 0
    const ctx = testCtx({
      providerFetch: async () => {
        asked += 1
        return new Response()
      },
    })
    await expect(addAccount(ctx, { provider: 'hetzner', name: 'Bad', token })).rejects.toThrow(/token/)
    expect(asked).toBe(0)
  })

  it('refuses a provider we do not know', async () => {
    const project = await createProject()
    const input = { provider: 'other', name: 'Other', token: project.token }
    await expect(addAccount(testCtx(), input)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'provider' }],
    })
  })

  it('is for those who may manage accounts; a refusal is on the record', async () => {
    const project = await createProject()
    const actor = userActor('ADMIN', 'Not Allowed')
    const input = { provider: 'hetzner', name: 'Refused', token: project.token }
    await expect(addAccount(testCtx({ actor }), input)).rejects.toMatchObject({ code: 'forbidden' })
    const rows = (await auditRows('account.add')).filter((row) => row.actor_name === 'Not Allowed')
    expect(phases(rows)).toEqual([['denied', 'forbidden']])
  })
})

describe('reading projects', () => {
  it('lists them by name with the servers they have, without those that were removed', async () => {
    const a = await createTestAccount({ name: 'aaa first', servers: 2, synced: true })
    const b = await createTestAccount({ name: 'ZZZ last', servers: 0 })
    const gone = await createTestAccount({ name: 'mmm gone' })
    await removeAccount(gone.ctx, gone.accountId)
    const { items } = await listAccounts(testCtx({ actor: userActor('VIEWER') }))
    const ids = items.map((item) => item.id)
    expect(ids.indexOf(a.accountId)).toBeLessThan(ids.indexOf(b.accountId))
    expect(ids).not.toContain(gone.accountId)
    expect(items.find((item) => item.id === a.accountId)).toMatchObject({ serverCount: 2, state: 'ok' })
    await expect(getAccount(testCtx(), gone.accountId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is not for those who may not', async () => {
    await expect(listAccounts(testCtx({ actor: userActor('USER') }))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listAccounts(testCtx({ actor: { kind: 'anonymous' } }))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})

describe('changing a project', () => {
  it('renames it, with both names on the record', async () => {
    const { ctx, accountId } = await createTestAccount({ name: 'Old' })
    expect(await renameAccount(ctx, accountId, { name: 'New' })).toMatchObject({ name: 'New' })
    const [, row] = await auditRows('account.rename', accountId)
    expect(row).toMatchObject({ before: '{"name":"Old"}', after: '{"name":"New"}' })
  })

  it('pauses and resumes; doing either twice is a conflict', async () => {
    const { ctx, accountId } = await createTestAccount()
    expect(await pauseAccount(ctx, accountId)).toMatchObject({ paused: true, nextSyncAt: null })
    await expect(pauseAccount(ctx, accountId)).rejects.toMatchObject({ code: 'conflict' })
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ result: 'skipped' })
    expect(await resumeAccount(ctx, accountId)).toMatchObject({ paused: false })
    await expect(resumeAccount(ctx, accountId)).rejects.toMatchObject({ code: 'conflict' })
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete' })
  })

  it('removes it: the token is wiped, the servers leave, the history stays', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 2, synced: true, name: 'Bye' })
    await removeAccount(ctx, accountId)
    expect(await accountRow(accountId)).toMatchObject({
      name: 'Bye',
      token_ciphertext: '',
      token_salt: '',
      token_iv: '',
      token_hint: '',
      token_fingerprint: '',
      lease_holder: null,
    })
    const rows = await mirrorOf(accountId)
    expect(rows).toHaveLength(2)
    expect(rows.every((row) => row.deleted_at !== null)).toBe(true)
    const [, removal] = await auditRows('account.remove', accountId)
    expect(removal).toMatchObject({ phase: 'succeeded', before: '{"name":"Bye","provider":"hetzner","servers":2}' })
    expect(await syncAccount(ctx, accountId, { reason: 'manual' })).toMatchObject({ result: 'skipped' })
    await expect(removeAccount(ctx, accountId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('a pass that is under way while the project is removed brings nothing back', async () => {
    const { accountId, project } = await createTestAccount({ servers: 2, synced: true })
    await control('/seed', { project: project.id, servers: 1 })
    const { simulatorFetch } = await import('../../../worker/simulator/index.ts')
    const { env } = await import('cloudflare:workers')
    const ctx = testCtx({
      providerFetch: async (input, init) => {
        const answer = await simulatorFetch(env)(input, init)
        if (String(input).includes('/servers?')) await removeAccount(testCtx(), accountId)
        return answer
      },
    })
    await syncAccount(ctx, accountId, { reason: 'manual' })
    const rows = await mirrorOf(accountId)
    expect(rows).toHaveLength(2)
    expect(rows.every((row) => row.deleted_at !== null)).toBe(true)
  })
})

describe('replacing a token', () => {
  it('brings a revoked project back', async () => {
    const { ctx, accountId, project } = await createTestAccount({ servers: 2, synced: true })
    await control(`/tokens/${project.tokenId}/revoke`, {})
    await syncAccount(ctx, accountId, { reason: 'cron' })
    expect(await getAccount(ctx, accountId)).toMatchObject({ state: 'revoked' })
    const { token } = await createToken(project)
    expect(await replaceToken(ctx, accountId, { token })).toMatchObject({
      state: 'ok',
      stateDetail: null,
      access: 'read_write',
      tokenHint: `****${token.slice(-4)}`,
    })
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ result: 'complete', deleted: 0 })
  })

  it('changes nothing when the new one is refused', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 1, synced: true })
    const before = await accountRow(accountId)
    await expect(replaceToken(ctx, accountId, { token: unknownToken })).rejects.toMatchObject({
      code: 'new_token_rejected',
    })
    expect(await accountRow(accountId)).toEqual(before)
  })

  it('refuses the token of another project, which would take every server for deleted', async () => {
    const { ctx, accountId } = await createTestAccount({ servers: 2, synced: true })
    const other = await createProject(2)
    await expect(replaceToken(ctx, accountId, { token: other.token })).rejects.toMatchObject({ code: 'conflict' })
    expect(await syncAccount(ctx, accountId, { reason: 'cron' })).toMatchObject({ deleted: 0 })
  })

  it('refuses a token that another account has', async () => {
    const a = await createTestAccount()
    const b = await createTestAccount()
    const input = { token: b.project.token }
    await expect(replaceToken(a.ctx, a.accountId, input)).rejects.toMatchObject({ code: 'already_exists' })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { Account } from '../../../worker/features/accounts/schemas.ts'
import type { SyncReport } from '../../../worker/features/sync/index.ts'
import { addFault, createProject, type SimulatedProject } from '../../support/accounts.ts'
import { queryAll } from '../../support/database.ts'
import { api, readError, readJson, signInAs, signInOwner, type TestSession } from '../../support/session.ts'

let owner: TestSession
let project: SimulatedProject
let account: Account

beforeAll(async () => {
  owner = await signInOwner()
  project = await createProject(3)
  const json = { provider: 'hetzner', name: 'Shop', token: project.token }
  account = await readJson<Account>(await owner.api('/accounts', { json }), 201)
})

describe('the API of projects', () => {
  it('names the providers that can be connected', async () => {
    const answer = await readJson(await owner.api('/providers'))
    expect(answer).toEqual({ items: [{ id: 'hetzner', name: 'Hetzner Cloud' }] })
  })

  it('reads one again now', async () => {
    const response = await owner.api(`/accounts/${account.id}/sync`, { method: 'POST' })
    const report = await readJson<SyncReport>(response, 202)
    expect(report).toMatchObject({ accountId: account.id, result: 'complete', servers: 3 })
    expect(report).not.toHaveProperty('errorCode')
    expect(await readJson(await owner.api(`/accounts/${account.id}`))).toMatchObject({ serverCount: 3, state: 'ok' })
  })

  it('reads all again now; a failure is a report, not an error', async () => {
    await addFault(project, { kind: 'status', status: 500, path: '^/servers', times: 3 })
    const { items } = await readJson<{ items: SyncReport[] }>(await owner.api('/sync', { method: 'POST' }))
    expect(items).toMatchObject([{ accountId: account.id, result: 'failed', errorCode: 'provider_unavailable' }])
  })

  it('refuses a body that says nothing, field by field, without repeating it', async () => {
    const secret = 'not a token, but somebody may think so'
    const json = { provider: 'hetzner', name: '', token: secret }
    const refused = await readError(await owner.api('/accounts', { json }))
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(refused.fields?.map((field) => field.path).toSorted()).toEqual(['name', 'token'])
    expect(JSON.stringify(refused)).not.toContain(secret)
  })

  it('lets a viewer look and do nothing', async () => {
    const viewer = await signInAs('VIEWER')
    expect((await viewer.api('/accounts')).status).toBe(200)
    const attempts = [
      viewer.api(`/accounts/${account.id}/sync`, { method: 'POST' }),
      viewer.api('/sync', { method: 'POST' }),
      viewer.api(`/accounts/${account.id}`, { method: 'DELETE' }),
      viewer.api(`/accounts/${account.id}/pause`, { method: 'POST' }),
      viewer.api('/accounts/reencrypt', { method: 'POST' }),
      viewer.api(`/accounts/${account.id}/token`, { method: 'PUT', json: { token: project.token } }),
      viewer.api('/accounts', { json: { provider: 'hetzner', name: 'x', token: project.token } }),
    ]
    for (const response of await Promise.all(attempts)) {
      expect(await readError(response)).toMatchObject({ status: 403, code: 'forbidden' })
    }
    expect(await readJson(await owner.api(`/accounts/${account.id}`))).toMatchObject({ paused: false })
  })

  it('names every project on the record where reading all of them is refused', async () => {
    const viewer = await signInAs('VIEWER')
    expect(await readError(await viewer.api('/sync', { method: 'POST' }))).toMatchObject({ status: 403 })
    const sql = "SELECT target_id, target_name FROM audit_log WHERE phase = 'denied' AND actor_id = ?"
    expect(await queryAll(sql, viewer.me.id)).toEqual([{ target_id: account.id, target_name: 'Shop' }])
  })

  it('tells nobody anything who is not signed in', async () => {
    expect(await readError(await api('/accounts'))).toMatchObject({ status: 401 })
    expect(await readError(await api('/sync', { method: 'POST' }))).toMatchObject({ status: 401 })
  })

  it('disconnects with 204, and then knows it no more', async () => {
    expect((await owner.api(`/accounts/${account.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await readError(await owner.api(`/accounts/${account.id}`))).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    expect(await readError(await owner.api(`/accounts/${account.id}/sync`, { method: 'POST' }))).toMatchObject({
      status: 404,
    })
  })
})

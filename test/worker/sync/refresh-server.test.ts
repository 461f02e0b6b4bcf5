import { describe, expect, it } from 'vitest'
import { refreshServer } from '../../../worker/features/sync/index.ts'
import { execute } from '../../support/database.ts'
import { accountRow, addFault, control, createTestAccount, mirrorOf } from '../../support/accounts.ts'

async function begin() {
  const made = await createTestAccount({ servers: 2, synced: true })
  const [server, other] = await mirrorOf(made.accountId)
  if (!server || !other) throw new Error('no server')
  return { ...made, server, other, path: `/projects/${made.project.id}/servers/${server.provider_id}` }
}

describe('refreshServer', () => {
  it('writes the one server that was asked for, and no other', async () => {
    const { ctx, accountId, server, other, path, project } = await begin()
    await control(path, { status: 'off' }, 'PUT')
    await control(`/projects/${project.id}/servers/${other.provider_id}`, { status: 'off' }, 'PUT')
    ctx.events.length = 0
    expect(await refreshServer(ctx, server.id)).toBe('changed')
    const rows = await mirrorOf(accountId)
    expect(rows.map((row) => row.status)).toEqual(['off', 'running'])
    expect(ctx.events).toEqual([{ type: 'server.changed', serverIds: [server.id] }])
    expect(await refreshServer(ctx, server.id)).toBe('unchanged')
  })

  it('marks a server deleted that the provider no longer knows', async () => {
    const { ctx, accountId, server, path } = await begin()
    await control(path, undefined, 'DELETE')
    expect(await refreshServer(ctx, server.id)).toBe('deleted')
    expect(await refreshServer(ctx, server.id)).toBe('deleted')
    expect((await mirrorOf(accountId))[0]?.deleted_at).not.toBeNull()
  })

  it('brings back a server that is there after all', async () => {
    const { ctx, accountId, server } = await begin()
    await execute('UPDATE servers SET deleted_at = 1 WHERE id = ?', server.id)
    expect(await refreshServer(ctx, server.id)).toBe('changed')
    expect((await mirrorOf(accountId))[0]).toMatchObject({ id: server.id, deleted_at: null })
  })

  it('leaves the server as it was when the provider fails, and notes the trouble', async () => {
    const { ctx, accountId, server, project } = await begin()
    await addFault(project, { kind: 'cut', times: null })
    await expect(refreshServer(ctx, server.id, { priority: 'background' })).rejects.toMatchObject({
      code: 'provider_unreachable',
    })
    expect((await mirrorOf(accountId))[0]).toEqual(server)
    expect(await accountRow(accountId)).toMatchObject({ state: 'unreachable', state_detail: 'unreachable' })
  })

  it('refuses a paused project and an unknown server', async () => {
    const { ctx, accountId, server } = await begin()
    await execute('UPDATE accounts SET paused_at = 1 WHERE id = ?', accountId)
    await expect(refreshServer(ctx, server.id)).rejects.toMatchObject({ code: 'account_paused' })
    await expect(refreshServer(ctx, 'srv_nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})

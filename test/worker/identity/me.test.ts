import { describe, expect, it } from 'vitest'
import { permissions, roleDefaults, roles } from '../../../worker/kernel/permissions.ts'
import { auditRows } from '../../support/audit.ts'
import { api, readError, readJson, signInAs, type TestMe } from '../../support/session.ts'

describe('/me', () => {
  it.each(roles)('lists exactly what a %s may do', async (role) => {
    const { me } = await signInAs(role)
    expect(me.role).toBe(role)
    expect(me.permissions.toSorted()).toEqual([...roleDefaults[role]].toSorted())
    expect(Object.keys(permissions)).toEqual(expect.arrayContaining(me.permissions))
  })

  it('answers the cookie and the bearer token alike', async () => {
    const session = await signInAs('VIEWER')
    const byCookie = await readJson(await session.api('/me'))
    const byBearer = await readJson(await api('/me', { headers: { authorization: `Bearer ${session.accessToken}` } }))
    expect(byBearer).toEqual(byCookie)
  })

  it('is for nobody who is not signed in', async () => {
    const calls: [string, string][] = [
      ['GET', '/me'],
      ['PATCH', '/me'],
      ['GET', '/me/sessions'],
      ['DELETE', '/me/sessions'],
      ['DELETE', '/me/sessions/all'],
      ['GET', '/me/passkeys'],
      ['POST', '/me/passkeys/begin'],
      ['GET', '/me/recovery-codes'],
      ['POST', '/me/recovery-codes'],
      ['POST', '/session/step-up/begin'],
    ]
    for (const [method, path] of calls) {
      const json = method === 'PATCH' ? { json: {} } : {}
      expect(await readError(await api(path, { method, ...json }))).toMatchObject({
        status: 401,
        code: 'unauthenticated',
      })
    }
  })

  it('changes name, language and theme, each alone, on the record', async () => {
    const session = await signInAs('USER', { name: 'Before' })
    expect(session.me).toMatchObject({ locale: null, theme: 'system' })
    const patch = async (json: object) => readJson<TestMe>(await session.api('/me', { method: 'PATCH', json }))
    expect(await patch({ theme: 'dark' })).toMatchObject({ theme: 'dark', name: 'Before', locale: null })
    expect(await patch({ locale: 'ar' })).toMatchObject({ theme: 'dark', locale: 'ar' })
    expect(await patch({ name: ' After ' })).toMatchObject({ name: 'After' })
    expect(await readJson(await session.api('/me'))).toMatchObject({ name: 'After', theme: 'dark', locale: 'ar' })
    const rows = await auditRows('user.preferences.update', session.me.id)
    expect(rows).toHaveLength(6)
    expect(rows.at(-1)).toMatchObject({ phase: 'succeeded', after: '{"name":"After"}' })
  })

  it.each([{ locale: 'xx' }, { theme: 'pink' }, { name: '  ' }, { name: 'x'.repeat(101) }])(
    'refuses %j',
    async (json) => {
      const session = await signInAs('USER')
      expect(await readError(await session.api('/me', { method: 'PATCH', json }))).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    },
  )

  it('cannot be used to change role, status or address', async () => {
    const session = await signInAs('USER')
    const json = { role: 'OWNER', status: 'ACTIVE', email: 'root@example.com', id: 'usr_1' }
    const { role, email, id } = await readJson<TestMe>(await session.api('/me', { method: 'PATCH', json }))
    expect({ role, email, id }).toEqual({ role: 'USER', email: session.me.email, id: session.me.id })
  })
})

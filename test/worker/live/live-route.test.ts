import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { origin, signInAs, signInOwner, type TestSession } from '../../support/session.ts'
import { listen } from './support.ts'

const upgrade = (headers: Record<string, string>) =>
  exports.default.fetch(new Request(`${origin}/api/v1/live`, { headers: { Upgrade: 'websocket', origin, ...headers } }))

const codeOf = async (response: Response) => (await response.json<{ error: { code: string } }>()).error.code
const connect = async (session: TestSession) => listen(await upgrade(session.headers))

describe('GET /live', () => {
  it('opens a socket for somebody who may see servers', async () => {
    const response = await upgrade((await signInOwner()).headers)
    expect(response.status).toBe(101)
    listen(response).socket.close(1000)
  })

  it('refuses nobody in particular, another site, and whoever may not see servers', async () => {
    const session = await signInOwner()
    const anonymous = await upgrade({})
    expect([anonymous.status, await codeOf(anonymous)]).toEqual([401, 'unauthenticated'])
    const elsewhere = await upgrade({ ...session.headers, origin: 'https://evil.example' })
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([403, 'origin_refused'])
    const user = await upgrade((await signInAs('USER')).headers)
    expect([user.status, await codeOf(user)]).toEqual([403, 'forbidden'])
  })

  it('is no page: without an upgrade it says so', async () => {
    const session = await signInOwner()
    const response = await session.api('/live')
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid_input'])
  })

  it('stands in the document with its permission', async () => {
    const response = await exports.default.fetch(`${origin}/api/openapi.json`)
    const document = await response.json<{ paths: Record<string, { get: Record<string, unknown> }> }>()
    const path = Object.keys(document.paths).find((name) => name.endsWith('/live'))
    expect(document.paths[path ?? '']?.get['x-permission']).toBe('servers:read')
  })

  it('ends with the session that opened it', async () => {
    const session = await signInOwner()
    const socket = await connect(session)
    expect((await session.api('/session', { method: 'DELETE' })).status).toBe(204)
    expect(await socket.ended).toBe(4401)
  })
})

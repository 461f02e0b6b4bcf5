import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../worker/env.ts'
import { signAccessToken } from '../../../worker/features/identity/sessions/access-token.ts'
import { days, minutes } from '../../../worker/kernel/clock.ts'
import { roleDefaults, roles, userStatuses, type Permission, type Role } from '../../../worker/kernel/permissions.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute, queryAll } from '../../support/database.ts'
import { api, origin, randomIp, readError, signInAs, type ApiInit, type TestSession } from '../../support/session.ts'
import { switchOffRules } from '../protection/support.ts'
import { bodiesOf } from './bodies.ts'
import { allowed, operations } from './permissions.ts'

interface Document {
  paths: Record<string, Record<string, { 'x-permission'?: string; security?: unknown[] }>>
}

const readDocument = async () => (await exports.default.fetch(`${origin}/api/openapi.json`)).json<Document>()

const methodOf = (operation: string) => operation.split(' ')[0] ?? ''
const isChange = (operation: string) => methodOf(operation) !== 'GET'
const closed = Object.entries(operations).filter(([, permission]) => permission !== 'public')
const lacking = (role: Role) =>
  closed.flatMap(([operation, permission]) =>
    permission === 'self' || permission === 'public' || allowed[role].includes(permission) ? [] : [operation],
  )

let accountId = ''
let serverId = ''

beforeAll(async () => {
  // Whoever walks every operation that is closed to them is suspended for that, which is another test's matter.
  await switchOffRules('refusals')
  const made = await createTestAccount({ servers: 1, synced: true })
  accountId = made.accountId
  serverId = (await mirrorOf(accountId))[0]?.id ?? ''
})

/** Input that is as it should be, about things that exist: whoever is refused is refused for who they are. */
function inputOf(operation: string): ApiInit & { path: string } {
  const [method = '', template = ''] = operation.split(' ')
  const path = template
    .replace('{accountId}', accountId)
    .replace('{serverId}', serverId)
    .replace('{country}', 'DE')
    .replace('{permission}', 'servers:read')
    .replace(/explanation$/, `explanation?permission=servers:read&serverId=${serverId}`)
    .replaceAll(/\{\w+\}/g, 'none')
  const json = bodiesOf(serverId)[operation]
  return { method, path, ...(json === undefined ? {} : { json }) }
}

const call = (operation: string, headers: Record<string, string>) => {
  const { path, ...init } = inputOf(operation)
  return api(path, { ...init, headers: { ...headers, 'cf-connecting-ip': randomIp() } })
}

const denials = async (session: TestSession) =>
  (await queryAll("SELECT id FROM audit_log WHERE phase = 'denied' AND actor_id = ?", session.me.id)).length

describe('the document', () => {
  it('declares a permission for every operation, and it is the one in the checked-in table', async () => {
    const { paths } = await readDocument()
    const declared = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [
        `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        operation['x-permission'],
      ]),
    )
    expect(Object.fromEntries(declared)).toEqual(operations)
  })

  it('asks for a credential wherever nobody in particular may not call', async () => {
    const { paths } = await readDocument()
    for (const item of Object.values(paths)) {
      for (const operation of Object.values(item)) {
        expect((operation.security ?? []).length > 0).toBe(operation['x-permission'] !== 'public')
      }
    }
  })

  it('knows the roles as the table does', () => {
    const sorted = (table: Record<Role, readonly Permission[]>) =>
      Object.fromEntries(roles.map((role) => [role, table[role].toSorted()]))
    expect(sorted(roleDefaults)).toEqual(sorted(allowed))
  })
})

describe('without a credential', () => {
  it.each(closed)('%s is refused', async (operation) => {
    expect(await readError(await call(operation, {}))).toMatchObject({ status: 401, code: 'unauthenticated' })
  })
})

describe.each(['ADMIN', 'USER', 'VIEWER'] as const)('%s', (role) => {
  it('is refused what the role lacks, on the record where something would have changed', async () => {
    const session = await signInAs(role)
    let recorded = 0
    for (const operation of lacking(role)) {
      const refused = await readError(await call(operation, session.headers))
      expect([operation, refused.status, refused.code]).toEqual([operation, 403, 'forbidden'])
      if (isChange(operation)) recorded += 1
      expect([operation, await denials(session)]).toEqual([operation, recorded])
    }
    expect(lacking(role).length).toBeGreaterThan(0)
  })

  it('reads what the role has', async () => {
    const session = await signInAs(role)
    for (const [operation, permission] of closed) {
      if (isChange(operation) || lacking(role).includes(operation)) continue
      const answer = await call(operation, session.headers)
      expect([operation, permission, [401, 403].includes(answer.status)]).toEqual([operation, permission, false])
      await answer.body?.cancel()
    }
  })
})

describe.each(userStatuses.filter((status) => status !== 'ACTIVE'))('a user who is %s', (status) => {
  it('is refused everywhere with a token from before', async () => {
    const session = await signInAs('OWNER')
    await execute('UPDATE users SET status = ? WHERE id = ?', status, session.me.id)
    for (const [operation] of closed) {
      const refused = await readError(await call(operation, session.headers))
      expect([operation, refused.status, refused.code]).toEqual([operation, 403, 'account_not_active'])
    }
    const bearer = await call('GET /me', { authorization: `Bearer ${session.accessToken}` })
    expect(await readError(bearer)).toMatchObject({ status: 403, message: `Account ${status}. Access denied.` })
  })
})

describe('a token', () => {
  const config = readConfig(env)
  const otherKey = { ...config, sessionKeys: [{ name: 'k1', bytes: new Uint8Array(32) }] as const }
  const unsigned = (claims: object) =>
    `${btoa('{"alg":"none","typ":"at+jwt","kid":"k1"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', '')

  it.each<[string, (session: TestSession) => Promise<string> | string]>([
    ['tampered with', ({ accessToken }) => accessToken.replace(/\.[^.]+\./, `.${btoa('{"sub":"usr_1"}')}.`)],
    ['cut', ({ accessToken }) => accessToken.slice(0, -2)],
    ['signed by nobody', ({ me }) => unsigned({ sub: me.id, sid: me.session.id, exp: 9_999_999_999 })],
    ['of an hour ago', ({ me }) => sign(config, me, Date.now() - minutes(60))],
    ['under another key', ({ me }) => sign(otherKey, me, Date.now())],
    ['for another deployment', ({ me }) => sign({ ...config, publicOrigin: 'https://other.example' }, me, Date.now())],
    ["for another person's session", ({ me }) => sign(config, { ...me, id: 'usr_somebody' }, Date.now())],
    ['for a session that never was', ({ me }) => sign(config, { ...me, session: { id: 'ses_none' } }, Date.now())],
    ['far too long', () => 'x'.repeat(7_000)],
  ])('%s opens nothing', async (_name, forge) => {
    const session = await signInAs('OWNER')
    const token = await forge(session)
    for (const [operation] of closed) {
      const refused = await readError(await call(operation, { authorization: `Bearer ${token}` }))
      // Where one signs in again, a dead token counts as none.
      const code = / \/session\//.test(operation) ? 'unauthenticated' : 'session_expired'
      expect([operation, refused.status, refused.code]).toEqual([operation, 401, code])
    }
  })

  it('of a session that ended, idle or revoked, opens nothing', async () => {
    const [idle, revoked] = [await signInAs('OWNER'), await signInAs('OWNER')]
    await execute('UPDATE sessions SET expires_at = ? WHERE id = ?', Date.now() - days(1), idle.me.session.id)
    await execute('UPDATE sessions SET revoked_at = 1 WHERE id = ?', revoked.me.session.id)
    for (const { headers } of [idle, revoked]) {
      expect(await readError(await call('GET /me', headers))).toMatchObject({ status: 401, code: 'session_expired' })
    }
  })

  function sign(
    by: Parameters<typeof signAccessToken>[0],
    { id, session }: { id: string; session: { id: string } },
    now: number,
  ) {
    return signAccessToken(by, { userId: id, sessionId: session.id }, now)
  }
})

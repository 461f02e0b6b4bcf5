import { beforeAll, describe, expect, it } from 'vitest'
import { days } from '../../../worker/kernel/clock.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { createKey, forge, keyPermissions, withKey, type MadeTestKey } from '../../support/api-keys.ts'
import { execute, queryAll } from '../../support/database.ts'
import { readError, signInAs, type ApiInit, type TestSession } from '../../support/session.ts'
import { switchOffRules } from '../protection/support.ts'
import { bodiesOf } from './bodies.ts'
import { operations } from './permissions.ts'

/** Every operation × every kind of key, against the table of permissions. */
const closed = Object.entries(operations).filter(([, permission]) => permission !== 'public')
const methodOf = (operation: string) => operation.split(' ')[0] ?? ''

/** What no key does, whatever it carries: it would make, find or outlive itself. */
const sessionsOnly = (operation: string) =>
  operations[operation] === 'api-keys:use' || / \/api-keys|^GET \/live$/.test(operation)
/** Operations about oneself that a key may call: they tell it what it is and may do. */
const forKeys = new Set(['GET /me', 'GET /permissions', 'GET /me/explanation'])

let accountId = ''
let serverId = ''
beforeAll(async () => {
  // Whoever walks every operation that is closed to them is suspended for that, which is another test's matter.
  await switchOffRules('refusals')
  const made = await createTestAccount({ servers: 1, synced: true })
  accountId = made.accountId
  serverId = (await mirrorOf(accountId))[0]?.id ?? ''
})

/** About things that exist where only reading or being refused is at stake; a change is asked of what does not. */
function inputOf(operation: string, real: boolean): ApiInit & { path: string } {
  const [method = '', template = ''] = operation.split(' ')
  const path = template
    .replace('{accountId}', real ? accountId : 'acc_none')
    .replace('{serverId}', real ? serverId : 'srv_none')
    .replace('{country}', 'DE')
    .replace('{permission}', 'servers:read')
    .replace(/explanation$/, 'explanation?permission=servers:read')
    .replaceAll(/\{\w+\}/g, 'none')
  return { method, path, ...(method === 'GET' || method === 'DELETE' ? {} : { json: {} }) }
}

const call = (secret: string, operation: string, real = false) => {
  const { path, ...init } = inputOf(operation, real)
  return withKey(secret, path, init)
}

/** Where the verb decides, the input is read first: it must be as it should be. */
async function callFully(secret: string, operation: string): Promise<Response> {
  const answer = await call(secret, operation, true)
  const json = bodiesOf(serverId)[operation]
  if (answer.status !== 400 || json === undefined) return answer
  await answer.body?.cancel()
  const { path } = inputOf(operation, true)
  return withKey(secret, path, { method: methodOf(operation), json })
}

async function expectRefused(secret: string, status: number, code: string) {
  const refusals = Object.keys(operations).map(async (operation) => {
    const refused = await readError(await call(secret, operation))
    return [operation, refused.status, refused.code]
  })
  expect(await Promise.all(refusals)).toEqual(Object.keys(operations).map((operation) => [operation, status, code]))
}

describe('a key with every permission', () => {
  it('reads what its person reads, and is never refused for lack of a permission it has', async () => {
    const { secret } = await createKey(await signInAs('OWNER'), { permissions: keyPermissions, stepUp: 'destructive' })
    for (const [operation, permission] of closed) {
      if ((permission === 'self' && !forKeys.has(operation)) || sessionsOnly(operation)) continue
      const answer = await call(secret, operation, methodOf(operation) === 'GET')
      const { status } = answer
      const code = status < 400 ? null : (await readError(answer)).code
      expect([operation, status < 500, code === 'forbidden' || status === 401]).toEqual([operation, true, false])
    }
  })

  it.each(
    closed.filter(
      ([operation, permission]) => (permission === 'self' && !forKeys.has(operation)) || sessionsOnly(operation),
    ),
  )('may not call %s, which is for people', async (operation) => {
    const { secret } = await createKey(await signInAs('OWNER'), { permissions: keyPermissions })
    expect(await readError(await callFully(secret, operation))).toMatchObject({ status: 403, code: 'forbidden' })
  })
})

describe('a key with one other permission', () => {
  it('is refused everything else, on the record where something would have changed', async () => {
    const owner = await signInAs('OWNER')
    const other = await createKey(owner, { permissions: ['volumes:read'] })
    let recorded = 0
    for (const [operation, permission] of closed) {
      if (permission === 'self') continue
      const refused = await readError(await callFully(other.secret, operation))
      expect([operation, refused.status, refused.code]).toEqual([operation, 403, 'forbidden'])
      if (methodOf(operation) !== 'GET') recorded += 1
      expect([operation, await denials(other.key.id)]).toEqual([operation, recorded])
    }
    expect(recorded).toBeGreaterThan(20)
  })

  const denials = async (keyId: string) =>
    (await queryAll("SELECT id FROM audit_log WHERE phase = 'denied' AND key_id = ?", keyId)).length
})

describe('a key of somebody who is', () => {
  it.each(['SUSPENDED', 'BANNED', 'DEACTIVATED', 'PENDING'])('%s is refused everywhere', async (status) => {
    const owner = await signInAs('OWNER')
    const { secret } = await createKey(owner)
    await execute('UPDATE users SET status = ? WHERE id = ?', status, owner.me.id)
    await expectRefused(secret, 403, 'account_not_active')
    expect(await readError(await withKey(secret, '/me'))).toMatchObject({
      message: `Account ${status}. Access denied.`,
    })
  })
})

describe('a key', () => {
  const change = (set: string, ...values: (string | number)[]) => execute(`UPDATE api_keys SET ${set}`, ...values)

  it.each<[string, number, string, (key: MadeTestKey, owner: TestSession) => Promise<unknown>]>([
    ['that has expired', 401, 'api_key_expired', ({ key }) => change('expires_at = ? WHERE id = ?', 1, key.id)],
    ['that was revoked', 401, 'api_key_invalid', ({ key }, owner) => revoke(owner, key.id)],
    [
      'that was rotated, after its overlap',
      401,
      'api_key_invalid',
      async ({ key }, owner) => {
        await owner.api(`/me/api-keys/${key.id}/rotate`, { json: { overlapDays: 7 } })
        await change('overlap_until = ? WHERE id = ?', Date.now() - days(1), key.id)
      },
    ],
    [
      'shown from another address',
      403,
      'ip_not_allowed',
      ({ key }, owner) =>
        owner.api(`/me/api-keys/${key.id}`, {
          method: 'PATCH',
          json: { ipAllowlist: ['192.0.2.0/24', '2001:db8::1'] },
        }),
    ],
    [
      'of somebody who may not use keys any more',
      403,
      'forbidden',
      (_key, owner) =>
        execute(`UPDATE users SET role = 'ADMIN', permissions = '["-api-keys:use"]' WHERE id = ?`, owner.me.id),
    ],
  ])('%s opens nothing', async (_name, status, code, spoil) => {
    const owner = await signInAs('OWNER')
    const key = await createKey(owner)
    expect((await key.api('/servers')).status).toBe(200)
    await spoil(key, owner)
    await expectRefused(key.secret, status, code)
  })

  it.each<[string, (secret: string) => Promise<string> | string]>([
    ['with a checksum that is wrong', (secret) => `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`],
    ['with another secret', forge],
    ['whose id is no key’s', (secret) => forge(`wn${'0'.repeat(12)}${secret.slice(14)}`)],
    ['that was made up', () => `wn${'A'.repeat(62)}`],
  ])('%s opens nothing', async (_name, spoil) => {
    const { secret } = await createKey(await signInAs('OWNER'))
    await expectRefused(await spoil(secret), 401, 'api_key_invalid')
  })

  it('is never read from a cookie', async () => {
    const { secret } = await createKey(await signInAs('OWNER'))
    const { status } = await withKey('none', '/me', { headers: { authorization: '', cookie: `wn_access=${secret}` } })
    expect(status).toBe(401)
  })

  const revoke = (owner: TestSession, id: string) => owner.api(`/me/api-keys/${id}`, { method: 'DELETE' })
})

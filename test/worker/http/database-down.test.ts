import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../worker/kernel/id.ts'
import { createTestAccount, mirrorOf, outside } from '../../support/accounts.ts'
import { auditRows } from '../../support/audit.ts'
import { queryAll } from '../../support/database.ts'
import { origin, randomIp, readError, readJson, signInAs, type TestSession } from '../../support/session.ts'
import { brokenDatabase, fetchWith, flakyDatabase, withoutLimits } from '../../support/worker.ts'
import { bodiesOf } from './bodies.ts'
import { operations } from './permissions.ts'

interface Failure {
  error: { code: string; message: string; requestId: string }
}

let owner: TestSession
let made: Awaited<ReturnType<typeof createTestAccount>>
let serverId = ''

beforeAll(async () => {
  owner = await signInAs('OWNER')
  made = await createTestAccount({ servers: 1, synced: true })
  serverId = (await mirrorOf(made.accountId))[0]?.id ?? ''
})

const credential = { challengeId: 'chl_1', response: assertion() }
const link = { token: 'x'.repeat(43), challengeId: 'chl_1', response: attestation() }
const bodies: Record<string, unknown> = {
  ...bodiesOf('srv_1'),
  'POST /setup/begin': { token: 'x'.repeat(43), name: 'Ada', email: 'ada@example.com' },
  'POST /setup/finish': link,
  'POST /session/finish': credential,
  'POST /session/recovery': { email: 'ada@example.com', code: 'x' },
  'POST /session/password': { email: 'ada@example.com', password: 'four quiet words here', code: '123456' },
  'POST /enrol/begin': { token: 'x'.repeat(43) },
  'POST /enrol/finish': link,
  'PATCH /me': { name: 'Ada' },
  'POST /session/step-up/finish': credential,
  'PATCH /me/sessions/{sessionId}': { name: 'Phone' },
  'POST /me/passkeys/finish': { challengeId: 'chl_1', response: attestation() },
  'PATCH /me/passkeys/{passkeyId}': { name: 'Key' },
  'POST /invitations/begin': { token: 'x'.repeat(43) },
  'POST /invitations/finish': link,
}

function call(operation: string, bindings: object, headers: Record<string, string>) {
  const [method = '', template = ''] = operation.split(' ')
  const path = template
    .replace('{accountId}', made.accountId)
    .replace('{serverId}', serverId)
    .replace('{permission}', 'servers:read')
    .replace(/explanation$/, `explanation?permission=servers:read&serverId=${serverId}`)
    .replace('{sessionId}', owner.me.session.id)
    .replace('{country}', 'DE')
    .replaceAll(/\{\w+\}/g, 'none')
  const json = bodies[operation]
  return fetchWith({ ...withoutLimits, ...bindings }, path.startsWith('/api/') ? path : `/api/v1${path}`, {
    method,
    headers: { origin, 'cf-connecting-ip': randomIp(), 'content-type': 'application/json', ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
}

const counts = async () => (await queryAll<{ n: number }>('SELECT count(*) AS n FROM audit_log')).map((row) => row.n)

/** Needs no database to be refused, to end nothing, or to say what is known without one. */
const withoutQuery = new Set(['POST /session/refresh', 'DELETE /session'])

describe.each([
  ['as the runtime puts it', 'D1_ERROR: Network connection lost.'],
  ['in words of its own', 'Network connection lost.'],
])('a database that is gone, %s', (_name, message) => {
  it('is told by every operation in the same words, to strangers and to those who are signed in', async () => {
    const broken = brokenDatabase(message)
    for (const [operation, permission] of Object.entries(operations)) {
      if (withoutQuery.has(operation)) continue
      const answer = await call(operation, broken, permission === 'public' ? {} : owner.headers)
      const { error } = await answer.json<Failure>()
      expect([operation, answer.status, error.code]).toEqual([operation, 503, 'database_unavailable'])
      expect(answer.headers.get('x-request-id')).toBe(error.requestId)
      expect(JSON.stringify(error)).not.toContain('connection')
    }
  })
})

describe('a database that goes after the session was read', () => {
  /** The query of every authenticated request is the only one to join sessions and users. */
  const afterSession = flakyDatabase((sql) => !/from .sessions. inner join .users./i.test(sql))

  it.each(Object.entries(operations).filter(([, permission]) => permission !== 'public'))('%s', async (operation) => {
    // Needs none of ours: the lists of providers and permissions are in the code, the hub and the keys are elsewhere.
    if (/ \/(providers|permissions|live|audit\/seal-keys)$/.test(operation)) return
    const answer = await call(operation, afterSession, owner.headers)
    expect([answer.status, (await answer.json<Failure>()).error.code]).toEqual([503, 'database_unavailable'])
  })
})

describe('a record that cannot be written', () => {
  const noRecord = flakyDatabase((sql) => /insert into .audit_log/i.test(sql))

  it('stops the act before it begins', async () => {
    const before = await counts()
    const names = await queryAll('SELECT name FROM accounts UNION SELECT name FROM users')
    // One answer for many, with what became of each in it.
    const bulk = new Set(['POST /servers/actions', 'POST /sync'])
    for (const [operation, permission] of Object.entries(operations)) {
      // A challenge is no change, and nobody's passkey is at hand for a true answer to one.
      if (operation.startsWith('GET ') || permission === 'public' || /begin$|finish$/.test(operation)) continue
      const answer = await call(operation, noRecord, owner.headers)
      expect([operation, answer.ok && !bulk.has(operation)]).toEqual([operation, false])
    }
    expect(await counts()).toEqual(before)
    expect(await queryAll('SELECT name FROM accounts UNION SELECT name FROM users')).toEqual(names)
    const { actions } = await outside<{ actions: unknown[] }>(made.project.token, 'GET', '/servers/actions')
    expect(actions).toEqual([])
    expect((await owner.api('/me')).status).toBe(200)
  })
})

describe('a database that goes after the change', () => {
  it('is not said to have changed nothing', async () => {
    const session = await signInAs('OWNER')
    // Only what reads the project for the answer counts its servers.
    const bindings = flakyDatabase((sql) => sql.includes('SELECT count(*) FROM servers'))
    const answer = await fetchWith({ ...withoutLimits, ...bindings }, `/api/v1/accounts/${made.accountId}`, {
      method: 'PATCH',
      headers: { ...session.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Renamed after all' }),
    })
    const { error } = await readJson<Failure>(answer, 504)
    expect(error).toMatchObject({ code: 'outcome_unknown' })
    const read = await session.api(`/accounts/${made.accountId}`)
    expect(await readJson(read)).toMatchObject({ name: 'Renamed after all' })
  })
})

describe('an answer that cannot be kept for its Idempotency-Key', () => {
  it('is told all the same, and its act is not repeated', async () => {
    const session = await signInAs('OWNER')
    const headers = { 'idempotency-key': newId('key') }
    const bindings = flakyDatabase((sql) => /^update .idempotency_keys/i.test(sql))
    const answer = await fetchWith({ ...withoutLimits, ...bindings }, '/api/v1/me', {
      method: 'PATCH',
      headers: { ...session.headers, ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Once' }),
    })
    expect(await readJson(answer)).toMatchObject({ name: 'Once' })
    const repeat = await session.api('/me', { method: 'PATCH', json: { name: 'Once' }, headers })
    expect(await readError(repeat)).toMatchObject({ status: 409, code: 'idempotency_in_progress' })
    expect(await auditRows('user.preferences.update', session.me.id)).toHaveLength(2)
  })
})

describe('health', () => {
  it('says that the process lives and the database does not', async () => {
    const headers = { 'cf-connecting-ip': randomIp() }
    expect((await fetchWith(brokenDatabase(), '/healthz', { headers })).status).toBe(200)
    expect((await fetchWith(brokenDatabase(), '/readyz', { headers })).status).toBe(503)
    expect((await exports.default.fetch(new Request(`${origin}/readyz`, { headers }))).status).toBe(200)
  })

  it('is not ready before the newest migration', async () => {
    const old = flakyDatabase((sql) => sql.includes('"key_usage"'))
    expect((await fetchWith(old, '/readyz', { headers: { 'cf-connecting-ip': randomIp() } })).status).toBe(503)
  })
})

function assertion() {
  const bytes = 'AAAA'
  const response = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }
  return { id: bytes, rawId: bytes, type: 'public-key', response }
}

function attestation() {
  const bytes = 'AAAA'
  return { id: bytes, rawId: bytes, type: 'public-key', response: { clientDataJSON: bytes, attestationObject: bytes } }
}

import { env, exports } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../worker/env.ts'
import { signAccessToken } from '../../../worker/features/identity/sessions/access-token.ts'
import { errorCodes, type ErrorCode } from '../../../worker/kernel/errors.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute } from '../../support/database.ts'
import { origin, randomIp } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { evilText, requests, type Document, type Generated } from './generate.ts'

/** Fixed, so that a failure is the same one tomorrow; another one may be given to look elsewhere. */
const seed = 20_261_121
const runs = { stranger: 1_500, owner: 700 }

let document: Document
let ids: Record<string, string>

beforeAll(async () => {
  document = await (await exports.default.fetch(`${origin}/api/openapi.json`)).json<Document>()
  const { accountId } = await createTestAccount({ servers: 2, synced: true })
  const [server] = await mirrorOf(accountId)
  ids = { accountId, serverId: server?.id ?? '', operationId: newId('opr'), sessionId: newId('ses'), passkeyId: 'AAAA' }
})

/** A session of an owner of its own: some of the requests end the one they come from. */
async function ownerHeaders(): Promise<Record<string, string>> {
  const [userId, sessionId, now] = [newId('usr'), newId('ses'), Date.now()]
  await execute(
    "INSERT INTO users (id, name, email, role, status, created_at, updated_at) VALUES (?, 'Fuzz', ?, 'OWNER', 'ACTIVE', 1, 1)",
    userId,
    `${userId}@example.com`,
  )
  await execute(
    "INSERT INTO sessions (id, user_id, name, created_at, last_seen_at, expires_at, verified_at) VALUES (?, ?, 'x', ?, ?, ?, ?)",
    sessionId,
    userId,
    now,
    now,
    now + 3_600_000,
    now,
  )
  const token = await signAccessToken(readConfig(env), { userId, sessionId }, now)
  return { cookie: `wn_access=${token}`, origin }
}

async function send(request: Generated, credentials: Record<string, string>): Promise<Response> {
  const { operation, path, body, headers } = request
  return fetchWith(withoutLimits, path, {
    method: operation.split(' ')[0] ?? 'GET',
    headers: { 'cf-connecting-ip': randomIp(), ...headers, ...credentials },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  })
}

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in errorCodes

/** What is wrong with an answer, in words; null when nothing is. */
async function faultOf(response: Response): Promise<string | null> {
  const { status, headers } = response
  const text = await response.text()
  for (const [name, value] of [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'no-store'],
  ] as const) {
    if (headers.get(name) !== value) return `${name}: ${headers.get(name)}`
  }
  if (!headers.get('content-security-policy')?.startsWith("default-src 'none'")) return 'no policy'
  if (status === 204) return text === '' ? null : '204 with a body'
  const isFile = headers.get('content-disposition') !== null
  if (!isFile && !headers.get('content-type')?.startsWith('application/json'))
    return `type ${headers.get('content-type')}`
  if (isFile) return status === 200 ? null : 'a file that is an error'
  const body = JSON.parse(text) as { error?: { code?: unknown; message?: unknown; requestId?: unknown } }
  return status < 400 ? null : faultOfError(status, headers, body.error)
}

function faultOfError(
  status: number,
  headers: Headers,
  error: { code?: unknown; message?: unknown; requestId?: unknown } | undefined,
): string | null {
  if (!error || !isCode(error.code)) return `no code of ours: ${JSON.stringify(error)}`
  if (errorCodes[error.code].status !== status) return `${error.code} with ${status}`
  // What the provider said to a token that was made up.
  if (status >= 500 && error.code !== 'provider_token_rejected') return `${status} ${error.code}`
  if (typeof error.message !== 'string' || error.message === '') return 'no message'
  return headers.get('x-request-id') === error.requestId ? null : 'another request id'
}

/** Requests that break something of the world the others look at. */
const spared = (request: Generated) =>
  request.operation === 'DELETE /api/v1/accounts/{accountId}' && request.path.includes(ids['accountId'] ?? '')

async function faults(list: Generated[], credentials: () => Promise<Record<string, string>>) {
  const found: string[] = []
  const seen = new Map<number, number>()
  let headers = await credentials()
  for (const request of list.filter((each) => !spared(each))) {
    const response = await send(request, headers)
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
    if (response.status === 401) headers = await credentials()
    const fault = await faultOf(response)
    if (fault)
      found.push(`${fault}: ${request.operation} ${request.path.slice(0, 200)} ${String(request.body).slice(0, 300)}`)
  }
  return { found: [...new Set(found)], seen }
}

describe(`generated requests (seed ${seed})`, () => {
  it('from a stranger get an answer of the one shape, and never a 5xx', async () => {
    const list = fc.sample(requests(document, ids), { seed, numRuns: runs.stranger })
    const { found, seen } = await faults(list, async () => ({
      authorization: 'Basic eDp5',
      origin: 'https://elsewhere.example',
    }))
    expect(found).toEqual([])
    for (const status of [400, 401, 415]) expect([status, (seen.get(status) ?? 0) > 10]).toEqual([status, true])
  })

  it('from an owner get an answer of the one shape, and never a 5xx', async () => {
    const list = fc.sample(requests(document, ids), { seed: seed + 1, numRuns: runs.owner })
    const { found, seen } = await faults(list, ownerHeaders)
    expect(found).toEqual([])
    for (const status of [200, 204, 400, 404]) expect([status, (seen.get(status) ?? 0) > 2]).toEqual([status, true])
  })

  it('with any credential at all get a 401 and no more', async () => {
    const tokens = fc.sample(evilText, { seed, numRuns: 150 }).map((text) => encodeURIComponent(text.toWellFormed()))
    for (const token of tokens) {
      for (const headers of [
        ['authorization', `Bearer ${token}`],
        ['cookie', `wn_access=${token}; wn_refresh=${token}`],
      ]) {
        const response = await fetchWith(withoutLimits, '/api/v1/me', {
          headers: Object.fromEntries([headers]) as Record<string, string>,
        })
        expect([token, response.status, await faultOf(response)]).toEqual([token, 401, null])
      }
    }
  })
})

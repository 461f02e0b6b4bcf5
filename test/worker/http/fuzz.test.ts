import { env, exports } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../worker/env.ts'
import { signAccessToken } from '../../../worker/features/identity/sessions/access-token.ts'
import { errorCodes, type ErrorCode } from '../../../worker/kernel/errors.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { roleDefaults, type Permission, type Role } from '../../../worker/kernel/permissions.ts'
import { createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { execute } from '../../support/database.ts'
import { origin, randomIp } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { evilText, requests, type Document, type Generated } from './generate.ts'

/** `npm run fuzz` asks for 100,000 and another seed each time; every run of the tests for some thousands. */
const { FUZZ_RUNS = '3000', FUZZ_SEED } = env as unknown as { FUZZ_RUNS?: string; FUZZ_SEED?: string }
const total = Number(FUZZ_RUNS)
const runs = { stranger: Math.ceil(total * 0.4), owner: Math.ceil(total * 0.2), role: Math.ceil(total * 0.4) }

/** Fixed, so that a failure is the same one tomorrow; another one may be given to look elsewhere. */
const seed = Number(FUZZ_SEED ?? 20_261_121)

let document: Document
let hidden: string[] = []
let ids: Record<string, string>

beforeAll(async () => {
  document = await (await exports.default.fetch(`${origin}/api/openapi.json`)).json<Document>()
  const { accountId } = await createTestAccount({ servers: 2, synced: true })
  const [server, ...others] = await mirrorOf(accountId)
  hidden = others.flatMap(({ id, name }) => [id, name])
  ids = { accountId, serverId: server?.id ?? '', operationId: newId('opr'), sessionId: newId('ses'), passkeyId: 'AAAA' }
})

/** A session of a person of its own: some of the requests end the one they come from. */
async function headersOf(role: Role): Promise<Record<string, string>> {
  const [userId, sessionId, now] = [newId('usr'), newId('ses'), Date.now()]
  await execute(
    "INSERT INTO users (id, name, email, role, status, created_at, updated_at) VALUES (?, 'Fuzz', ?, ?, 'ACTIVE', 1, 1)",
    userId,
    `${userId}@example.com`,
    role,
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
  if (role === 'USER') await grantOneServer(userId)
  const token = await signAccessToken(readConfig(env), { userId, sessionId }, now)
  return { cookie: `wn_access=${token}`, origin }
}

const granted: readonly Permission[] = ['servers:read', 'servers:power', 'costs:read']

const grantOneServer = (userId: string) =>
  execute(
    "INSERT INTO grants (id, user_id, effect, permissions, scope, note, created_at, created_by) VALUES (?, ?, 'allow', ?, ?, '', 1, '')",
    newId('grt'),
    userId,
    JSON.stringify(granted),
    JSON.stringify({ kind: 'server', serverId: ids['serverId'] }),
  )

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
  if (status >= 500) return `${status} ${error.code}`
  if (typeof error.message !== 'string' || error.message === '') return 'no message'
  return headers.get('x-request-id') === error.requestId ? null : 'another request id'
}

/** Requests that break something of the world the others look at. */
const spared = (request: Generated) =>
  request.operation === 'DELETE /api/v1/accounts/{accountId}' && request.path.includes(ids['accountId'] ?? '')

const isInactive = async (response: Response) =>
  response.status === 403 && (await response.text()).includes('"account_not_active"')

type Judge = (request: Generated, response: Response) => Promise<string | null>
const nothingAbove: Judge = () => Promise.resolve(null)

/** An answer to what the role does not have, or one that names what is not theirs. */
const judgeOf =
  (role: Role): Judge =>
  async (request, response) => {
    const [method = '', path = ''] = request.operation.split(' ')
    const permission = document.paths[path]?.[method.toLowerCase()]?.['x-permission']
    const open = permission === undefined || permission === 'public' || permission === 'self'
    const held: readonly Permission[] = [...roleDefaults[role], ...(role === 'USER' ? granted : [])]
    if (!open && !held.includes(permission) && response.status < 400) return `${role} was answered ${request.operation}`
    if (role !== 'USER') return null
    const text = await response.text()
    return hidden.some((name) => text.includes(name)) ? `USER was told of another server by ${request.operation}` : null
  }

async function faults(
  list: Generated[],
  credentials: () => Promise<Record<string, string>>,
  aboveRights: Judge = nothingAbove,
) {
  const found: string[] = []
  const seen = new Map<number, number>()
  let headers = await credentials()
  for (const request of list.filter((each) => !spared(each))) {
    const response = await send(request, headers)
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
    const above = await aboveRights(request, response.clone())
    if (above) found.push(above)
    if (response.status === 401 || (await isInactive(response.clone()))) headers = await credentials()
    const fault = await faultOf(response)
    if (fault)
      found.push(`${fault}: ${request.operation} ${request.path.slice(0, 200)} ${String(request.body).slice(0, 300)}`)
  }
  return { found: [...new Set(found)], seen }
}

describe(`generated requests (seed ${seed})`, { timeout: 3_600_000 }, () => {
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
    const { found, seen } = await faults(list, () => headersOf('OWNER'))
    expect(found).toEqual([])
    for (const status of [200, 204, 400, 404]) expect([status, (seen.get(status) ?? 0) > 2]).toEqual([status, true])
  })

  it.each(['ADMIN', 'USER', 'VIEWER'] as const)('from %s are never answered above their rights', async (role) => {
    const list = fc.sample(requests(document, ids), { seed: seed + 2, numRuns: Math.ceil(runs.role / 3) })
    const { found, seen } = await faults(list, () => headersOf(role), judgeOf(role))
    expect(found).toEqual([])
    for (const status of [200, 403]) expect([status, (seen.get(status) ?? 0) > 2]).toEqual([status, true])
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

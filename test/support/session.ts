import { exports } from 'cloudflare:workers'
import { randomToken, sha256 } from '../../worker/kernel/crypto.ts'
import { newId } from '../../worker/kernel/id.ts'
import type { Role } from '../../worker/kernel/permissions.ts'
import { SoftwareAuthenticator, type CreationOptions, type RequestOptions } from './authenticator.ts'
import { execute } from './database.ts'

export const origin = 'http://localhost:8787'

export interface ApiInit {
  method?: string
  /** Sent as JSON; makes the method POST unless it is given. */
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

/** The person of a test, as the API describes them. */
export interface TestMe {
  id: string
  name: string
  email: string
  role: Role
  status: string
  locale: string | null
  theme: string
  permissions: string[]
  permissionsEverywhere: string[]
  session: { id: string; name: string; verifiedAt: string | null; mustAddPasskey: boolean }
  passkeyCount: number
  recoveryCodesRemaining: number
}

export interface TestSession {
  me: TestMe
  /** Cookies, Origin and an address of its own: for `exports.default.fetch`. */
  headers: Record<string, string>
  accessToken: string
  refreshToken: string
  authenticator: SoftwareAuthenticator
  /** A call as this person, from the dashboard's origin. */
  api(path: string, init?: ApiInit): Promise<Response>
}

/** A different address each time, so that one test's traffic is not another one's limit. */
export function randomIp(): string {
  const [a = 1, b = 1, c = 1] = crypto.getRandomValues(new Uint8Array(3))
  return `10.${a}.${b}.${c}`
}

/** A call to `/api/v1…` from the dashboard's origin, as nobody unless `headers` says otherwise. */
export function api(path: string, init: ApiInit = {}): Promise<Response> {
  const { json, body = json === undefined ? undefined : JSON.stringify(json) } = init
  const headers = new Headers({ origin, 'cf-connecting-ip': randomIp(), ...init.headers })
  if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const method = init.method ?? (body === undefined ? 'GET' : 'POST')
  return exports.default.fetch(
    new Request(`${origin}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    }),
  )
}

/** The answer's JSON, or an error that shows what came instead. */
export async function readJson<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`expected ${status}, got ${response.status}: ${text}`)
  return JSON.parse(text) as T
}

/** What a refusal says, with its status. */
export async function readError(response: Response) {
  const { error } = await response.json<{ error: ApiErrorBody }>()
  return { status: response.status, ...error }
}

interface ApiErrorBody {
  code: string
  message: string
  hint?: string
  requestId: string
  fields?: { path: string; message: string }[]
  meta?: Record<string, string | number | boolean | null>
}

/** Cookies of an answer by name; emptied ones are left out. */
export const readCookies = (response: Response): Record<string, string> =>
  Object.fromEntries(
    response.headers
      .getSetCookie()
      .map((cookie) => /^([^=]+)=([^;]*)/.exec(cookie))
      .flatMap((match) => (match?.[1] && match[2] ? [[match[1], match[2]]] : [])),
  )

/** A session out of an answer that opened one. */
export function toSession(response: Response, me: TestMe, authenticator: SoftwareAuthenticator): TestSession {
  const cookies = readCookies(response)
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const headers = { cookie, origin, 'cf-connecting-ip': randomIp() }
  return {
    me,
    headers,
    accessToken: cookies['wn_access'] ?? '',
    refreshToken: cookies['wn_refresh'] ?? '',
    authenticator,
    api: (path, init = {}) => api(path, { ...init, headers: { ...headers, ...init.headers } }),
  }
}

/** A one-time link, as the commands make it. */
export async function createLink(
  kind: 'setup' | 'break_glass',
  options: { userId?: string; expiresInMs?: number; usedAt?: number } = {},
): Promise<string> {
  const token = randomToken()
  const now = Date.now()
  await execute(
    'INSERT INTO enrolment_links (id, kind, token_hash, user_id, created_at, expires_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    newId('lnk'),
    kind,
    await sha256(token),
    options.userId ?? null,
    now,
    now + (options.expiresInMs ?? 3_600_000),
    options.usedAt ?? null,
  )
  return token
}

export interface ChallengeAnswer<Options> {
  challengeId: string
  options: Options
}

/** Claims the instance through the API with a fresh set-up link. Once a file: storage is the file's own. */
export async function claimInstance(
  person: { name?: string; email?: string } = {},
): Promise<TestSession & { recoveryCodes: string[] }> {
  const token = await createLink('setup')
  const authenticator = new SoftwareAuthenticator(origin)
  const ip = { 'cf-connecting-ip': randomIp() }
  const { name = 'Olivia Owner', email = 'owner@example.com' } = person
  const begun = await api('/setup/begin', { json: { token, name, email }, headers: ip })
  const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(begun)
  const response = await authenticator.create(options)
  const finished = await api('/setup/finish', {
    json: { token, challengeId, response, passkeyName: 'Test key' },
    headers: ip,
  })
  const { me, recoveryCodes } = await readJson<{ me: TestMe; recoveryCodes: string[] }>(finished.clone())
  return { ...toSession(finished, me, authenticator), recoveryCodes }
}

let owner: Promise<SoftwareAuthenticator> | null = null

/** A new session of this file's owner, who claims the instance at the first call. */
export async function signInOwner(): Promise<TestSession> {
  if (!owner) {
    const claimed = claimInstance()
    owner = claimed.then(({ authenticator }) => authenticator)
    return claimed
  }
  return signIn(await owner)
}

/** Signs in by passkey through the API. */
export async function signIn(
  authenticator: SoftwareAuthenticator,
  headers: Record<string, string> = {},
): Promise<TestSession> {
  const begun = await api('/session/begin', { method: 'POST', headers })
  const { challengeId, options } = await readJson<ChallengeAnswer<RequestOptions>>(begun)
  const finished = await api('/session/finish', {
    json: { challengeId, response: await authenticator.get(options) },
    headers,
  })
  return toSession(finished, await readJson<TestMe>(finished.clone()), authenticator)
}

/** Another person, with a role of their own, through a break-glass link. Needs no owner. */
export async function signInAs(role: Role, person: { name?: string; email?: string } = {}): Promise<TestSession> {
  const id = newId('usr')
  const { name = `Test ${role.toLowerCase()}`, email = `${id}@example.com` } = person
  const now = Date.now()
  await execute(
    "INSERT INTO users (id, name, email, role, status, created_at, updated_at) VALUES (?, ?, ?, ?, 'ACTIVE', ?, ?)",
    id,
    name,
    email,
    role,
    now,
    now,
  )
  const { session } = await enrol(id)
  return session
}

/** Takes a break-glass link for this user to its end. */
export async function enrol(userId: string): Promise<{ session: TestSession; recoveryCodes: string[] | null }> {
  const token = await createLink('break_glass', { userId })
  const authenticator = new SoftwareAuthenticator(origin)
  const begun = await api('/enrol/begin', { json: { token } })
  const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(begun)
  const finished = await api('/enrol/finish', {
    json: { token, challengeId, response: await authenticator.create(options), passkeyName: 'Test key' },
  })
  const { me, recoveryCodes } = await readJson<{ me: TestMe; recoveryCodes: string[] | null }>(finished.clone())
  return { session: toSession(finished, me, authenticator), recoveryCodes }
}

import { ApiError, fromResponse } from '#lib/errors/api-error.ts'

const REFRESH_PATH = '/api/v1/session/refresh'
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** Paths where a 401 means "wrong", not "ended". */
const entrance = /^\/api\/v1\/(setup|enrol|invitations)(\/|$)|^\/api\/v1\/session(\/(begin|finish|recovery|refresh))?$/

let refreshing: Promise<boolean> | null = null

/** One refresh for however many calls were refused at the same moment. */
function refreshOnce(): Promise<boolean> {
  refreshing ??= fetch(REFRESH_PATH, { method: 'POST' })
    .then((response) => response.ok)
    .finally(() => {
      refreshing = null
    })
  return refreshing
}

export type SessionHooks = {
  /** The session cannot be renewed, or the person is not active any more. */
  onEnd: () => void
  /** The API wants to be sure who this is: ask for the passkey. Throws when it was not given. */
  prove: () => Promise<void>
}

let hooks: SessionHooks | null = null

/** What the signed-in frame does about a session that ended or is not fresh enough; null: nothing. */
export function setSessionHooks(next: SessionHooks | null): void {
  hooks = next
}

/**
 * `fetch` for the API: an Idempotency-Key on every unsafe call (kept over a repeat, so nothing is done twice), one
 * refresh and one repeat after a 401, one passkey prompt and one repeat after `step_up_required`, and a network
 * failure as ApiError `network_down`. A network failure during the refresh is that failure, not the end of a session.
 */
export async function transport(request: Request): Promise<Response> {
  if (unsafe.has(request.method) && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', crypto.randomUUID())
  }
  const [first, second, third] = [request, request.clone(), request.clone()]
  const answer = await send(first)
  const response = isEnded(request, answer) ? await renew(answer, second) : answer
  if (response.status !== 403 || !hooks) return response
  const code = await codeOf(response)
  if (code === 'account_not_active' && !isEntrance(request)) hooks.onEnd()
  if (code !== 'step_up_required') return response
  await hooks.prove()
  return send(third)
}

const isEntrance = (request: Request): boolean => entrance.test(new URL(request.url).pathname)

function isEnded(request: Request, response: Response): boolean {
  return response.status === 401 && !isEntrance(request)
}

async function renew(refused: Response, repeat: Request): Promise<Response> {
  let renewed: boolean
  try {
    renewed = await refreshOnce()
  } catch (cause) {
    throw new ApiError({ code: 'network_down', message: String(cause), status: 0 })
  }
  if (renewed) return send(repeat)
  hooks?.onEnd()
  return refused
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return (body as { error?: { code?: string } } | null)?.error?.code
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new ApiError({ code: 'network_down', message: String(cause), status: 0 })
  }
}

/** Reads an answer, or throws its ApiError. 204 gives undefined. */
export async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text()
  let body: unknown
  try {
    body = text === '' ? undefined : JSON.parse(text)
  } catch {
    throw fromResponse(response, undefined)
  }
  if (!response.ok) throw fromResponse(response, body)
  return body as T
}

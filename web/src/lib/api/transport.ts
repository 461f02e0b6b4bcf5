import { ApiError, fromResponse } from '#lib/errors/api-error.ts'

const REFRESH_PATH = '/api/v1/session/refresh'
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** Paths where a 401 means "wrong", not "ended". */
const signInPath = /^\/api\/v1\/(session|setup|sign-in|recovery)/

let refreshing: Promise<boolean> | null = null

/** One refresh for however many calls were refused at the same moment. */
function refreshOnce(): Promise<boolean> {
  refreshing ??= fetch(REFRESH_PATH, { method: 'POST', credentials: 'same-origin' })
    .then((response) => response.ok)
    .finally(() => {
      refreshing = null
    })
  return refreshing
}

let onSessionEnd: () => void = () => {}

/** What to do when the session cannot be renewed; the shell sends the person to the sign-in page. */
export function setSessionEndHandler(handler: () => void): void {
  onSessionEnd = handler
}

/**
 * `fetch` for the API: an Idempotency-Key on every unsafe call (kept over the repeat, so nothing is done twice), one
 * refresh and one repeat after a 401, and a network failure as ApiError `network_down`.
 */
export async function transport(request: Request): Promise<Response> {
  if (unsafe.has(request.method) && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', crypto.randomUUID())
  }
  const repeat = request.clone()
  const response = await send(request)
  const renewable = response.status === 401 && !signInPath.test(new URL(request.url).pathname)
  if (!renewable) return response
  if (await refreshOnce().catch(() => false)) return send(repeat)
  onSessionEnd()
  return response
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

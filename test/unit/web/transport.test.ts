import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readAnswer, setSessionHooks, transport } from '../../../web/src/lib/api/transport.ts'

type Answer = { status: number; body?: unknown } | Error
type Seen = { method: string; path: string; key: string | null; body: string }

const origin = 'https://webnova.example'
const refused = (status: number, code: string): Answer => ({ status, body: { error: { code, message: code } } })

let seen: Seen[] = []
let script: Record<string, Answer[]> = {}

/** Answers each path from its list, in order; an unexpected call fails the test. */
async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = input instanceof Request ? input : new Request(new URL(String(input), origin), init)
  const path = new URL(request.url).pathname
  seen.push({
    method: request.method,
    path,
    key: request.headers.get('Idempotency-Key'),
    body: await request.text(),
  })
  const next = script[path]?.shift()
  if (!next) throw new Error(`unexpected ${request.method} ${path}`)
  if (next instanceof Error) throw next
  return new Response(next.body === undefined ? null : JSON.stringify(next.body), { status: next.status })
}

const post = (path: string, body = '{}') => transport(new Request(origin + path, { method: 'POST', body }))
const hooks = () => ({ onEnd: vi.fn<() => void>(), prove: vi.fn<() => Promise<void>>(async () => {}) })

beforeEach(() => {
  seen = []
  script = {}
  vi.stubGlobal('fetch', answer)
})
afterEach(() => {
  setSessionHooks(null)
  vi.unstubAllGlobals()
})

describe('the transport of the dashboard', () => {
  it('renews the session once and repeats the call with the same key and body', async () => {
    script = {
      '/api/v1/x': [refused(401, 'unauthenticated'), { status: 200, body: 1 }],
      '/api/v1/session/refresh': [{ status: 200 }],
    }
    const response = await post('/api/v1/x', '{"a":1}')
    expect(response.status).toBe(200)
    const [first, , second] = seen
    expect(second).toEqual(first)
    expect(first?.key).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('renews once for calls that were refused together', async () => {
    script = {
      '/api/v1/x': [refused(401, 'unauthenticated'), { status: 200 }],
      '/api/v1/y': [refused(401, 'unauthenticated'), { status: 200 }],
      '/api/v1/session/refresh': [{ status: 200 }],
    }
    const responses = await Promise.all([post('/api/v1/x'), post('/api/v1/y')])
    expect(responses.map((response) => response.status)).toEqual([200, 200])
  })

  it('tells the frame when the session cannot be renewed', async () => {
    const frame = hooks()
    setSessionHooks(frame)
    script = {
      '/api/v1/x': [refused(401, 'unauthenticated')],
      '/api/v1/session/refresh': [refused(401, 'session_expired')],
    }
    expect((await post('/api/v1/x')).status).toBe(401)
    expect(frame.onEnd).toHaveBeenCalledOnce()
  })

  it('does not take a lost network for a lost session', async () => {
    const frame = hooks()
    setSessionHooks(frame)
    script = {
      '/api/v1/x': [refused(401, 'unauthenticated')],
      '/api/v1/session/refresh': [new TypeError('fetch failed')],
    }
    await expect(post('/api/v1/x')).rejects.toMatchObject({ code: 'network_down', status: 0 })
    expect(frame.onEnd).not.toHaveBeenCalled()
  })

  it('takes a 401 at the entrance as an answer, not as the end of a session', async () => {
    script = { '/api/v1/session/finish': [refused(401, 'sign_in_failed')] }
    expect((await post('/api/v1/session/finish')).status).toBe(401)
    expect(seen).toHaveLength(1)
  })

  it('asks for the passkey once where the API wants proof, then repeats', async () => {
    const frame = hooks()
    setSessionHooks(frame)
    script = { '/api/v1/x': [refused(403, 'step_up_required'), { status: 200 }] }
    expect((await post('/api/v1/x')).status).toBe(200)
    expect(frame.prove).toHaveBeenCalledOnce()
  })

  it('leaves every other 403 alone', async () => {
    const frame = hooks()
    setSessionHooks(frame)
    script = { '/api/v1/x': [refused(403, 'forbidden')] }
    expect((await post('/api/v1/x')).status).toBe(403)
    expect(frame.prove).not.toHaveBeenCalled()
  })

  it('gives one shape to every failure', async () => {
    const envelope = { error: { code: 'locked', message: 'x', requestId: 'req_1', meta: { holder: 'Mara' } } }
    const answered = new Response(JSON.stringify(envelope), { status: 409 })
    await expect(readAnswer(answered)).rejects.toMatchObject({ code: 'locked', requestId: 'req_1', status: 409 })
    const proxy = new Response('<html>', { status: 502 })
    await expect(readAnswer(proxy)).rejects.toMatchObject({ code: 'unreadable_answer', status: 502 })
  })

  it('ends the page of somebody who is not active any more, and asks for nothing', async () => {
    const mine = hooks()
    setSessionHooks(mine)
    script['/api/v1/servers'] = [refused(403, 'account_not_active')]
    expect((await post('/api/v1/servers')).status).toBe(403)
    expect(mine.onEnd).toHaveBeenCalledOnce()
    expect(mine.prove).not.toHaveBeenCalled()
  })
})

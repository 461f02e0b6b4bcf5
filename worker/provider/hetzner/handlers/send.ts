import type { Handler } from '../call.ts'
import { unreachable } from '../errors.ts'

/** The end of the chain: the request and the whole body of its answer. */
export function send(baseUrl: string, fetch: typeof globalThis.fetch): Handler {
  const base = baseUrl.replace(/\/+$/, '')
  return async (call) => {
    const query = new URLSearchParams(call.query.map(([name, value]) => [name, value])).toString()
    const body = call.body === undefined ? null : JSON.stringify(call.body)
    try {
      const response = await fetch(`${base}${call.path}${query && `?${query}`}`, {
        method: call.operation.method,
        headers: body === null ? call.headers : { ...call.headers, 'Content-Type': 'application/json' },
        body,
        // The token goes to the configured host only, never where an answer points.
        redirect: 'manual',
        ...(call.signal ? { signal: call.signal } : {}),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    } catch (error) {
      throw unreachable(call, error)
    }
  }
}

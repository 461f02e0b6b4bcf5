/** One request that is expected next, and what comes back for it. */
export interface Expected {
  method: string
  /** Path and query as sent, without the base URL. */
  url: string
  /** A reply, or an error that the connection ends with. */
  reply: { status?: number; headers?: Record<string, string>; json?: unknown; text?: string } | Error | 'never'
}

export interface Sent {
  method: string
  url: string
  headers: Headers
  body: string | null
}

/**
 * A `fetch` that answers a list of requests in order. It fails on a request that is not the next one, and `verify()`
 * fails when one is missing.
 */
export function orderedFetch(baseUrl: string, expected: readonly Expected[]) {
  const sent: Sent[] = []
  const surprises: string[] = []
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET'
    const url = String(input).slice(baseUrl.length)
    const next = expected[sent.length]
    sent.push({ method, url, headers: new Headers(init.headers), body: (init.body as string | null) ?? null })
    if (!next || next.method !== method || next.url !== url || !String(input).startsWith(baseUrl)) {
      const wanted = next ? `${next.method} ${next.url}` : 'nothing more'
      surprises.push(`request ${sent.length}: ${method} ${url}, expected ${wanted}`)
      throw new Error(surprises.at(-1))
    }
    const { reply } = next
    if (reply === 'never') return new Promise(() => {})
    if (reply instanceof Error) throw reply
    const text = reply.text ?? JSON.stringify(reply.json)
    return new Response(text, { status: reply.status ?? 200, headers: reply.headers ?? {} })
  }
  const verify = () => {
    const missing = expected.slice(sent.length).map(({ method, url }) => `${method} ${url}`)
    if (surprises.length > 0) throw new Error(`unexpected: ${surprises.join('; ')}`)
    if (missing.length > 0) throw new Error(`never sent: ${missing.join('; ')}`)
  }
  return { fetch: fetch as typeof globalThis.fetch, sent, verify }
}

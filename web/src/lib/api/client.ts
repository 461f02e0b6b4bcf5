import createClient from 'openapi-fetch'
import { fromResponse } from '#lib/errors/api-error.ts'
import type { paths } from './schema.d.ts'
import { transport } from './transport.ts'

/** The typed client of the API; its types come from the OpenAPI document. Use with `call`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: transport })

type Outcome<T> = { data?: T; error?: unknown; response: Response }

/**
 * The data of a call, or its ApiError thrown: `const page = await call(api.GET('/api/v1/servers', { … }))`.
 */
export async function call<T>(pending: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await pending
  if (!response.ok) throw fromResponse(response, error)
  return data as T
}

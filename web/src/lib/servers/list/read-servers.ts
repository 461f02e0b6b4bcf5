import { api, call } from '#lib/api/index.ts'
import type { Server, ServerListQuery } from '../types.ts'

const CHUNK = 100

/** One page of the list. @throws ApiError */
export const readPage = (query: ServerListQuery, signal: AbortSignal) =>
  call(api.GET('/api/v1/servers', { params: { query }, signal }))

/** These servers, those that match the filters, in as few calls as possible. @throws ApiError */
export async function readServers(
  filters: ServerListQuery,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Server[]> {
  const { sort: _sort, ...query } = filters
  const found: Server[] = []
  for (let at = 0; at < ids.length; at += CHUNK) {
    const id = ids.slice(at, at + CHUNK)
    const page = await readPage({ ...query, id, limit: id.length }, signal)
    found.push(...page.items)
  }
  return found
}

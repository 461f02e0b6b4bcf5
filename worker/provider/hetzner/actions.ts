import type { OtherKind, ProviderAction } from '../provider.ts'
import type { Client } from './client.ts'
import { toAction } from './mapper.ts'
import { operations, recentActions } from './client-operations.ts'
import { pageSize } from './servers.ts'
import { actionListAnswer, wireAction } from './wire.ts'

/** What the official clients ask for at once (FACTS §3). */
const idsPerRequest = 25

/** Ids the provider no longer knows are silently missing in its answer. */
export async function getActions(client: Client, ids: readonly string[]): Promise<ProviderAction[]> {
  const unique = [...new Set(ids)]
  const requests: Promise<ProviderAction[]>[] = []
  for (let i = 0; i < unique.length; i += idsPerRequest) {
    const query = unique.slice(i, i + idsPerRequest).map((id) => ['id', id] as const)
    const paging = [
      ['page', '1'],
      ['per_page', String(pageSize)],
    ] as const
    requests.push(
      client
        .request(operations.getActions, { query: [...query, ...paging], schema: actionListAnswer })
        .then((answer) => readable(answer.actions)),
    )
  }
  return (await Promise.all(requests)).flat()
}

/** At most 50, newest first. */
export async function listServerActions(client: Client, providerId: string, limit: number): Promise<ProviderAction[]> {
  const input = { params: { id: providerId }, query: newest(limit), schema: actionListAnswer }
  return readable((await client.request(operations.listServerActions, input)).actions)
}

/** At most 50, newest first, over the whole project. */
export async function listRecentActions(
  client: Client,
  kind: 'server' | OtherKind,
  limit: number,
): Promise<ProviderAction[]> {
  const input = { query: newest(limit), schema: actionListAnswer }
  return readable((await client.request(recentActions[kind], input)).actions)
}

const newest = (limit: number): [string, string][] => [
  ['sort', 'id:desc'],
  ['page', '1'],
  ['per_page', String(Math.min(pageSize, Math.max(1, limit)))],
]

/** An action that cannot be read is as good as one the provider no longer knows: its follow-up says `unknown`. */
function readable(list: readonly unknown[]): ProviderAction[] {
  return list.flatMap((raw) => {
    const wire = wireAction.safeParse(raw)
    return wire.success ? [toAction(wire.data)] : []
  })
}

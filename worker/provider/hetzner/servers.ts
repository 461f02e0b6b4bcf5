import type { PowerAction, ProviderAction, ProviderServer, ServerListPage } from '../provider.ts'
import type { Client } from './client.ts'
import { toAction, toPaging, toServer } from './mapper.ts'
import { operations, powerOperations } from './client-operations.ts'
import { actionAnswer, serverAnswer, serverListAnswer, wireServer } from './wire.ts'

/** The most the provider gives at once (FACTS §5). */
export const pageSize = 50

/** A server that cannot be read is counted and reported; it never takes the rest of its page with it. */
export async function listServers(client: Client, page: number): Promise<ServerListPage> {
  const answer = await client.request(operations.listServers, {
    query: [
      ['page', String(page)],
      ['per_page', String(pageSize)],
      ['sort', 'id:asc'],
    ],
    schema: serverListAnswer,
  })
  const servers: ProviderServer[] = []
  for (const raw of answer.servers) {
    const wire = wireServer.safeParse(raw)
    if (wire.success) servers.push(toServer(wire.data))
  }
  const skipped = answer.servers.length - servers.length
  if (skipped > 0) {
    const detail = `page ${page}: ${skipped} of ${answer.servers.length} servers could not be read`
    await client.reportPartial(operations.listServers, detail)
  }
  return { servers, skipped, ...toPaging(page, answer.meta?.pagination, answer.servers.length) }
}

export async function getServer(client: Client, providerId: string): Promise<ProviderServer> {
  const params = { id: providerId }
  const { server } = await client.request(operations.getServer, { params, schema: serverAnswer })
  return toServer(server)
}

export async function power(client: Client, providerId: string, action: PowerAction): Promise<ProviderAction> {
  const params = { id: providerId }
  const answer = await client.request(powerOperations[action], { params, schema: actionAnswer })
  return toAction(answer.action)
}

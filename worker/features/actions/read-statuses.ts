import { AppError } from '../../kernel/errors.ts'
import type { Provider } from '../../provider/provider.ts'

/** From here on, pages of 50 are cheaper than asking for each. */
const listFrom = 3

/** Status by provider id, in as few requests as possible; servers that are gone are missing. */
export async function readStatuses(provider: Provider, providerIds: readonly string[]): Promise<Map<string, string>> {
  const wanted = new Set(providerIds)
  return wanted.size < listFrom ? readEach(provider, wanted) : readList(provider, wanted)
}

async function readEach(provider: Provider, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  const statuses = new Map<string, string>()
  for (const id of wanted) {
    try {
      statuses.set(id, (await provider.getServer(id)).status)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'provider_not_found') throw error
    }
  }
  return statuses
}

async function readList(provider: Provider, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  const statuses = new Map<string, string>()
  for (let page = 1, lastPage = 1; page <= lastPage && statuses.size < wanted.size; page++) {
    const answer = await provider.listServers(page)
    lastPage = answer.lastPage
    for (const server of answer.servers)
      if (wanted.has(server.providerId)) statuses.set(server.providerId, server.status)
    // An unreadable row may be one of ours: unknown is not gone.
    if (answer.skipped > 0) for (const id of wanted) if (!statuses.has(id)) statuses.set(id, 'unknown')
  }
  return statuses
}

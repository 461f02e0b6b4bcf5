import { ProviderError, type Provider, type ProviderServer, type ServerListPage } from '../../provider/provider.ts'
import { mapLimited } from './map-limited.ts'

/** The runtime opens six connections at once; more would only queue. */
const concurrency = 6
/** 20,000 servers: beyond it, a page count is taken for nonsense. */
const maxPages = 400

export interface Listing {
  servers: ProviderServer[]
  requests: number
  pages: number
  /** Why something is missing; null when every page was read in full. */
  problem: ProviderError | 'unreadable_servers' | 'too_many_pages' | null
  /** Every page was read and they fit together: a server that is not here is not there. */
  exhaustive: boolean
}

/**
 * Page 1, then the rest at once. A later page that fails loses only itself.
 * @throws ProviderError when page 1 fails: then nothing is known
 */
export async function listAllServers(provider: Provider): Promise<Listing> {
  const read: ServerListPage[] = [await provider.listServers(1)]
  let requests = 1
  let problem: Listing['problem'] = null
  for (let next = 2; next <= lastPageOf(read) && problem === null;) {
    const last = Math.min(maxPages, lastPageOf(read))
    if (next > last) {
      problem = 'too_many_pages'
      break
    }
    const round = await readPages(provider, next, last)
    read.push(...round.pages)
    requests += round.requests
    problem = round.problem
    next = last + 1
  }
  const servers = [
    ...new Map(read.flatMap((page) => page.servers.map((server) => [server.providerId, server]))).values(),
  ]
  const skipped = read.reduce((sum, page) => sum + page.skipped, 0)
  if (skipped > 0) problem ??= 'unreadable_servers'
  return { servers, requests, pages: read.length, problem, exhaustive: problem === null && fitsTogether(read, servers) }
}

const lastPageOf = (pages: readonly ServerListPage[]) => Math.max(...pages.map((page) => page.lastPage))

/** A server that went while the pages were read has shifted another one to a page that was read before. */
const fitsTogether = (pages: readonly ServerListPage[], servers: readonly ProviderServer[]) =>
  servers.length >= Math.max(...pages.map((page) => page.total))

/** Failures that every further page would meet too. */
const hopeless: ReadonlySet<string> = new Set(['token_rejected', 'rate_limited', 'budget_exhausted', 'maintenance'])

async function readPages(provider: Provider, first: number, last: number) {
  const pages: ServerListPage[] = []
  let problem: ProviderError | null = null
  let requests = 0
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  await mapLimited(numbers, concurrency, async (number) => {
    if (problem && hopeless.has(problem.kind)) return
    requests += 1
    try {
      pages.push(await provider.listServers(number))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (!problem || hopeless.has(error.kind)) problem = error
    }
  })
  return { pages, requests, problem: problem as ProviderError | null }
}

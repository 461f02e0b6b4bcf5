import { ProviderError, type Provider } from '../../provider/provider.ts'
import type { Listing } from './list-all-servers.ts'
import { mapLimited } from './map-limited.ts'
import type { KnownServer } from './mirror.store.ts'

const proofs = 10

/**
 * Which known servers are gone, judged only by an exhaustive listing (P4.1). A list of one page is one answer and
 * believed; several pages, or an answer that would empty the whole project, are first proven on up to ten servers.
 */
export async function findGone(
  provider: Provider,
  known: readonly KnownServer[],
  listing: Listing,
): Promise<{ gone: string[]; requests: number }> {
  if (!listing.exhaustive) return { gone: [], requests: 0 }
  const listed = new Set(listing.servers.map((server) => server.providerId))
  const missing = known.filter((server) => server.deletedAt === null && !listed.has(server.providerId))
  const doubtful = missing.length > 0 && (listing.pages > 1 || listed.size === 0)
  if (!doubtful) return { gone: missing.map((server) => server.id), requests: 0 }
  const asked = missing.slice(0, proofs)
  const answers = await mapLimited(asked, 5, (server) => isGone(provider, server.providerId))
  const proven = asked.filter((_, i) => answers[i]).map((server) => server.id)
  // One that is still there shows that the list cannot be trusted this time: only what was proven counts.
  const trusted = proven.length === asked.length
  return { gone: trusted ? missing.map((server) => server.id) : proven, requests: asked.length }
}

async function isGone(provider: Provider, providerId: string): Promise<boolean> {
  try {
    await provider.getServer(providerId)
    return false
  } catch (error) {
    return error instanceof ProviderError && error.kind === 'not_found'
  }
}

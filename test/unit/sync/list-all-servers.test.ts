import { describe, expect, it } from 'vitest'
import { listAllServers } from '../../../worker/features/sync/list-all-servers.ts'
import {
  ProviderError,
  type Provider,
  type ProviderErrorKind,
  type ProviderServer,
  type ServerListPage,
} from '../../../worker/provider/provider.ts'

const server = (id: number) => ({ providerId: String(id) }) as ProviderServer
const failure = (kind: ProviderErrorKind) =>
  new ProviderError(kind, {
    method: 'GET',
    path: '/servers',
    status: null,
    providerCode: null,
    correlationId: null,
    detail: '',
    maybeSent: false,
  })

type Answer = Partial<ServerListPage> | ProviderErrorKind

/** A provider that answers page by page, and tells what it was asked for. */
function providerOf(answer: (page: number) => Answer) {
  const asked: number[] = []
  const listServers = async (page: number): Promise<ServerListPage> => {
    asked.push(page)
    const given = answer(page)
    if (typeof given === 'string') throw failure(given)
    return { servers: [server(page)], page, lastPage: 3, total: 3, skipped: 0, ...given }
  }
  return { asked, provider: { listServers } as unknown as Provider }
}

describe('listAllServers', () => {
  it('reads every page once', async () => {
    const { asked, provider } = providerOf(() => ({}))
    const listing = await listAllServers(provider)
    expect(asked.toSorted()).toEqual([1, 2, 3])
    expect(listing).toMatchObject({ requests: 3, pages: 3, problem: null, exhaustive: true })
    expect(listing.servers).toHaveLength(3)
  })

  it('goes on when a later page knows of more', async () => {
    const { asked, provider } = providerOf((page) => ({ lastPage: page < 3 ? 3 : 4, total: 4 }))
    expect(await listAllServers(provider)).toMatchObject({ exhaustive: true, requests: 4 })
    expect(asked).toContain(4)
  })

  it('fails when the first page fails', async () => {
    await expect(listAllServers(providerOf(() => 'unavailable').provider)).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  it('loses only the page that failed', async () => {
    const listing = await listAllServers(providerOf((page) => (page === 2 ? 'unavailable' : {})).provider)
    expect(listing).toMatchObject({ exhaustive: false, problem: { kind: 'unavailable' } })
    expect(listing.servers.map((found) => found.providerId).toSorted()).toEqual(['1', '3'])
  })

  it('stops asking where every further page would be refused', async () => {
    const { asked, provider } = providerOf((page) => (page === 1 ? { lastPage: 100 } : 'rate_limited'))
    expect(await listAllServers(provider)).toMatchObject({ problem: { kind: 'rate_limited' } })
    expect(asked.length).toBeLessThanOrEqual(7)
  })

  it('counts a server that is on two pages once', async () => {
    const listing = await listAllServers(providerOf(() => ({ servers: [server(7)], lastPage: 2, total: 1 })).provider)
    expect(listing.servers).toHaveLength(1)
  })

  it('does not take a list for exhaustive that holds fewer than the provider counts', async () => {
    const listing = await listAllServers(providerOf((page) => ({ total: page === 1 ? 4 : 3 })).provider)
    expect(listing).toMatchObject({ problem: null, exhaustive: false })
  })

  it('does not believe in endless pages', async () => {
    const { asked, provider } = providerOf(() => ({ lastPage: 1_000_000, total: 3 }))
    expect(await listAllServers(provider)).toMatchObject({ problem: 'too_many_pages', exhaustive: false })
    expect(asked.length).toBe(400)
  })
})

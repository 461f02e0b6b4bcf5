import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { handleSimulator, simulatorFetch } from '../../../worker/simulator/index.ts'

const fetcher = simulatorFetch(env)
let token = ''

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetcher(`http://simulator.internal/control${path}`, { method, body: JSON.stringify(body) })
  return await response.json<T>()
}
async function api(path: string, init: RequestInit = {}): Promise<Response> {
  return await fetcher(`http://simulator.internal/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  })
}
/** The body is read to its end: one left open would keep the object from being evicted. */
async function statusOf(path: string, init?: RequestInit): Promise<number> {
  const response = await api(path, init)
  await response.text()
  return response.status
}
async function total(): Promise<number> {
  const body = await (await api('/servers?per_page=1')).json<{ meta: { pagination: { total_entries: number } } }>()
  return body.meta.pagination.total_entries
}
async function restart(): Promise<void> {
  await evictDurableObject(env.SIMULATOR.get(env.SIMULATOR.idFromName('main')))
}

beforeEach(async () => {
  const world = await control<{ projects: { token: string }[] }>('POST', '/reset')
  token = world.projects[0]?.token ?? ''
})

describe('state survives a restart of the object', () => {
  test('servers, tokens, running actions, faults and the record of writes', async () => {
    const { servers } = await (await api('/servers?name=web-1')).json<{ servers: { id: number }[] }>()
    const id = servers[0]?.id
    await control('PUT', '/time', { frozen: true })
    await control('POST', '/faults', { kind: 'status', status: 503, path: '^/locations' })
    const started = await api(`/servers/${id}/actions/reboot`, { method: 'POST' })
    const { action } = await started.json<{ action: { id: number } }>()
    await restart()
    expect(await (await api(`/actions/${action.id}`)).json()).toMatchObject({ action: { status: 'running' } })
    expect(await statusOf(`/servers/${id}/actions/poweroff`, { method: 'POST' })).toBe(423)
    expect(await statusOf('/locations')).toBe(503)
    await control('POST', '/time/advance', { seconds: 10 })
    await restart()
    expect(await (await api(`/actions/${action.id}`)).json()).toMatchObject({ action: { status: 'success' } })
    expect(await (await api(`/servers/${id}`)).json()).toMatchObject({ server: { status: 'running', locked: false } })
    const { writes } = await control<{ writes: { performed: boolean }[] }>('GET', '/writes?path=/actions/')
    expect(writes.map(({ performed }) => performed)).toEqual([true, false])
  })

  test('a thousand servers seeded at once', async () => {
    await control('POST', '/seed', { project: 'shop', servers: 1_000 })
    expect(await total()).toBe(1_020)
    await restart()
    expect(await total()).toBe(1_020)
  })

  test('what was deleted stays deleted', async () => {
    await control('DELETE', '/projects/shop/servers/web-1')
    await restart()
    expect(await total()).toBe(19)
  })
})

describe('connections', () => {
  test('a cut connection rejects, before or after the operation', async () => {
    await control('POST', '/faults', { kind: 'cut' })
    await expect(api('/servers')).rejects.toThrow(TypeError)
    await control('POST', '/faults', { kind: 'lost_reply', method: 'POST' })
    const body = JSON.stringify({ name: 'placed', type: 'spread' })
    await expect(api('/placement_groups', { method: 'POST', body })).rejects.toThrow(TypeError)
    const { placement_groups } = await (
      await api('/placement_groups?name=placed')
    ).json<{ placement_groups: unknown[] }>()
    expect(placement_groups).toHaveLength(1)
  })

  test('latency delays the answer, and a caller that gives up is let go', async () => {
    await control('POST', '/faults', { kind: 'latency', ms: 3_000 })
    await expect(api('/servers', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i)
  })

  test('over HTTP the prefix and double slashes are understood; a cut breaks the body off', async () => {
    const ask = async (path: string): Promise<Response> =>
      await handleSimulator(
        new Request(`http://localhost:8787${path}`, { headers: { authorization: `Bearer ${token}` } }),
        env,
      )
    const response = await ask('/simulator/v1//servers?per_page=1')
    expect(response.status).toBe(200)
    expect(response.headers.get('link')).toContain(
      '<http://localhost:8787/simulator/v1//servers?per_page=1&page=2>; rel=next',
    )
    await response.body?.cancel()
    await control('POST', '/faults', { kind: 'cut' })
    await expect((await ask('/simulator/v1/servers')).text()).rejects.toThrow('cut')
    expect((await ask('/simulator/elsewhere')).status).toBe(404)
  })
})

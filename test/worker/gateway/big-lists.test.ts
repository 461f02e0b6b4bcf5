import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { control, createTestAccount, mirrorOf } from '../../support/accounts.ts'
import { testCtx } from '../../support/ctx.ts'
import { randomIp, signInAs } from '../../support/session.ts'
import { fetchWith, withoutLimits } from '../../support/worker.ts'
import { syncAccount } from '../../../worker/features/sync/index.ts'
import { toolKey } from './support.ts'

/** More than fifty pages of the provider's: one by one they would take every subrequest of the free plan. */
const size = 2_600
const pages = size / 50

it('a list that is filtered from more than fifty pages costs a few calls, each within the free plan’s subrequests', async () => {
  const owner = await signInAs('OWNER')
  const { project, accountId } = await createTestAccount({ servers: size })
  await syncAccount(testCtx(), accountId, { reason: 'manual' })
  const rows = (await mirrorOf(accountId)).toSorted((a, b) => Number(a.provider_id) - Number(b.provider_id))
  const mine = [rows[0], rows.at(-1)]
  const { secret } = await toolKey(owner, {
    accountId,
    scopes: mine.map((row) => ({ kind: 'server', serverId: row?.id })),
  })
  const calls: number[] = []
  const mirror = (id: DurableObjectId) => {
    const stub = env.READ_MIRROR.get(id)
    return {
      readMany: (account: string, targets: string[], fresh: boolean) => {
        calls.push(targets.length)
        return stub.readMany(account, targets, fresh)
      },
    }
  }
  const replaced = {
    ...withoutLimits,
    READ_MIRROR: { idFromName: (name: string) => env.READ_MIRROR.idFromName(name), get: mirror },
  }
  await control(`/requests?project=${project.id}`, undefined, 'DELETE')
  const response = await fetchWith(replaced, `/hetzner/v1/servers?per_page=50`, {
    headers: { authorization: `Bearer ${secret}`, 'cf-connecting-ip': randomIp() },
  })
  const { servers, meta } = await response.json<{ servers: { id: number }[]; meta: { pagination: object } }>()
  expect(servers.map(({ id }) => String(id))).toEqual(mine.map((row) => row?.provider_id))
  expect(meta.pagination).toMatchObject({ total_entries: 2, last_page: 1, next_page: null })
  expect(calls.reduce((sum, count) => sum + count, 0)).toBe(pages)
  expect(calls.length).toBe(1 + Math.ceil((pages - 1) / 8))
  // A query, the budget and its correction, the provider, the project's state and its live event: six for a page, all of a
  // call in one invocation.
  expect(Math.max(...calls) * 6).toBeLessThan(50)
  const { requests } = await control<{ requests: { path: string }[] }>(`/requests?project=${project.id}&path=/servers`)
  expect(requests.map(({ path }) => path.split('?')[0])).toEqual(Array.from({ length: pages }, () => '/servers'))
})

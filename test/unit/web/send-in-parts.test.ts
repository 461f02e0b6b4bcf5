import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../web/src/lib/errors/api-error.ts'
import { partSize, sendInParts } from '../../../web/src/lib/servers/list/send-in-parts.ts'

const chosen = (count: number) => Array.from({ length: count }, (_, i) => ({ serverId: `srv_${i}`, name: `web-${i}` }))
const accepted = (ids: string[]) => ids.map((serverId) => ({ serverId, name: serverId, ok: true }))

describe('an action on many servers', () => {
  it('is sent in calls small enough for one request of the Worker, and answers for each server', async () => {
    const calls: number[] = []
    const progress: number[] = []
    const items = await sendInParts(
      chosen(15),
      async (ids) => {
        calls.push(ids.length)
        return accepted(ids)
      },
      (done) => progress.push(done),
    )
    expect(partSize).toBe(6)
    expect(calls).toEqual([6, 6, 3])
    expect(progress).toEqual([6, 12, 15])
    expect(items.map(({ serverId }) => serverId)).toEqual(chosen(15).map(({ serverId }) => serverId))
  })

  it('goes no further than a call that failed: its servers have its reason, the rest was not sent', async () => {
    let calls = 0
    const items = await sendInParts(chosen(20), async (ids) => {
      calls += 1
      if (calls === 2) throw new ApiError({ code: 'rate_limited', message: 'Too many', status: 429 })
      return accepted(ids)
    })
    expect(calls).toBe(2)
    expect(items).toHaveLength(20)
    expect(items.map(({ error }) => error?.code ?? 'ok')).toEqual([
      ...Array<string>(6).fill('ok'),
      ...Array<string>(6).fill('rate_limited'),
      ...Array<string>(8).fill('not_carried_out'),
    ])
    expect(items[6]?.name).toBe('web-6')
  })

  it('fails as a whole where the first call does', async () => {
    const refused = new ApiError({ code: 'forbidden', message: 'No', status: 403 })
    await expect(sendInParts(chosen(20), () => Promise.reject(refused))).rejects.toBe(refused)
  })
})

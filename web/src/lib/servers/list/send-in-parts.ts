import { ApiError } from '#lib/errors/api-error.ts'
import type { BulkPowerItem } from '../types.ts'

/** How many servers one call is about: each costs the Worker about seven calls of its own, and it may make fifty. */
export const partSize = 6

export type Chosen = Pick<BulkPowerItem, 'serverId' | 'name'>

/**
 * Sends what is about many servers in calls of a few, one after another, and gives one result for each server. A call
 * that fails is the result of its servers, and what comes after it is not sent.
 * @throws ApiError when the first call failed: then none of it was tried
 */
export async function sendInParts(
  chosen: readonly Chosen[],
  send: (serverIds: string[]) => Promise<readonly BulkPowerItem[]>,
  onprogress: (done: number) => void = () => {},
): Promise<BulkPowerItem[]> {
  const items: BulkPowerItem[] = []
  for (let at = 0; at < chosen.length; at += partSize) {
    const part = chosen.slice(at, at + partSize)
    try {
      items.push(...(await send(part.map(({ serverId }) => serverId))))
    } catch (error) {
      if (at === 0 || !(error instanceof ApiError)) throw error
      const { code, message } = error
      items.push(
        ...part.map((each) => ({ ...each, ok: false, error: { code, message } as BulkPowerItem['error'] & object })),
      )
      items.push(...chosen.slice(at + partSize).map(notSent))
      break
    }
    onprogress(items.length)
  }
  return items
}

const notSent = (each: Chosen): BulkPowerItem => ({
  ...each,
  ok: false,
  error: { code: 'not_carried_out', message: 'Not sent. Nothing was changed; try again.' },
})

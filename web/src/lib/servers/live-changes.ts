import { live } from '#lib/live/live.svelte.ts'
import type { Operation } from './types.ts'

const GATHER_MS = 120

export interface ServerChanges {
  /** Servers to read again, gathered over a moment. */
  onservers: (ids: string[]) => void
  onoperation?: (operation: Pick<Operation, 'id' | 'serverId' | 'status' | 'progress'>) => void
}

/** Listens to what happens to servers. Returns what stops it; use it as the return of an `$effect`. */
export function followServers({ onservers, onoperation }: ServerChanges): () => void {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const gather = (ids: readonly string[]) => {
    for (const id of ids) waiting.add(id)
    if (waiting.size === 0) return
    timer ??= setTimeout(() => {
      timer = undefined
      const ids = [...waiting]
      waiting.clear()
      onservers(ids)
    }, GATHER_MS)
  }
  const changed = live.on('server.changed', ({ serverIds }) => gather(serverIds))
  const operations = live.on('operation.changed', ({ operationId, serverId, status, progress }) => {
    onoperation?.({ id: operationId, serverId, status: status as Operation['status'], progress })
    // Its begin and its end change the row; in between only the percentage moves.
    if (status !== 'running' || progress === 0) gather([serverId])
  })
  return () => {
    clearTimeout(timer)
    changed()
    operations()
  }
}

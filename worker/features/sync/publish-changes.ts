import type { Ctx } from '../../context.ts'

/** What fits into one event without making it a list of its own. */
const idsPerEvent = 200

/** Tells open dashboards which servers to read again. */
export function publishServerChanges(ctx: Ctx, serverIds: readonly string[]): void {
  for (let i = 0; i < serverIds.length; i += idsPerEvent) {
    ctx.live.publish({ type: 'server.changed', serverIds: serverIds.slice(i, i + idsPerEvent) })
  }
}

import type { components } from '#lib/api/schema.d.ts'

type AuditPage = components['schemas']['AuditPage']

/**
 * The newest page put before what is known: entries of both as the newest page has them, and what no longer matches
 * gone. Where the two do not touch there is a gap, and the newest page alone is the truth to go on from.
 */
export function mergePage(known: AuditPage, newest: AuditPage): AuditPage {
  const fresh = new Set(newest.items.map((entry) => entry.operationId))
  const touches = known.items.some((entry) => fresh.has(entry.operationId))
  if (!touches || newest.nextCursor === null) return newest
  const older = updateKnown(known, newest).items.filter((entry) => !fresh.has(entry.operationId))
  return { items: [...newest.items, ...older], nextCursor: known.nextCursor }
}

/** What is known as the newest page has it, without what began since. */
export function updateKnown(known: AuditPage, newest: AuditPage): AuditPage {
  const fresh = new Map(newest.items.map((entry) => [entry.operationId, entry]))
  const oldest = newest.items.at(-1)?.startedAt ?? ''
  const covered = (startedAt: string) => newest.nextCursor === null || startedAt > oldest
  const items = known.items.flatMap((entry) => {
    const now = fresh.get(entry.operationId)
    return now ? [now] : covered(entry.startedAt) ? [] : [entry]
  })
  return { ...known, items }
}

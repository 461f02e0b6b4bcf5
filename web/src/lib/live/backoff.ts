const BASE_MS = 500
const MAX_MS = 30_000

/** Full jitter: anything between half a second and the doubled ceiling, so that a restart is not met by a herd. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempt, 10))
  return Math.round(BASE_MS + random() * (ceiling - BASE_MS))
}

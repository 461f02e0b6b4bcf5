/** The value; throws when it is missing, which only a mistake in the simulator itself can cause. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the simulated world has no ${what}`)
  return value
}

/** An entry by its number, starting over behind the last one. */
export function pick<T>(entries: readonly T[], index: number): T {
  return must(entries[index % entries.length], 'entry')
}

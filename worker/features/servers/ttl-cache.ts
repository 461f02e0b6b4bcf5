/** Values that are good enough for a while. Holds at most `capacity` of them; the oldest goes first. */
export class TtlCache<T> {
  readonly #capacity: number
  readonly #entries = new Map<string, { value: T; until: number }>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string, nowMs: number): T | undefined {
    const entry = this.#entries.get(key)
    if (entry && entry.until > nowMs) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set(key: string, value: T, untilMs: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: untilMs })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }
}

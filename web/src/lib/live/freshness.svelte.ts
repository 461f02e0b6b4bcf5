export type FreshnessState = 'live' | 'polling' | 'stale' | 'offline'

const STALE_AFTER_MS = 90_000

/** The truth about how current the screen is. Fed by the live connection and by every poll. */
export class Freshness {
  #connection = $state<'live' | 'polling' | 'offline'>('polling')
  #updatedAt = $state<number | null>(null)

  /** When something was last heard, ms since epoch. */
  get updatedAt(): number | null {
    return this.#updatedAt
  }

  /** @param now the present, from `clock.now`, so that it turns stale by itself. */
  stateAt(now: number): FreshnessState {
    if (this.#connection === 'offline') return 'offline'
    if (this.#updatedAt !== null && now - this.#updatedAt > STALE_AFTER_MS) return 'stale'
    return this.#connection
  }

  connected(): void {
    this.#connection = 'live'
    this.heard()
  }
  /** No socket, but the network is there. */
  disconnected(): void {
    if (this.#connection === 'live') this.#connection = 'polling'
  }
  /** Something arrived: an event, an answer to a poll, a heartbeat. */
  heard(): void {
    this.#updatedAt = Date.now()
    if (this.#connection === 'offline' && navigator.onLine) this.#connection = 'polling'
  }
  offline(): void {
    this.#connection = 'offline'
  }
  online(): void {
    if (this.#connection === 'offline') this.#connection = 'polling'
  }
}

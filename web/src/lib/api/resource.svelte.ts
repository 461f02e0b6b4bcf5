import { toApiError, type ApiError } from '#lib/errors/api-error.ts'
import type { ResourceState } from '#lib/ui/resource-state.ts'

/**
 * Something read from the API. Keeps the last good data over failures and reloads; a newer load makes an older one's
 * answer irrelevant. Reactive: read its getters in templates.
 */
export class Resource<T> implements ResourceState<T> {
  #load: (signal: AbortSignal) => Promise<T>
  #data = $state.raw<T | undefined>(undefined)
  #error = $state.raw<ApiError | null>(null)
  #loading = $state(false)
  #updatedAt = $state<number | null>(null)
  #controller: AbortController | null = null

  constructor(load: (signal: AbortSignal) => Promise<T>) {
    this.#load = load
  }

  get data(): T | undefined {
    return this.#data
  }
  get error(): ApiError | null {
    return this.#error
  }
  get loading(): boolean {
    return this.#loading
  }
  /** When the data on screen was read, ms since epoch. */
  get updatedAt(): number | null {
    return this.#updatedAt
  }

  /** Loads again. Never throws: the outcome is in `data` and `error`. */
  async refresh(): Promise<void> {
    this.#controller?.abort()
    const controller = new AbortController()
    this.#controller = controller
    this.#loading = true
    try {
      const data = await this.#load(controller.signal)
      if (this.#controller !== controller) return
      this.set(data)
    } catch (error) {
      if (this.#controller !== controller) return
      this.#error = toApiError(error)
    } finally {
      if (this.#controller === controller) this.#loading = false
    }
  }

  /** Puts data in directly: an answer of a change, or a delta that came over the live connection. */
  set(data: T): void {
    this.#data = data
    this.#error = null
    this.#updatedAt = Date.now()
  }

  /** Stops what is under way; call it when the page goes. */
  cancel(): void {
    this.#controller?.abort()
    this.#controller = null
    this.#loading = false
  }
}

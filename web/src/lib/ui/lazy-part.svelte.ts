import { toastError } from './toast.ts'

/** A part of a component that is loaded when it is first of use; rendered as soon as `part` is there. */
export class LazyPart<Part> {
  #load: () => Promise<{ default: Part }>
  #part = $state.raw<Part | null>(null)

  constructor(load: () => Promise<{ default: Part }>) {
    this.#load = load
  }

  get part(): Part | null {
    return this.#part
  }

  /** Loads it for somebody who waits for it; false, and told, when it could not be loaded. */
  async load(): Promise<boolean> {
    try {
      this.#part ??= (await this.#load()).default
      return true
    } catch (error) {
      toastError(error)
      return false
    }
  }

  /** Loads it because it may soon be wanted; a failure is told when it is. */
  async prepare(): Promise<boolean> {
    this.#part ??= await this.#load().then(
      (loaded) => loaded.default,
      () => null,
    )
    return this.#part !== null
  }
}

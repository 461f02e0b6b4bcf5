import { untrack, type Component } from 'svelte'

export type Command = {
  id: string
  label: string
  /** Heading it stands under in the palette and in the keyboard help. */
  group: string
  keywords?: string[]
  detail?: string
  icon?: Component<{ size?: number }>
  /** "g s" (one after the other), "mod+k" (together), "r". */
  keys?: string
  /** `help`: a mere shortcut, of no use inside the palette. */
  listed?: 'everywhere' | 'help'
  run: () => void
}

/** Finds commands for what is typed; the signal ends a question that a newer one has overtaken. */
export type CommandSource = (query: string, signal: AbortSignal) => Command[] | Promise<Command[]>

/** Everything the palette can do and every shortcut, registered by the pages and parts that own them. */
export class CommandRegistry {
  #sets = $state.raw<readonly Command[][]>([])
  #sources = $state.raw<readonly CommandSource[]>([])

  get all(): Command[] {
    return this.#sets.flat()
  }
  get sources(): readonly CommandSource[] {
    return this.#sources
  }

  /** Adds commands; returns what takes them away. Use it as the return of an `$effect`: they live as long as the page. */
  register(commands: Command[]): () => void {
    this.#sets = [...untrack(() => this.#sets), commands]
    return () => {
      this.#sets = untrack(() => this.#sets).filter((set) => set !== commands)
    }
  }

  /** Adds something that finds commands for what is typed ("web-3" → open that server). */
  registerSource(source: CommandSource): () => void {
    this.#sources = [...untrack(() => this.#sources), source]
    return () => {
      this.#sources = untrack(() => this.#sources).filter((other) => other !== source)
    }
  }
}

export const commands = new CommandRegistry()

import type { Command, CommandSource } from './commands.svelte.ts'
import { rankCommands } from './rank-commands.ts'

/** Letters typed within this time are asked for together. */
const PAUSE_MS = 80

/**
 * What the sources found for what is typed. A newer question ends an older one: its request is cancelled and its
 * answer, should it still come, is dropped. Until the newer answer is there, those of the last that still fit stay.
 */
export class FoundCommands {
  #commands = $state.raw<Command[]>([])
  #answered = $state('')
  #asked = $state('')
  #controller: AbortController | null = null

  /** Whether an answer to what is typed now is still on its way. */
  get pending(): boolean {
    return this.#asked !== this.#answered
  }
  get commands(): Command[] {
    return this.pending ? rankCommands(this.#commands, this.#asked) : this.#commands
  }

  /** Asks every source; a source that fails has found nothing. Resolves when this question is answered or outdated. */
  async ask(sources: readonly CommandSource[], query: string): Promise<void> {
    const asked = query.trim()
    this.cancel()
    const controller = new AbortController()
    this.#controller = controller
    this.#asked = asked
    if (asked !== '') await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    if (controller.signal.aborted) return
    const lists = await Promise.all(sources.map(async (source) => source(asked, controller.signal)).map(orNothing))
    if (controller.signal.aborted) return
    this.#commands = lists.flat()
    this.#answered = asked
  }

  cancel(): void {
    this.#controller?.abort()
    this.#controller = null
  }
}

const orNothing = (found: Promise<Command[]>): Promise<Command[]> => found.catch(() => [])

import { computeCommandScore } from 'bits-ui'
import type { Command } from './commands.svelte.ts'

/** The commands that fit what is typed, best first; all of them, in their order, while nothing is. */
export function rankCommands(commands: readonly Command[], query: string): Command[] {
  const asked = query.trim()
  if (asked === '') return [...commands]
  return commands
    .map((command) => ({ command, score: computeCommandScore(command.label, asked, command.keywords) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ command }) => command)
}

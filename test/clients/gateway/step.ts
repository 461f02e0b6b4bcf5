/** One command of the scenario. */
export interface Step {
  /** Names it in the table of verdicts. */
  id: string
  /** Its words; `{name}` stands for what the stage or an earlier step gave. */
  words: string[]
  /** The provider's code, or the CLI's own text, where the refusal is the point. */
  fails: string | null
  /** What it writes where it succeeds: for what would be of no use without. */
  says: RegExp | null
  /** What later steps need of what it writes. */
  keeps: Record<string, RegExp>
  /** Something happens to the project past every client: a path of the simulator's controls. */
  outside: { server: string; change: object } | null
}

export interface StepOptions {
  id?: string
  fails?: string
  says?: RegExp
  keeps?: Record<string, RegExp>
}

/** A command, written as one would type it after `hcloud`. No word has a space in it. */
export const step = (command: string, { id, fails = '', says, keeps = {} }: StepOptions = {}): Step => ({
  id: id ?? command.replace(/ --.*/, ''),
  words: command.split(' '),
  fails: fails === '' ? null : fails,
  says: says ?? null,
  keeps,
  outside: null,
})

/** Somebody at the provider changes a server. */
export const outside = (id: string, server: string, change: object): Step => ({
  id,
  words: [],
  fails: null,
  says: null,
  keeps: {},
  outside: { server, change },
})

/** @throws where two steps have one name: a verdict would be about both */
export function scenario(...steps: Step[]): Step[] {
  const names = steps.map(({ id }) => id)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) throw new Error(`Two steps of one name: ${twice.join(', ')}`)
  return steps
}

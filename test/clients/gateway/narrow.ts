import { hcloudAt, type Hcloud } from '../hcloud.ts'
import { marksIn, marksOf, takeCensus, type Item, type Kind } from './census.ts'
import { playStep, unexpected, type Call, type Facts } from './play.ts'
import { given } from './scenario/index.ts'
import type { Step } from './step.ts'
import type { Project, World } from './world.ts'

export interface NarrowKey {
  /** What the key is made with, once the given is there. */
  make: (world: World, accountId: string) => Promise<Record<string, unknown>>
  isHidden: (kind: Kind, item: Item) => boolean
}

/** One step with a narrow key: how it ended, and what of the hidden its answer gave away. */
export interface Tried {
  step: Step
  call: Call
  leaked: string[]
}

/**
 * A whole scenario with a narrow key, each step after the other: what is refused to it is then done by a key that may do
 * everything in this one project, so that the next step finds what it needs.
 */
export async function tryNarrow(world: World, name: string, key: NarrowKey, steps: readonly Step[], folder: string) {
  const project = await world.newProject(name)
  const accountId = await world.connect(project)
  const inProject = { scopes: [{ kind: 'account', accountId }] }
  const full = hcloudAt(world.gateway(accountId), await world.key(inProject))
  const facts: Facts = { folder }
  for (const step of given) expectDone(await playStep(step, full, facts))
  const narrow = hcloudAt(world.gateway(accountId), await world.key(await key.make(world, accountId)))
  const tried: Tried[] = []
  for (const step of steps) {
    if (step.outside) await world.changeOutside(project.name, step.outside)
    else tried.push(await tryStep({ step, narrow, full, facts, key, project, world }))
  }
  return tried
}

interface Trial {
  step: Step
  narrow: Hcloud
  full: Hcloud
  facts: Facts
  key: NarrowKey
  project: Project
  world: World
}

async function tryStep({ step, narrow, full, facts, key, project, world }: Trial): Promise<Tried> {
  const call = await playStep(step, narrow, facts)
  const hidden =
    call.code === 0 && reads.has(step.words[1] ?? '')
      ? marksOf(await takeCensus(world.simulator, project.token), key.isHidden)
      : []
  const isKept = Object.keys(step.keeps).every((name) => name in facts)
  if (unexpected(call) || !isKept) expectDone(await playStep(step, full, facts))
  return { step, call, leaked: marksIn(call.stdout, hidden) }
}

/** What shows anything of a project; the answer to a change names what was changed. */
const reads = new Set(['list', 'describe', 'ip', 'metrics'])

/** The key for everything in one project is refused nothing there. */
function expectDone(call: Call): void {
  const problem = unexpected(call)
  if (problem) throw new Error(`With a key for the whole project: ${problem}`)
}

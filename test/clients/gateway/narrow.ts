import { hcloudAt, type Hcloud } from '../hcloud.ts'
import { marksIn, marksOf, takeCensus, type Census } from './census.ts'
import { narrowKeys, type NarrowName } from './keys.ts'
import { playStep, unexpected, type Call, type Facts } from './play.ts'
import { given, steps } from './scenario/index.ts'
import type { Step } from './step.ts'
import type { Project, World } from './world.ts'

/** One step with a narrow key: how it ended, and what of the hidden its answer gave away. */
export interface Tried {
  key: NarrowName
  call: Call
  leaked: string[]
}

/**
 * A whole scenario with narrow keys, each step after the other: what is refused to them all is then done by a key that
 * may do everything in this one project, so that the next step finds what it needs. No two of them may do the same change.
 */
export async function tryNarrow(world: World, names: readonly NarrowName[], folder: string): Promise<Tried[]> {
  const project = await world.newProject(names.join(' and '))
  const accountId = await world.connect(project)
  const at = async (change: Record<string, unknown>) => hcloudAt(world.gateway(accountId), await world.key(change))
  const full = await at({ scopes: [{ kind: 'account', accountId }] })
  const facts: Facts = { folder }
  for (const step of given) expectDone(await playStep(step, full, facts))
  const keys: [NarrowName, Hcloud][] = []
  for (const name of names) keys.push([name, await at(await narrowKeys[name].make(world, accountId))])
  const tried: Tried[] = []
  for (const step of steps) {
    if (step.outside) {
      await world.changeOutside(project.name, step.outside)
      continue
    }
    const now: Tried[] = []
    for (const [key, hcloud] of keys) now.push(await tryStep(key, step, hcloud, facts, () => censusOf(world, project)))
    const isKept = Object.keys(step.keeps).every((name) => name in facts)
    if (!isKept || now.every(({ call }) => unexpected(call))) expectDone(await playStep(step, full, facts))
    tried.push(...now)
  }
  return tried
}

/** What shows anything of a project; the answer to a change names what was changed. */
const reads = new Set(['list', 'describe', 'ip', 'metrics'])

async function tryStep(
  key: NarrowName,
  step: Step,
  hcloud: Hcloud,
  facts: Facts,
  census: () => Promise<Census>,
): Promise<Tried> {
  const call = await playStep(step, hcloud, facts)
  const shows = call.code === 0 && reads.has(step.words[1] ?? '')
  return { key, call, leaked: shows ? marksIn(call.stdout, marksOf(await census(), narrowKeys[key].isHidden)) : [] }
}

const censusOf = (world: World, { token }: Project): Promise<Census> => takeCensus(world.simulator, token)

/** The key for everything in one project is refused nothing there. */
function expectDone(call: Call): void {
  const problem = unexpected(call)
  if (problem) throw new Error(`With a key for the whole project: ${problem}`)
}

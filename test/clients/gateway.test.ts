import { afterAll, beforeAll, expect, test } from 'vitest'
import { compare, compareLibrary } from './gateway/compare.ts'
import { makeFolder, playAll, unexpected } from './gateway/play.ts'
import { given, steps } from './gateway/scenario/index.ts'
import { World } from './gateway/world.ts'
import { hasHcloud, hcloudAt } from './hcloud.ts'
import { hasPython, pythonRefusals, runPython } from './python.ts'

let world: World
const files = makeFolder()

beforeAll(async () => {
  world = await World.start()
})
afterAll(async () => {
  files.remove()
  await world.stop()
})

/** Two projects alike, one of them behind the gateway: the two clients, by address and token. */
async function twoWays(name: string) {
  const [direct, through] = [await world.newProject(`${name} direct`), await world.newProject(`${name} through`)]
  const accountId = await world.connect(through)
  return {
    direct: { project: direct.name, endpoint: world.simulator, token: direct.token },
    gateway: { project: through.name, endpoint: world.gateway(), token: await world.key({ accountId }) },
  }
}

test.skipIf(!hasHcloud)(
  'the real hcloud says and does through the gateway what it does directly',
  async () => {
    const ways = await twoWays('hcloud')
    const run = ({ project, endpoint, token }: (typeof ways)['direct']) =>
      playAll([...given, ...steps], hcloudAt(endpoint, token), { folder: files.folder }, (change) =>
        world.changeOutside(project, change),
      )
    const [direct, gateway] = await Promise.all([run(ways.direct), run(ways.gateway)])
    expect(direct.flatMap((call) => unexpected(call) ?? [])).toEqual([])
    expect(compare(direct, gateway)).toEqual([])
  },
  600_000,
)

test.skipIf(!hasPython)(
  'the real hcloud-python is told through the gateway what it is told directly',
  async () => {
    const ways = await twoWays('python')
    const [direct, gateway] = await Promise.all([runPython(ways.direct), runPython(ways.gateway)])
    expect(direct.length).toBeGreaterThan(110)
    expect(direct.flatMap(({ step, code }) => (code === undefined ? [] : [step]))).toEqual(pythonRefusals)
    expect(compareLibrary(direct, gateway)).toEqual([])
  },
  600_000,
)

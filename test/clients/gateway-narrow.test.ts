import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NarrowName } from './gateway/keys.ts'
import { tryNarrow, type Tried } from './gateway/narrow.ts'
import { makeFolder, unexpected } from './gateway/play.ts'
import { steps } from './gateway/scenario/index.ts'
import { notTurnedAway } from './gateway/turned-away.ts'
import { verdictOf, verdicts, wordsOf } from './gateway/verdicts/index.ts'
import { World } from './gateway/world.ts'
import { hasHcloud, hcloudAt } from './hcloud.ts'

/** What is wrong with how a step ended with a narrow key, by the table. */
function wrong({ key, call, leaked }: Tried): string[] {
  const { step } = call
  const verdict = verdictOf(key, step.id)
  const said = `${key}: ${step.id}: ${verdict}, but ended with ${call.code}: ${call.stderr}`
  const asTold =
    verdict === 'ok'
      ? unexpected(call) === null
      : call.code === 1 && call.stdout === '' && wordsOf(verdict).test(call.stderr)
  return [...(asTold ? [] : [said]), ...leaked.map((mark) => `${key}: ${step.id}: shows ${mark}`)]
}

test('the table has a verdict for every step, and for nothing else', () => {
  const names = steps.filter(({ outside }) => !outside).map(({ id }) => id)
  expect(Object.keys(verdicts).toSorted()).toEqual(names.toSorted())
})

describe.skipIf(!hasHcloud)('with the real hcloud', { timeout: 600_000 }, () => {
  let world: World
  const files = makeFolder()

  beforeAll(async () => {
    world = await World.start()
  })
  afterAll(async () => {
    files.remove()
    await world.stop()
  })

  test.concurrent.each<NarrowName[][]>([[['reads only', 'power only']], [['one server']], [['one label']]])(
    'keys for %j do what they are for, are refused the rest in words, and see nothing else',
    async (names) => {
      const tried = await tryNarrow(world, names, files.folder)
      expect(tried.flatMap(wrong)).toEqual([])
    },
  )

  test.concurrent.each<[string, RegExp, (accountId: string) => Promise<string>]>([
    ['has expired', /This API key has expired\. Make a new one in the dashboard\. \(unauthorized\)/, expired],
    [
      'is for other addresses',
      /This API key does not work from [\d.:a-f]+\. Its owner can change from where it works\. \(forbidden\)/,
      () => world.key({ ipAllowlist: ['203.0.113.7'] }),
    ],
    ['is of somebody who is suspended', /Account SUSPENDED\. Access denied\. \(forbidden\)/, suspended],
    [
      'goes to another project',
      /This key is for another project\. \(forbidden\)|\(deprecated_api_endpoint\)/,
      async () => world.key({ accountId: await world.connect(await world.newProject('bound')) }),
    ],
    [
      'may do everything in another project',
      /^hcloud: (?:[\w ]+ failed: )?(?:project not found \(not_found\)|[\w -]+ not found: [\w.-]+)\n$|\(deprecated_api_endpoint\)/,
      async () =>
        world.key({
          scopes: [{ kind: 'account', accountId: await world.connect(await world.newProject('elsewhere')) }],
        }),
    ],
  ])('a key that %s is refused every command', async (name, words, makeKey) => {
    const accountId = await world.connect(await world.newProject(name))
    const hcloud = hcloudAt(world.gateway(accountId), await makeKey(accountId))
    expect(await notTurnedAway(hcloud, files.folder, words)).toEqual([])
  })

  async function expired(accountId: string): Promise<string> {
    const key = await world.key({ expiresAt: new Date(Date.now() + 3_000).toISOString() })
    const hcloud = hcloudAt(world.gateway(accountId), key)
    await expect.poll(async () => (await hcloud.run('server', 'list')).code, { timeout: 30_000 }).toBe(1)
    return key
  }

  async function suspended(accountId: string): Promise<string> {
    const { id, person } = await world.invite('ADMIN')
    const key = await world.key({}, person)
    expect((await hcloudAt(world.gateway(accountId), key).run('server', 'list')).code).toBe(0)
    await world.owner.call('POST', `/users/${id}/suspend`, { reason: 'Phone lost' })
    return key
  }
})

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { World, type Project } from './gateway/world.ts'
import { hasHcloud } from './hcloud.ts'
import { hasPython, python } from './python.ts'

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'gateway.md'), 'utf8')
const snippets = [...document.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}))

/** The document's stand-ins for an address and a key. */
const address = 'https://nova.your-company.example'
const standIn = 'wn…'

let world: World
let project: Project
let token: string

beforeAll(async () => {
  world = await World.start()
  project = await world.newProject('shop')
  await world.product.control('POST', '/seed', { project: 'shop', servers: 3 })
  await world.connect(project)
  token = await world.key()
})
afterAll(() => world.stop())

const inShell = (script: string, env: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent', ...env }, timeout: 30_000 }
    execFile('/bin/bash', ['-euc', script], options, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    )
  })

const filledIn = (text: string): string => text.replaceAll(address, world.product.origin).replaceAll(standIn, token)

async function serverNames(): Promise<string[]> {
  const answer = await fetch(`${world.simulator}/servers`, { headers: { authorization: `Bearer ${project.token}` } })
  return ((await answer.json()) as { servers: { name: string }[] }).servers.map(({ name }) => name)
}

const snippetsWith = (language: string, word: string) =>
  snippets.filter((one) => one.language === language && one.text.includes(word))

test('every snippet is one that a test here runs, or is for a tool that no test has', () => {
  const told = snippets.map(({ language, text }) =>
    language === 'sh' ? (/^(?:hcloud|curl)/m.exec(text)?.[0] ?? '') : language,
  )
  expect(told).toEqual(['hcloud', 'hcl', 'yaml', 'python', 'curl'])
  expect(
    snippets
      .filter(({ text }) => text.includes('/hetzner/'))
      .every(({ text }) => text.includes(`${address}/hetzner/v1`)),
  ).toBe(true)
})

test.skipIf(!hasHcloud)('what the document says of hcloud lists the servers', async () => {
  const [snippet] = snippetsWith('sh', 'hcloud')
  const printed = await inShell(filledIn(snippet?.text ?? ''), {})
  for (const name of await serverNames()) expect(printed).toContain(name)
})

test.skipIf(!hasPython)('what the document says of Python prints the names', async () => {
  const [snippet] = snippetsWith('python', 'Client')
  const script = `webnova_key = ${JSON.stringify(token)}\n${filledIn(snippet?.text ?? '')}`
  const printed = await python(['-c', script], { endpoint: '', token: '' })
  expect(printed).toBe(`[${(await serverNames()).map((name) => `'${name}'`).join(', ')}]\n`)
})

test.skipIf(!existsSync('/usr/bin/curl'))('what the document says of curl answers as Hetzner does', async () => {
  const [snippet] = snippetsWith('sh', 'curl')
  const printed = await inShell(filledIn(snippet?.text ?? ''), { HCLOUD_TOKEN: token })
  const { servers } = JSON.parse(printed) as { servers: { name: string }[] }
  expect(servers.map(({ name }) => name)).toEqual(await serverNames())
})
